package org.skymi.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.survey.InputException;
import org.skymi.table.FileReport;

/** Which files are put together, and when that is committed. */
class CompactionTest {
  private static final String TABLE = "fibre_sky";

  @TempDir Path folder;
  private ManifestStore store;

  @BeforeEach
  void open() throws IOException {
    CampaignFolder campaign = CampaignFolder.of(folder.toUri().toString(), "main");
    store = new ManifestStore(campaign.fileSystem(new Configuration()), campaign);
  }

  @Test
  void largeFilesStayAndUnitsAreNotSplit() {
    Manifest m =
        manifest(unit("P4", 30), unit("P2", 30), unit("P1", 30), unit("P3", 30), unit("P5", 35));
    List<Merge> merges = new Compaction(m, TABLE, 70).merges();
    assertThat(merges).hasSize(2);
    assertThat(units(merges.get(0))).containsExactly("P1@58000", "P2@58000", "P3@58000");
    assertThat(units(merges.get(1))).containsExactly("P4@58000");
  }

  @Test
  void smallFilesGoTogetherInTheOrderOfTheirKeys() {
    Manifest m = manifest(unit("P10", 30), unit("P2", 30), unit("P1", 30), unit("P3", 100));
    List<Merge> merges = new Compaction(m, TABLE, 80).merges();
    assertThat(merges).hasSize(1);
    assertThat(units(merges.get(0))).containsExactly("P1@58000", "P10@58000", "P2@58000");
  }

  @Test
  void aSingleSmallFileIsLeftAlone() {
    assertThat(new Compaction(manifest(unit("P1", 3)), TABLE, 80).merges()).isEmpty();
  }

  @Test
  void rowsThatAreMissingAndRivalsAreNotCommittedOver() throws IOException {
    Manifest m = manifest(unit("P1", 30), unit("P2", 30));
    store.publish(m);
    Compaction compaction = new Compaction(m, TABLE, 80);
    List<SharedFile> made = made(compaction.merges());
    assertThatThrownBy(() -> compaction.publish(store, List.of(), "test"))
        .isInstanceOf(IncompleteException.class);
    store.publish(m.followedBy(m, "run", "rival"));
    assertThatThrownBy(() -> compaction.publish(store, made, "test"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another run committed meanwhile");
    assertThat(store.latest().orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void aSupersededUnitLeavesItsFile() throws IOException {
    Manifest m = manifest(unit("P1", 20), unit("P2", 20), unit("P3", 20));
    store.publish(m);
    Compaction compaction = new Compaction(m, TABLE, 80);
    Manifest now = compaction.publish(store, made(compaction.merges()), "test");
    assertThat(now.units()).allSatisfy(u -> assertThat(u.files()).isEmpty());
    SharedFile shared = now.shared().get(0);
    assertThat(shared.file().rows()).isEqualTo(60);
    Merge rest = shared.copy(Set.of("P2@58000"));
    assertThat(rest.slices()).extracting(Merge.Slice::first).containsExactly(0L, 40L);
    assertThat(rest.rows()).isEqualTo(40);
    assertThat(new Compaction(now, TABLE, 800).merges()).isEmpty();
  }

  @Test
  void whatIsSharedIsCompactedAgainWithWhatIsNew() throws IOException {
    Manifest m = manifest(unit("P1", 20), unit("P3", 20));
    store.publish(m);
    Compaction compaction = new Compaction(m, TABLE, 80);
    Manifest now = compaction.publish(store, made(compaction.merges()), "test");
    Manifest more = now.with(List.of(unit("P2", 20)));
    List<Merge> merges = new Compaction(more, TABLE, 160).merges();
    assertThat(merges).hasSize(1);
    assertThat(units(merges.get(0))).containsExactly("P1@58000", "P2@58000", "P3@58000");
    assertThat(merges.get(0).slices())
        .extracting(Merge.Slice::path)
        .containsExactly("shared", "P2", "shared");
    assertThat(new Compaction(more, TABLE, 80).merges()).as("the shared file is large").isEmpty();
  }

  @Test
  void otherTablesAreLeftAsTheyAre() throws IOException {
    FileReport training = new FileReport("t1", "training", 9, 9, "", "P1/58000/1", "P1/58000/1");
    FileReport run = new FileReport("r1", "runs", 1, 1, "", "r1", "r1");
    Manifest.Unit one = unit("P1", 20);
    Manifest.Unit with =
        new Manifest.Unit(
            one.key(), "w", "r", 1, Map.of(), List.of(one.files().get(0), training), "m");
    Manifest m = ManifestBuilder.like(manifest(with, unit("P2", 20))).runs(List.of(run)).build();
    store.publish(m);
    Compaction compaction = new Compaction(m, TABLE, 80);
    Manifest now = compaction.publish(store, made(compaction.merges()), "test");
    assertThat(now.filesOf(TABLE)).extracting(FileReport::path).containsExactly("shared");
    assertThat(now.filesOf("training")).containsExactly(training);
    assertThat(now.filesOf("runs")).containsExactly(run).isEqualTo(now.runs());
    assertThat(now.files()).hasSize(3);
  }

  private static List<String> units(Merge merge) {
    return merge.slices().stream().map(s -> s.part().unit()).toList();
  }

  private static List<SharedFile> made(List<Merge> merges) {
    List<SharedFile> made = new ArrayList<>();
    for (Merge m : merges) {
      made.add(m.made(new FileReport("shared", TABLE, m.rows(), m.rows(), "", "", "")));
    }
    return made;
  }

  private static Manifest.Unit unit(String plan, int bytes) {
    String key = plan + "/58000/1";
    FileReport file = new FileReport(plan, TABLE, bytes, bytes, "", key, key);
    return new Manifest.Unit(
        plan + "@58000", "w", "r", 1, Map.of(), List.of(file), ModelChoice.NONE);
  }

  private static Manifest manifest(Manifest.Unit... units) {
    return ManifestBuilder.after(0)
        .runId("r")
        .software("test")
        .settingsDigest("s")
        .units(List.of(units))
        .build();
  }
}
