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
import org.skymi.archive.InventoryEntry;
import org.skymi.archive.InventoryStore;
import org.skymi.fits.FitsRejection;
import org.skymi.survey.PlateId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi inventory ARCHIVE}: what an archive holds, by night, plate and exposure. */
@Command(
    name = "inventory",
    description =
        "Lists what an archive holds, by night, plate and exposure, and what is unusable.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code 2 if nothing in the archive can be used.",
      "Example:",
      "  skymi inventory hdfs://namenode/lamost --store inventory.tsv"
    })
final class InventoryCommand implements Callable<Integer> {
  private static final String ROW = "%-8s  %-24s  %-9s  %6s  %8s  %10s%n";
  private static final double MEGABYTE = 1e6;

  @Parameters(paramLabel = "ARCHIVE", description = "A folder, as a path or URI.")
  private String root;

  @Option(names = "--checksum", description = "Read all files whole for their SHA-256.")
  private boolean checksum;

  @Option(names = "--store", paramLabel = "FILE", description = "Store the inventory as text.")
  private String store;

  @Option(
      names = "--threads",
      defaultValue = "16",
      description = "Files read at a time (${DEFAULT-VALUE}).")
  private int threads;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Configuration configuration = new Configuration();
    Archive archive = Archive.open(root, configuration);
    Inventory inventory =
        Inventory.build(archive, new Inventory.Options(checksum, true, threads), done -> {});
    print(inventory, out);
    if (store != null) {
      String hash = InventoryStore.save(inventory, store, configuration);
      out.println("stored in " + store + ", sha256 " + hash);
    }
    out.flush();
    warn(inventory, err);
    return inventory.usable().isEmpty() ? Main.INPUT : Main.DONE;
  }

  private static void print(Inventory inventory, PrintWriter out) {
    out.printf(Locale.ROOT, ROW, "night", "plate", "exposure", "files", "spectro.", "MB");
    for (var plate : inventory.byPlate().entrySet()) {
      Inventory.byExposure(plate.getValue())
          .forEach((lmjm, entries) -> printExposure(out, plate.getKey(), lmjm, entries));
    }
    List<String> unread = new ArrayList<>();
    for (InventoryEntry entry : inventory.rejected()) {
      InventoryEntry.Rejection why = entry.rejection();
      if (why.reason() == FitsRejection.Reason.NOT_READ) {
        unread.add(entry.path());
      } else {
        out.printf(Locale.ROOT, "rejected  %s: %s: %s%n", entry.path(), why.reason(), why.detail());
      }
    }
    if (!unread.isEmpty()) {
      out.printf(
          Locale.ROOT, "not read  %s; the first is %s%n", DataName.unread(unread), unread.get(0));
    }
    inventory
        .problems()
        .forEach(p -> out.printf(Locale.ROOT, "not listed  %s: %s%n", p.path(), p.message()));
    out.printf(
        Locale.ROOT,
        "%d files, %d plates, %d usable, %d rejected, %.1f MB%n",
        inventory.entries().size(),
        inventory.byPlate().size(),
        inventory.usable().size(),
        inventory.rejected().size(),
        megabytes(inventory.entries()));
  }

  private static void printExposure(
      PrintWriter out, PlateId plate, int lmjm, List<InventoryEntry> entries) {
    long spectrographs =
        entries.stream().mapToInt(entry -> entry.identity().spectrograph()).distinct().count();
    out.printf(
        Locale.ROOT,
        ROW,
        plate.night(),
        plate.planId(),
        lmjm == 0 ? "co-added" : lmjm,
        entries.size(),
        spectrographs,
        String.format(Locale.ROOT, "%.1f", megabytes(entries)));
  }

  private static double megabytes(List<InventoryEntry> entries) {
    return entries.stream().mapToLong(entry -> entry.fingerprint().length()).sum() / MEGABYTE;
  }

  private static void warn(Inventory inventory, PrintWriter err) {
    int bad = inventory.rejected().size() + inventory.problems().size();
    if (bad > 0) {
      err.println("skymi: warning: " + bad + " files or folders are not usable");
      err.flush();
    }
  }
}
