package org.skymi.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.skymi.archive.Fingerprint;
import org.skymi.archive.Inventory;
import org.skymi.archive.InventoryEntry;
import org.skymi.fits.FileIdentity;
import org.skymi.survey.PlateId;

/** Plans for inventories as large as all of LAMOST's released spectra. */
class PlanScaleTest {
  private static final int FIBRES = 250;
  private static final int SPECTROGRAPHS = 16;
  private static final int PLATE = FIBRES * SPECTROGRAPHS;
  private static final int FIRST_LMJD = 55_859;

  @Test
  void plansTwoHundredThousandFiles() {
    assertThat(plan(200_000)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  @Tag("full")
  void plansTwelveMillionFiles() {
    assertThat(plan(12_000_000)).isLessThan(Duration.ofMinutes(2));
  }

  /** Plans and says how long it took, without making up the names. */
  private static Duration plan(int files) {
    Inventory inventory = new Inventory("hdfs://nn/archive", entries(files), List.of());
    Instant start = Instant.now();
    Plan plan =
        new Plan(
            Units.of(inventory.root(), ArchiveInputs.of(inventory), Selection.ALL),
            "settings",
            ModelChoice.NONE);
    List<PlannedUnit> open = plan.open(Optional.empty());
    String run = plan.runId();
    long distinct = open.stream().map(plan::workId).distinct().count();
    Duration took = Duration.between(start, Instant.now());

    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "%d files: planned in %.1f s, %d MB of heap held%n",
        files, took.toMillis() / 1e3, (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    assertThat(run).hasSize(16);
    assertThat(open).hasSize(files / PLATE);
    assertThat(distinct).isEqualTo(files / PLATE);
    assertThat(open.stream().mapToInt(u -> u.inputs().size()).sum()).isEqualTo(files);
    return took;
  }

  private static List<InventoryEntry> entries(int files) {
    Random random = new Random(1);
    List<InventoryEntry> entries = new ArrayList<>(files);
    for (int plate = 0; plate < files / PLATE; plate++) {
      PlateId id = new PlateId("F" + plate, FIRST_LMJD + plate / 3);
      String folder = id.night().label() + "/" + id.planId() + "/";
      for (int fibre = 0; fibre < PLATE; fibre++) {
        int spectrograph = fibre / FIBRES + 1;
        int number = fibre % FIBRES + 1;
        String name =
            "spec-%d-%s_sp%02d-%03d.fits.gz"
                .formatted(id.lmjd(), id.planId(), spectrograph, number);
        String header = "%016x%016x".formatted(random.nextLong(), random.nextLong());
        entries.add(
            new InventoryEntry(
                folder + name,
                FileIdentity.releaseSpectrum(id, spectrograph, number),
                new Fingerprint(90_000 + random.nextInt(9000), 1_508_000_000_000L, header, ""),
                null));
      }
    }
    return entries;
  }
}
