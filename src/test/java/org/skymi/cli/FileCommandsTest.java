package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.archive.Inventory;
import org.skymi.archive.InventoryStore;
import org.skymi.fits.MadeUp;

/** inspect, inventory and bench read, as run from the command line. */
class FileCommandsTest {
  @TempDir Path folder;
  private final PrintStream before = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Path frame;

  @BeforeEach
  void captureOutput() throws IOException {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    Path plate = Files.createDirectories(folder.resolve("20170920/TEST01"));
    frame = plate.resolve(MadeUp.NAME + ".gz");
    Files.write(frame, MadeUp.gzip(MadeUp.bytes(MadeUp.frame())));
  }

  @AfterEach
  void giveOutputBack() {
    System.setOut(before);
  }

  @Test
  void inspectSaysWhatAFileIs() {
    assertThat(Main.run("inspect", frame.toString())).isZero();
    assertThat(printed())
        .contains("fibre frame", "frame-83544500-TEST01_sp16b", "7 fibres x 30 pixels")
        .contains("night 20170920", "3700", "Obj 2, Sky 1", "problems");
  }

  @Test
  void inspectGoesOnAfterABadFile() throws IOException {
    Path bad = Files.write(folder.resolve("bad.fits"), new byte[0]);
    String missing = folder.resolve("missing.fits").toString();
    assertThat(Main.run("inspect", bad.toString(), missing, frame.toString())).isEqualTo(2);
    assertThat(printed())
        .contains("rejected     EMPTY", "UNREADABLE", "7 fibres", "2 of 3 files cannot be used");
  }

  @Test
  void inspectWalksFolders() throws IOException {
    Files.write(folder.resolve("bad.fits"), new byte[0]);
    Files.writeString(folder.resolve("notes.txt"), "no data");
    assertThat(Main.run("inspect", folder.toString())).isEqualTo(Main.INPUT);
    assertThat(printed())
        .containsSubsequence(MadeUp.NAME + ".gz", "7 fibres", "bad.fits", "EMPTY", "1 of 2 files")
        .doesNotContain("notes.txt");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(Said.said(Main.INPUT, "inspect", empty.toString()))
        .isEqualTo("skymi: no FITS files below " + empty + System.lineSeparator());
  }

  @Test
  void inventoryPrintsAndStores() throws IOException {
    Files.write(folder.resolve("bad.fits"), new byte[0]);
    Path store = folder.resolve("inventory.tsv");
    int code = Main.run("inventory", folder.toString(), "--checksum", "--store", store.toString());
    assertThat(code).isZero();
    assertThat(printed())
        .contains("TEST01", "83544500", "bad.fits: EMPTY", "2 files, 1 plates, 1 usable");
    Inventory inventory = InventoryStore.load(store.toString(), new Configuration());
    assertThat(inventory.usable()).hasSize(1);
    assertThat(inventory.usable().get(0).fingerprint().content()).hasSize(64);
  }

  @Test
  void inventoryOfNothingUsableIsAnInputError() throws IOException {
    Files.write(frame, new byte[0]);
    assertThat(Main.run("inventory", folder.toString())).isEqualTo(2);
    assertThat(Main.run("inventory", folder.resolve("nowhere").toString())).isEqualTo(2);
  }

  @Test
  void benchReadPrintsOneRowPerKind() {
    assertThat(Main.run("bench", "read", folder.toString(), "--repeat", "2")).isZero();
    assertThat(printed()).containsPattern("read frame .* 1 ").contains("2 passes");
    assertThat(Main.run("bench", "read")).isEqualTo(1);
  }

  @Test
  void benchPlateTellsEveryStageInJson() throws IOException {
    String[] args = {"bench", "plate", "--fibres", "24", "--spectrographs", "1", "--repeat", "1"};
    assertThat(Main.run(args)).isZero();
    assertThat(printed()).contains("classical", "train", "estimate", "sp-exposure");
    out.reset();
    assertThat(Main.run("bench", "classical", "--fibres", "24", "--repeat", "2", "--json"))
        .isZero();
    JsonNode json = new ObjectMapper().readTree(printed());
    assertThat(json.get("passes").asInt()).isEqualTo(2);
    assertThat(json.get("stages"))
        .hasSize(3)
        .allSatisfy(s -> assertThat(s.get("seconds_median").asDouble()).isPositive());
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
