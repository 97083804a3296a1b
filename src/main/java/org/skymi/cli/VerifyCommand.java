package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.skymi.archive.Archive;
import org.skymi.archive.DataName;
import org.skymi.archive.Inventory;
import org.skymi.campaign.ArchiveInputs;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Selection;
import org.skymi.campaign.Units;
import org.skymi.campaign.Verification;
import org.skymi.fits.FitsRejection;
import org.skymi.report.Digits;
import org.skymi.table.FileReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skymi verify}: whether a campaign is what its manifest says. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks a campaign's files, rows and keys, and that an archive is done.",
    footer = {
      "",
      "Reads every file of the newest state. One line for each defect; exit code 2 if any.",
      "Example: skymi verify /data/sky --archive /data/archive"
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CampaignOption which;

  @Option(
      names = "--archive",
      paramLabel = "ARCHIVE",
      description = "Folder whose FITS files all have to be processed or quarantined.")
  private String archive;

  @Override
  public Integer call() throws IOException {
    Configuration configuration = new Configuration();
    Manifest manifest = which.manifest(configuration);
    Verification verification = new Verification(manifest, which.folder(), configuration);
    List<String> checked = new ArrayList<>();
    List<String> defects = new ArrayList<>(verification.ofFiles());
    checked.add(
        String.format(
            Locale.ROOT,
            "campaign %s, manifest %d: length, SHA-256 and rows of %s files, %.1f MB, %s rows",
            which.name(),
            manifest.number(),
            Digits.count(manifest.files().size()),
            manifest.files().stream().mapToLong(FileReport::bytes).sum() / 1e6,
            Digits.count(manifest.files().stream().mapToLong(FileReport::rows).sum())));
    defects.addAll(verification.ofKeys());
    checked.add("first and last keys of " + Digits.count(manifest.units().size()) + " units");
    if (archive != null) {
      List<PlannedUnit> units = units(configuration);
      defects.addAll(verification.against(units));
      int files = units.stream().mapToInt(u -> u.inputs().size()).sum();
      checked.add(
          String.format(
              Locale.ROOT,
              "%s files of %s units in %s%s",
              Digits.count(files),
              Digits.count(units.size()),
              archive,
              unread(units)));
    }
    PrintWriter out = spec.commandLine().getOut();
    defects.forEach(out::println);
    checked.forEach(c -> out.println("checked: " + c));
    int n = defects.size();
    out.println(n == 0 ? "no defects" : n == 1 ? "1 defect" : Digits.count(n) + " defects");
    out.flush();
    return defects.isEmpty() ? Main.DONE : Main.INPUT;
  }

  /** What of the archive looks like data but is not read, by kind. */
  private static String unread(List<PlannedUnit> units) {
    List<String> paths =
        units.stream()
            .flatMap(u -> u.inputs().stream())
            .filter(i -> !i.isUsable())
            .filter(i -> i.rejection().reason().equals(FitsRejection.Reason.NOT_READ.name()))
            .map(PlannedInput::path)
            .toList();
    return paths.isEmpty() ? "" : "; not read: " + DataName.unread(paths);
  }

  private List<PlannedUnit> units(Configuration configuration) {
    Archive opened = Archive.open(archive, configuration);
    Inventory inventory = Inventory.build(opened, Inventory.Options.DEFAULT, n -> {});
    return Units.of(opened.root(), ArchiveInputs.of(inventory), Selection.ALL);
  }
}
