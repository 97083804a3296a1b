package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.query.CampaignReport;
import org.skymi.spark.Engine;
import org.skymi.survey.Night;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skymi report}: quality-assurance pages of a campaign and its nights. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes quality-assurance pages, HTML, of a campaign and of each of its nights.",
    footer = {
      "",
      "Open FOLDER/index.html in a browser; no network is needed. Methods side by side over",
      "the focal plane, by wavelength and by fibre; calibration, training, brightness of the sky.",
      "Example: skymi report /data/sky --out /data/qa",
      "Example: skymi report /data/sky --night 20171018 --out /data/qa"
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CampaignOption which;

  @Option(
      names = "--night",
      paramLabel = "YYYYMMDD",
      description = "Only this night's page; may be repeated.")
  private List<String> nights = List.of();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "Where the pages go; pages of the same name are replaced.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Set<Integer> only = new LinkedHashSet<>();
    for (String night : nights) {
      only.add(number(night));
    }
    CampaignFolder folder = which.folder();
    try (Engine engine = Engine.start("skymi report", 1)) {
      Manifest manifest = which.manifest(engine.configuration());
      long start = System.nanoTime();
      Set<Integer> written = new CampaignReport(engine, folder, manifest, out).write(only);
      PrintWriter console = spec.commandLine().getOut();
      console.printf(
          Locale.ROOT,
          "%d night%s%s in %.1f s: %s%n",
          written.size(),
          written.size() == 1 ? "" : "s",
          only.isEmpty() ? " and the campaign" : "",
          (System.nanoTime() - start) / 1e9,
          only.isEmpty() ? out.resolve("index.html") : out.resolve("nights"));
      console.flush();
      return Main.DONE;
    }
  }

  private int number(String night) {
    try {
      return Integer.parseInt(Night.parse(night).label());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
