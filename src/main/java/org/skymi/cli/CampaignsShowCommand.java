package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.skymi.campaign.Admission;
import org.skymi.campaign.Campaigns;
import org.skymi.campaign.Manifest;
import org.skymi.report.Digits;
import org.skymi.report.TextTable;
import org.skymi.table.FileReport;
import org.skymi.table.Table;
import org.skymi.table.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code skymi campaigns show}: a campaign's states, and what it holds now. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a campaign's states and what it holds: tables, units, settings.",
    footer = {"", "Example: skymi campaigns show /data/sky --campaign dr7"})
final class CampaignsShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CampaignOption which;

  @Override
  public Integer call() throws IOException {
    Campaigns campaigns = which.campaigns(new Configuration());
    Manifest now = campaigns.latest(which.name());
    PrintWriter out = spec.commandLine().getOut();
    TextTable states =
        new TextTable("state", "parent", "published, UTC", "run", "model", "units", "files", "how")
            .endingInProse();
    for (Manifest m : campaigns.manifests(which.name()).all()) {
      states.row(
          Digits.count(m.number()),
          m.parent() == 0 ? "-" : Digits.count(m.parent()),
          CampaignsListCommand.minute(m),
          m.runId(),
          Admission.shown(m.modelDigest()),
          Digits.count(m.units().size()),
          Digits.count(m.files().size()),
          m.action());
    }
    out.println(states);
    out.println(tables(now));
    out.println(units(now));
    now.settings()
        .forEach(s -> out.printf(Locale.ROOT, "  %s = %s (%s)%n", s.name(), s.value(), s.origin()));
    out.flush();
    return Main.DONE;
  }

  private static TextTable tables(Manifest now) {
    TextTable tables = new TextTable("table", "rows", "files", "MB");
    for (Table<?> table : Tables.ALL) {
      var files = now.filesOf(table.name());
      tables.row(
          table.name(),
          Digits.count(files.stream().mapToLong(FileReport::rows).sum()),
          Digits.count(files.size()),
          Digits.count(files.stream().mapToLong(FileReport::bytes).sum() / 1_000_000));
    }
    return tables;
  }

  private static TextTable units(Manifest now) {
    TextTable units =
        new TextTable("unit", "processed", "quarantined", "run", "model", "reasons")
            .endingInProse();
    for (Manifest.Unit u : now.units()) {
      units.row(
          u.key(),
          Digits.count(u.processed()),
          Digits.count(u.quarantined()),
          u.runId(),
          Admission.shown(u.modelDigest() == null ? now.modelDigest() : u.modelDigest()),
          reasons(u.reasons()));
    }
    return units;
  }

  /** Reasons with their numbers, in one line. */
  static String reasons(Map<String, Integer> reasons) {
    return new TreeMap<>(reasons)
        .entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
  }
}
