package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileUtil;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Campaigns one after the other in one JVM, for {@code skymi.soak.minutes}: what is left of each,
 * in the heap, outside of it and among open files, must not add up.
 */
class SoakTest {
  private static final int PLATES = 4;
  private static final int LEAST_ROUNDS = 15;
  private static final double MIB = 1 << 20;

  @TempDir Path folder;

  /** What a process holds, in MiB but for the files. */
  private record Held(double heap, double outside, double files) {
    static Held now() {
      for (int k = 0; k < 3; k++) {
        System.gc(); // what only waits for it is no leak
      }
      Runtime runtime = Runtime.getRuntime();
      UnixOperatingSystemMXBean os =
          (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return new Held(
          (runtime.totalMemory() - runtime.freeMemory()) / MIB,
          Pointer.totalBytes() / MIB,
          os.getOpenFileDescriptorCount());
    }
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("spark.master");
  }

  @Test
  @Tag("full")
  void nothingAddsUp() throws IOException {
    System.setProperty("spark.master", "local[2]");
    Path archive = folder.resolve("archive");
    TinyArchive.write(archive, PLATES);
    Instant end =
        Instant.now().plus(Duration.ofMinutes(Integer.getInteger("skymi.soak.minutes", 3)));
    List<Held> held = new ArrayList<>();
    while (held.size() < LEAST_ROUNDS || Instant.now().isBefore(end)) {
      Path out = Files.createDirectory(folder.resolve("out" + held.size()));
      said(Main.DONE, "reprocess", archive.toString(), "--out", out.toString());
      said(Main.DONE, "summary", out.toString());
      assertThat(said(Main.DONE, "verify", out.toString(), "--archive", archive.toString()))
          .contains(PLATES + " units");
      FileUtil.fullyDelete(out.toFile());
      held.add(Held.now());
      System.out.println(held.size() + ": " + held.get(held.size() - 1));
    }
    // The first third warms up: classes, compiled code, caches.
    Held middle = mean(held.subList(held.size() / 3, 2 * held.size() / 3));
    Held last = mean(held.subList(2 * held.size() / 3, held.size()));
    System.out.printf("%d campaigns; middle third %s, last third %s%n", held.size(), middle, last);
    assertThat(last.heap()).isLessThan(middle.heap() * 1.05 + 8);
    assertThat(last.outside()).isLessThan(middle.outside() * 1.05 + 8);
    assertThat(last.files()).isLessThan(middle.files() + 4);
  }

  private static Held mean(List<Held> held) {
    double[] sums = new double[3];
    held.forEach(
        h ->
            Arrays.setAll(sums, k -> sums[k] + new double[] {h.heap(), h.outside(), h.files()}[k]));
    int n = held.size();
    return new Held(sums[0] / n, sums[1] / n, sums[2] / n);
  }
}
