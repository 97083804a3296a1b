package org.skymi.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.query.CampaignFibre;
import org.skymi.query.CampaignPlot;
import org.skymi.report.plot.Picture;
import org.skymi.spark.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skymi plot}: how far each method's sky is off, or one fibre, as a picture. */
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    description = {
      "Draws how far the sky of each method is off, by wavelength band;",
      "with --fibre one fibre: its skies and, where they are stored, data and residuals."
    },
    footer = {
      "",
      "Object fibres against the truth if the campaign is of a simulation, else held-out",
      "sky fibres against what they recorded. Bars: 68 %% of the fibres; lines: 95 %%.",
      "What a fibre recorded is stored of sky fibres, or of all after",
      "'skymi reprocess --spectra all'.",
      "Example: skymi plot /data/sky --out sky.png",
      "Example: skymi plot /data/sky --fibre SIM0001/1/8/83584411 --out fibre.svg"
    })
final class PlotCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CampaignOption which;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The picture, PNG or SVG by its ending; replaced if there.")
  private Path out;

  @Option(
      names = "--fibre",
      paramLabel = "PLAN/SP/FIBER/LMJM",
      description = "One fibre of an exposure, LMJM as in the frame's name; 0 if released.")
  private String fibre;

  @Override
  public Integer call() throws IOException {
    String name = out.toString().toLowerCase(Locale.ROOT);
    boolean svg = name.endsWith(".svg");
    if (!name.endsWith(".png") && !svg) {
      throw new ParameterException(
          spec.commandLine(), "--out must end in .png or .svg, not " + out);
    }
    Optional<CampaignFibre.Id> id = Optional.ofNullable(fibre).map(this::parsed);
    CampaignFolder folder = which.folder();
    try (Engine engine = Engine.start("skymi plot", 1)) {
      Manifest manifest = which.manifest(engine.configuration());
      Picture picture =
          id.isPresent()
              ? new CampaignFibre(engine, folder, manifest).plot(id.get()).picture()
              : new CampaignPlot(engine, folder, manifest).plot().picture();
      if (out.toAbsolutePath().getParent() != null) {
        Files.createDirectories(out.toAbsolutePath().getParent());
      }
      try (OutputStream stream = Files.newOutputStream(out)) {
        if (svg) {
          picture.writeSvg(stream);
        } else {
          picture.writePng(stream);
        }
      }
      spec.commandLine().getOut().println("stored in " + out);
      spec.commandLine().getOut().flush();
      return Main.DONE;
    }
  }

  private CampaignFibre.Id parsed(String text) {
    try {
      return CampaignFibre.Id.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
