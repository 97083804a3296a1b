package org.skymi.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Settings;
import picocli.CommandLine.Option;

/** What the commands that reprocess are told: where to, from what, with which settings. */
final class RunOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where campaigns are.")
  private String out;

  @Option(names = "--campaign", paramLabel = "NAME", description = "Campaign (default: main).")
  private String campaign;

  @Option(names = "--seed", description = "Of every random choice (default: 1).")
  private Long seed;

  @Option(
      names = "--spectra",
      paramLabel = "none|sky|model|all",
      description = "How skies of frames are stored (default: model).")
  private String spectra;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Base model to start from instead, a path or URI; see skymi pretrain.")
  private String model;

  @Option(
      names = "--no-learning",
      description = "Don't learn base models from the archive before plates are reduced.")
  private boolean isUnlearned;

  @Option(
      names = "--fiberflat",
      paramLabel = "DIR",
      description = "Folder of DESI's fiberflat files; its frames are extracted without.")
  private String flats;

  @Option(
      names = "--split",
      paramLabel = "plate|spectrograph",
      description = "A task's share of the classical analysis (default: plate).")
  private String split;

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "METHOD",
      description =
          "super, full, memory, smi, survey: the skies to estimate (default: super,memory,smi).")
  private List<String> methods;

  @Option(names = "--conf", paramLabel = "FILE", description = "Settings, HOCON; may be repeated.")
  private List<Path> files = List.of();

  /** The settings. */
  Settings settings() {
    Map<String, Object> given = new HashMap<>();
    given.put("run.campaign", campaign);
    given.put("run.model", model);
    given.put("run.learning", isUnlearned ? false : null);
    given.put("reduction.seed", seed);
    given.put("output.spectra", spectra);
    given.put("run.fiberflat", flats);
    given.put("run.split", split);
    given.put("reduction.methods", methods);
    return Reprocessing.settings(files, given);
  }

  /** The campaign's folder. */
  CampaignFolder folder() {
    return CampaignFolder.of(out, settings().text("run.campaign"));
  }
}
