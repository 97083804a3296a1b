package org.skymi.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.ManifestStore;
import org.skymi.report.SpreadPlot;
import org.skymi.spark.CampaignPlot;
import org.skymi.spark.Engine;
import org.skymi.survey.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi plot}: how far both methods' skies are off, as a picture. */
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    description = "Draws how far the sky of each method is off, by wavelength band.",
    footer = {
      "",
      "Object fibres against the truth if the campaign is of a simulation, else held-out",
      "sky fibres against what they recorded. Bars: 68 % of the fibres; lines: 95 %.",
      "Example: skymi plot /data/sky --out sky.png"
    })
final class PlotCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Where campaigns are.")
  private String place;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The picture, PNG; replaced if it is there.")
  private Path out;

  @Option(
      names = "--campaign",
      paramLabel = "NAME",
      defaultValue = "main",
      description = "Campaign (default: ${DEFAULT-VALUE}).")
  private String campaign;

  @Override
  public Integer call() throws IOException {
    CampaignFolder folder = CampaignFolder.of(place, campaign);
    try (Engine engine = Engine.start("skymi plot", 1)) {
      Manifest manifest =
          new ManifestStore(folder.fileSystem(engine.configuration()), folder)
              .latest()
              .orElseThrow(() -> new InputException("no campaign '" + campaign + "' in " + place));
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
