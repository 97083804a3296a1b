package org.skymi.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.Damage;
import org.skymi.archive.Inventory;
import org.skymi.archive.InventoryStore;
import org.skymi.survey.InputException;
import org.skymi.table.FileReport;

/**
 * Manifests, kept outcomes and inventories that are not what was written: a clear refusal, or as if
 * they were not there, and no path that leads out of the campaign.
 */
class DamagedStateTest {
  private static final FileReport FILE =
      new FileReport("data/fibre_sky/20171018-x.parquet", "fibre_sky", 3, 4, "ab", "a", "b");

  @TempDir Path folder;
  private CampaignFolder campaign;
  private FileSystem fs;

  @BeforeEach
  void open() throws IOException {
    campaign = CampaignFolder.of(folder.toUri().toString(), "main");
    fs = campaign.fileSystem(new Configuration());
  }

  private static Manifest manifest() {
    Manifest.Unit unit =
        new Manifest.Unit("P1@58000", "w", "r", 2, Map.of("TRUNCATED", 1), List.of(FILE), "none");
    SharedFile.Part part = new SharedFile.Part("P1@58000", 3, "a", "b");
    return ManifestBuilder.after(0)
        .runId("r")
        .software("test")
        .settingsDigest("s")
        .settings(List.of(new Setting("reduction.seed", "1", "built-in default")))
        .units(List.of(unit))
        .runs(List.of(FILE))
        .shared(List.of(new SharedFile(FILE, List.of(part))))
        .build();
  }

  @Test
  void aDamagedManifestIsNamedOrReadsAsOne() throws IOException {
    ManifestStore store = new ManifestStore(fs, campaign);
    store.publish(manifest());
    Path file = folder.resolve("main/manifests/000001.json");
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    int refused = 0;
    for (int round = 0; round < Damage.rounds(); round++) {
      Files.write(file, Damage.of(whole, random));
      try {
        store.latest().orElseThrow().files().forEach(f -> assertThat(f.path()).isNotEmpty());
      } catch (InputException e) {
        assertThat(e).hasMessageContaining("000001.json");
        refused++;
      } catch (RuntimeException e) {
        fail("round " + round, e);
      }
    }
    assertThat(refused).isGreaterThan(Damage.rounds() / 4);
  }

  @Test
  void aDamagedOutcomeIsWorthNothing() throws IOException {
    OutcomeStore store = new OutcomeStore(fs, campaign);
    Quarantined bad = new Quarantined("a.fits", "frame", "TRUNCATED", "HDU 1", "short");
    store.keep(new UnitOutcome("P1@58000", "w", List.of("b.fits"), List.of(bad), List.of(FILE)));
    Path file = folder.resolve("main/work/w.json");
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(2);
    for (int round = 0; round < Damage.rounds(); round++) {
      Files.write(file, Damage.of(whole, random));
      // Its file is not there either.
      assertThat(store.find("w")).as("round " + round).isEqualTo(Optional.empty());
    }
  }

  @Test
  void aDamagedInventoryIsRefused() throws IOException {
    StringWriter text = new StringWriter();
    InventoryStore.write(new Inventory("file:/archive", List.of(), List.of()), text);
    byte[] whole = text.toString().getBytes(StandardCharsets.UTF_8);
    Random random = new Random(3);
    for (int round = 0; round < Damage.rounds(); round++) {
      String damaged = new String(Damage.of(whole, random), StandardCharsets.UTF_8);
      try {
        assertThat(InventoryStore.read("x.tsv", new StringReader(damaged)).entries()).isEmpty();
      } catch (InputException e) {
        assertThat(e).hasMessageContaining("x.tsv");
      }
    }
  }

  @Test
  void aManifestCantNameFilesOutsideOfItsCampaign() throws IOException {
    ManifestStore store = new ManifestStore(fs, campaign);
    store.publish(manifest());
    Path file = folder.resolve("main/manifests/000001.json");
    String whole = Files.readString(file);
    for (String path : List.of("/etc/passwd", "../../other/x", "data/../../x", "hdfs://h/x", "")) {
      Files.writeString(file, whole.replace(FILE.path(), path));
      assertThatThrownBy(store::latest)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("000001.json")
          .hasMessageContaining("'" + path + "'");
    }
  }
}
