package org.skymi.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.report.SpreadPlot;
import org.skymi.spark.CampaignPlot;
import org.skymi.spark.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skymi plot}: how far both methods' skies are off, as a picture. */
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    description = "Draws how far the sky of each method is off, by wavelength band.",
    footer = {
      "",
      "Object fibres against the truth if the campaign is of a simulation, else held-out",
      "sky fibres against what they recorded. Bars: 68 %% of the fibres; lines: 95 %%.",
      "Example: skymi plot /data/sky --out sky.png"
    })
final class PlotCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CampaignOption which;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The picture, PNG; replaced if it is there.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    CampaignFolder folder = which.folder();
    try (Engine engine = Engine.start("skymi plot", 1)) {
      Manifest manifest = which.manifest(engine.configuration());
      SpreadPlot plot = new CampaignPlot(engine, folder, manifest).plot();
      if (out.toAbsolutePath().getParent() != null) {
        Files.createDirectories(out.toAbsolutePath().getParent());
      }
      try (OutputStream stream = Files.newOutputStream(out)) {
        plot.write(stream);
      }
      spec.commandLine().getOut().println("stored in " + out);
      spec.commandLine().getOut().flush();
      return Main.DONE;
    }
  }
}
