package org.skymi.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.skymi.campaign.Admission;
import org.skymi.campaign.Campaigns;
import org.skymi.campaign.Manifest;
import org.skymi.report.Digits;
import org.skymi.report.TextTable;
import org.skymi.survey.InputException;
import org.skymi.table.FileReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi campaigns list}: the campaigns of a folder, one line each. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the campaigns of a folder.",
    footer = {"", "Example: skymi campaigns list /data/sky"})
final class CampaignsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Where campaigns are.")
  private String place;

  @Override
  public Integer call() throws IOException {
    Campaigns campaigns = new Campaigns(place, new Configuration());
    List<String> names = campaigns.names();
    if (names.isEmpty()) {
      throw new InputException("no campaigns in " + place);
    }
    TextTable table =
        new TextTable("campaign", "manifest", "units", "files", "MB", "settings", "model", "last")
            .endingInProse();
    for (String name : names) {
      Optional<Manifest> latest;
      try {
        latest = campaigns.manifests(name).latest();
      } catch (InputException e) { // which does not hide the others
        table.row(name, "-", "-", "-", "-", "-", "-", e.getMessage());
        continue;
      }
      if (latest.isEmpty()) {
        table.row(name, "-", "-", "-", "-", "-", "-", "nothing committed yet");
        continue;
      }
      Manifest m = latest.get();
      long bytes = m.files().stream().mapToLong(FileReport::bytes).sum();
      table.row(
          name,
          Digits.count(m.number()),
          Digits.count(m.units().size()),
          Digits.count(m.files().size()),
          Digits.count(bytes / 1_000_000),
          Admission.shown(m.settingsDigest()),
          Admission.shown(m.modelDigest()),
          m.action() + ", " + minute(m));
    }
    spec.commandLine().getOut().print(table);
    spec.commandLine().getOut().flush();
    return Main.DONE;
  }

  /** When a manifest was published, UTC. */
  static String minute(Manifest manifest) {
    return manifest.created().replaceFirst("T(\\d\\d:\\d\\d).*", " $1");
  }
}
