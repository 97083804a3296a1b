package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.simulate.PlateDesign;

/** {@code --split spectrograph}: other tasks, the same rows. */
class SplitTest {
  @TempDir Path folder;

  @BeforeEach
  void slots() {
    System.setProperty("spark.master", "local[2]");
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("spark.master");
  }

  @Test
  void theRowsAreThoseOfUndividedPlates() throws IOException {
    Path archive = folder.resolve("archive");
    List<Path> files = TinyArchive.write(archive, 1);
    files.addAll(TinyArchive.write(archive, twoSpectrographs()));
    // A frame that its task refuses, and one without its other arm.
    Files.write(files.get(0), new byte[] {1, 2, 3});
    byte[] cut = Files.readAllBytes(files.get(2));
    Files.write(files.get(2), Arrays.copyOf(cut, cut.length - 100));
    Files.delete(files.get(5));
    Map<String, List<String>> undivided = rows(archive, "plate");
    assertThat(undivided.get("quarantine")).hasSize(2);
    assertThat(rows(archive, "spectrograph")).isEqualTo(undivided);
    said(Main.INPUT, "reprocess", "" + archive, "--out", "" + folder, "--split", "fibre");
  }

  private Map<String, List<String>> rows(Path archive, String split) throws IOException {
    Path out = folder.resolve(split);
    Path quick = QuickSettings.write(folder);
    said(
        Main.DONE,
        "reprocess",
        "" + archive,
        "--out",
        "" + out,
        "--split",
        split,
        "--conf",
        "" + quick);
    return CampaignRows.of(out);
  }

  private static PlateDesign twoSpectrographs() {
    return PlateDesign.ideal("P7", 58007, 7)
        .withSpectrographs(2)
        .withFibres(TinyArchive.FIBRES)
        .withExposures(2)
        .withPixels(400, 400);
  }
}
