package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base model on the command line: learnt, printed, used. */
class PretrainCommandTest {
  @TempDir static Path folder;
  private static Path archive;
  private static Path model;
  private static String said;

  @BeforeAll
  static void pretrain() throws IOException {
    System.setProperty("spark.master", "local[2]");
    archive = folder.resolve("archive");
    List<Path> files = TinyArchive.write(archive, 4);
    Files.write(files.get(0), new byte[0]);
    model = folder.resolve("base.model");
    Path settings = QuickSettings.write(folder);
    said = pretrain(model, settings, "--shards", "3");
  }

  private static String pretrain(Path out, Path settings, String... more) {
    List<String> args = new ArrayList<>(List.of("pretrain", "" + archive, "--model-out", "" + out));
    args.addAll(List.of("--conf", settings.toString()));
    args.addAll(List.of(more));
    return said(Main.DONE, args.toArray(String[]::new));
  }

  @AfterAll
  static void forget() {
    System.clearProperty("spark.master");
  }

  /** More than a FITS file may have: such a file is looked at whole, to its end. */
  @Test
  void aModelMayBeLargerThanAnyFitsFile() throws IOException {
    Path large = folder.resolve("large.model");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(65L << 20);
      file.seek(file.length());
      file.write(new byte[] {'P', 'K', 5, 6});
      file.write(new byte[18]);
    }
    assertThat(said(Main.INPUT, "model", large.toString())).contains("it has no card.json");
  }

  @Test
  void aBadFileIsReportedAndNotFatal() {
    assertThat(said).contains("not used: ").contains("EMPTY").contains("P4@58004");
    assertThat(model).exists();
  }

  @Test
  void oneSlotLearnsTheSameModelAsTwo() throws IOException {
    System.setProperty("spark.master", "local[1]");
    try {
      Path other = folder.resolve("other.model");
      String told = pretrain(other, folder.resolve("quick.conf"), "--shards", "3");
      assertThat(told).contains("4 plates in 3 shards", "networks of the red arm: trained on ");
      assertThat(other).hasSameBinaryContentAs(model);
      assertThat(folder.resolve("other.model.checkpoint")).doesNotExist();
    } finally {
      System.setProperty("spark.master", "local[2]");
    }
  }

  @Test
  void theCardIsPrinted() {
    assertThat(said(Main.DONE, "model", model.toString()))
        .contains("sha256", "basis_chi_blue", "P1@58001 P2@58002", "epochs=2", "shards=3");
  }

  @Test
  void aModelIsNotOverwritten() {
    assertThat(said(Main.INPUT, "pretrain", archive.toString(), "--model-out", model.toString()))
        .contains("is there already");
  }

  @Test
  void aModelIsPartOfTheRunsIdentity() {
    String[] without = {
      "reprocess", archive.toString(), "--out", folder.resolve("no").toString(), "--dry-run"
    };
    String run = said(Main.DONE, without).lines().findFirst().orElseThrow();
    assertThat(said(Main.DONE, without)).startsWith(run);
    assertThat(said(Main.DONE, dryRun(model.toString())).lines().findFirst().orElseThrow())
        .isEqualTo(
            said(Main.DONE, dryRun(model.toUri().toString())).lines().findFirst().orElseThrow())
        .isNotEqualTo(run);
  }

  private static String[] dryRun(String file) {
    return new String[] {
      "reprocess",
      archive.toString(),
      "--out",
      folder.resolve("no").toString(),
      "--dry-run",
      "--model",
      file
    };
  }

  @Test
  void platesAreReducedWithAModelWhateverTheirOrderAndTheSlots() throws IOException {
    Path out = folder.resolve("out");
    for (String plate : List.of("P3", "P2")) {
      said(Main.DONE, reprocess(out, "--plate", plate));
    }
    assertThat(said(Main.DONE, reprocess(out, "--plate", "P2"))).contains("already complete");
    System.setProperty("spark.master", "local[1]");
    Path other = folder.resolve("other");
    said(Main.DONE, reprocess(other));
    System.setProperty("spark.master", "local[2]");
    Map<String, List<String>> rows = CampaignRows.of(out);
    Map<String, List<String>> others = CampaignRows.of(other);
    for (String table :
        List.of("fibre_sky", "fibre_model", "frame_model", "frame_summary", "training")) {
      assertThat(others.get(table)).as(table).isNotEmpty().containsAll(rows.get(table));
    }
  }

  private static String[] reprocess(Path out, String... more) {
    List<String> args = new ArrayList<>(List.of("reprocess", "" + archive, "--out", "" + out));
    args.addAll(List.of("--model", "" + model, "--conf", "" + folder.resolve("quick.conf")));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  @Test
  void aDamagedOrAbsentModelEndsTheRunBeforeItBegins() throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(folder.resolve("damaged.model"), bytes);
    assertThat(said(Main.INPUT, dryRun(damaged.toString()))).contains("damaged.model: damaged");
    assertThat(said(Main.INPUT, dryRun(folder.resolve("absent").toString())))
        .contains("does not exist");
    assertThat(said(Main.INPUT, "model", damaged.toString())).contains("damaged");
  }
}
