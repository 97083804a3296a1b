package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.skymi.archive.Archive;
import org.skymi.archive.Inventory;
import org.skymi.campaign.ArchiveInputs;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.ManifestStore;
import org.skymi.campaign.Plan;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Selection;
import org.skymi.campaign.Settings;
import org.skymi.campaign.Units;
import org.skymi.smi.SkyModel;
import org.skymi.spark.Engine;
import org.skymi.spark.ReprocessJob;
import org.skymi.survey.InputException;
import org.skymi.survey.Night;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi reprocess}: from an archive to committed tables. */
@Command(
    name = "reprocess",
    mixinStandardHelpOptions = true,
    description = "Estimates the sky of every fibre of an archive's plates and commits tables.",
    footer = {
      "",
      "What is in the campaign already is not done again; a run that was stopped is resumed.",
      "Example: skymi reprocess /data/archive --out /data/sky --night 20171018"
    })
final class ReprocessCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ARCHIVE", description = "Folder of frames or released spectra.")
  private String archive;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where campaigns are.")
  private String out;

  @Option(names = "--night", paramLabel = "YYYYMMDD", description = "This night only.")
  private String night;

  @Option(names = "--plate", paramLabel = "ID", description = "Plates of this plan only.")
  private String plate;

  @Option(names = "--campaign", paramLabel = "NAME", description = "Campaign (default: main).")
  private String campaign;

  @Option(names = "--seed", description = "Of every random choice (default: 1).")
  private Long seed;

  @Option(
      names = "--spectra",
      paramLabel = "none|sky|all",
      description = "Whose spectra are stored (default: sky).")
  private String spectra;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Base model to start from, a path or URI; see skymi pretrain.")
  private String model;

  @Option(names = "--full-baseline", description = "Also estimate the fully corrected Super Sky.")
  private boolean fullBaseline;

  @Option(names = "--conf", paramLabel = "FILE", description = "Settings, HOCON; may be repeated.")
  private List<Path> files = List.of();

  @Option(names = "--dry-run", description = "Tell what would be done, and do nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    Settings settings = settings();
    CampaignFolder folder = CampaignFolder.of(out, settings.text("run.campaign"));
    try (Engine engine = Engine.start("skymi reprocess", (int) settings.number("run.attempts"))) {
      Configuration configuration = engine.configuration();
      Archive opened = Archive.open(archive, configuration);
      settings = settings.with("run.archive", opened.root());
      Optional<SkyModel> base = model(settings.text("run.model"), configuration);
      Inventory inventory = Inventory.build(opened, Inventory.Options.DEFAULT, n -> {});
      Plan plan =
          new Plan(
              Units.of(opened.root(), ArchiveInputs.of(inventory), selection()),
              settings.digest(),
              base.map(SkyModel::digest).orElse(Plan.NO_MODEL));
      if (plan.units().isEmpty()) {
        throw new InputException("nothing to reprocess: no such FITS files in " + opened.root());
      }
      if (dryRun) {
        return dryRun(plan, folder, configuration, settings);
      }
      ReprocessJob.Result result =
          new ReprocessJob(engine, folder, settings, Main.version(), System.err).run(plan, base);
      return report(plan, result, folder);
    }
  }

  private Settings settings() {
    Map<String, Object> given = new LinkedHashMap<>();
    putIfGiven(given, "run.campaign", campaign);
    putIfGiven(given, "run.model", model);
    putIfGiven(given, "reduction.seed", seed);
    putIfGiven(given, "output.spectra", spectra);
    putIfGiven(given, "reduction.full-baseline", fullBaseline ? true : null);
    String installed = System.getProperty("skymi.conf", "");
    boolean useInstalled =
        files.isEmpty() && !installed.isEmpty() && Files.exists(Path.of(installed));
    return Settings.resolve(useInstalled ? List.of(Path.of(installed)) : files, given);
  }

  private static Optional<SkyModel> model(String file, Configuration configuration) {
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(SkyModel.read(file, Archive.readFile(file, configuration)));
  }

  private static void putIfGiven(Map<String, Object> given, String name, Object value) {
    if (value != null) {
      given.put(name, value);
    }
  }

  private Selection selection() {
    try {
      return new Selection(
          Optional.ofNullable(night).map(Night::parse), Optional.ofNullable(plate));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--night: " + e.getMessage(), e);
    }
  }

  private int dryRun(
      Plan plan, CampaignFolder folder, Configuration configuration, Settings settings)
      throws IOException {
    Optional<Manifest> manifest =
        new ManifestStore(folder.fileSystem(configuration), folder).latest();
    List<PlannedUnit> open = plan.open(manifest);
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        "run %s would do %d of %d plates:%n", plan.runId(), open.size(), plan.units().size());
    for (PlannedUnit unit : open) {
      long rejected = unit.inputs().stream().filter(i -> !i.isUsable()).count();
      console.printf(
          "  %s: %d files, %.1f MB%s%n",
          unit.key(),
          unit.inputs().size(),
          unit.bytes() / 1e6,
          rejected == 0 ? "" : ", " + rejected + " to quarantine");
    }
    settings
        .all()
        .forEach(s -> console.printf("  %s = %s (%s)%n", s.name(), s.value(), s.origin()));
    console.flush();
    return Main.DONE;
  }

  private int report(Plan plan, ReprocessJob.Result result, CampaignFolder folder) {
    PrintWriter console = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<Manifest.Unit> units =
        plan.units().stream().flatMap(u -> result.manifest().unit(u.key()).stream()).toList();
    int processed = units.stream().mapToInt(Manifest.Unit::processed).sum();
    int quarantined = units.stream().mapToInt(Manifest.Unit::quarantined).sum();
    if (result.units() == 0) {
      console.println("already complete: nothing to do");
    } else if (result.resumed() > 0) {
      console.printf("resumed: %d plates were finished before%n", result.resumed());
    }
    console.printf(
        "%d files = %d processed + %d quarantined; campaign %s, manifest %d%n",
        processed + quarantined, processed, quarantined, folder.uri(), result.manifest().number());
    console.flush();
    if (quarantined > 0) {
      err.printf(
          "warning: %d of %d files quarantined (%s), see the table quarantine%n",
          quarantined, processed + quarantined, reasons(units));
    }
    err.flush();
    if (processed == 0) {
      throw new InputException("nothing was usable in " + archive);
    }
    return Main.DONE;
  }

  private static String reasons(List<Manifest.Unit> units) {
    Map<String, Integer> counts =
        units.stream()
            .flatMap(u -> u.reasons().entrySet().stream())
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, Integer::sum, TreeMap::new));
    return counts.entrySet().stream()
        .map(e -> e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }
}
