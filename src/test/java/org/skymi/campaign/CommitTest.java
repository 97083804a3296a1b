package org.skymi.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.fits.FileIdentity;
import org.skymi.survey.InputException;
import org.skymi.survey.PlateId;
import org.skymi.table.FileReport;

class CommitTest {
  private static final FileReport RUN = new FileReport("r", "runs", 1, 1, "", "", "");
  private static final Settings SETTINGS = Settings.resolve(List.of(), Map.of());

  @TempDir Path folder;
  private ManifestStore store;

  @BeforeEach
  void open() throws IOException {
    CampaignFolder campaign = CampaignFolder.of(folder.toUri().toString(), "main");
    store = new ManifestStore(campaign.fileSystem(new Configuration()), campaign);
  }

  @Test
  void whatIsCommittedIsNotOpenAnyMore() throws IOException {
    Plan plan = plan(SETTINGS, unit("P1", "v1"), unit("P2", "v1"));
    assertThat(plan.open(store.latest())).hasSize(2);
    commit(plan, Optional.empty());
    assertThat(plan.open(store.latest())).isEmpty();
  }

  @Test
  void aChangedFileOpensItsPlateAloneAndSupersedesIt() throws IOException {
    commit(plan(SETTINGS, unit("P1", "v1"), unit("P2", "v1")), Optional.empty());
    Plan changed = plan(SETTINGS, unit("P1", "v2"), unit("P2", "v1"));
    assertThat(changed.open(store.latest()))
        .extracting(PlannedUnit::key)
        .containsExactly("P1@58000");
    Manifest now = commit(changed, store.latest());
    assertThat(now.units()).hasSize(2);
    assertThat(now.unit("P1@58000").orElseThrow().workId())
        .isEqualTo(changed.workId(changed.units().get(0)));
  }

  @Test
  void aRivalOnOtherPlatesIsFollowed() throws IOException {
    Plan mine = plan(SETTINGS, unit("P1", "v1"));
    commit(plan(SETTINGS, unit("P2", "v1")), Optional.empty());
    Manifest now = commit(mine, Optional.empty());
    assertThat(now.number()).isEqualTo(2);
    assertThat(now.units()).extracting(Manifest.Unit::key).containsExactly("P1@58000", "P2@58000");
  }

  @Test
  void aRivalWithTheSameWorkMakesTheCommitNeedless() throws IOException {
    Plan plan = plan(SETTINGS, unit("P1", "v1"));
    Manifest first = commit(plan, Optional.empty());
    assertThat(commit(plan, Optional.empty())).isEqualTo(first);
    assertThat(store.latest()).contains(first);
  }

  @Test
  void aRivalWithOtherWorkOnTheSamePlateIsAnError() throws IOException {
    commit(plan(SETTINGS, unit("P1", "v1")), Optional.empty());
    assertThatThrownBy(() -> commit(plan(SETTINGS, unit("P1", "v2")), Optional.empty()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("P1@58000");
  }

  @Test
  void oneCampaignHasOneSetOfSettings() throws IOException {
    commit(plan(SETTINGS, unit("P1", "v1")), Optional.empty());
    Settings other = Settings.resolve(List.of(), Map.of("reduction.seed", 7));
    Plan plan = plan(other, unit("P2", "v1"));
    assertThatThrownBy(() -> Admission.require(store.latest(), plan, other.all()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("(reduction.seed was 1, is 7)");
    assertThatThrownBy(
            () ->
                new Commit(store, plan, other.all(), "test", m -> List.of())
                    .publish(store.latest(), List.of(), RUN))
        .isInstanceOf(InputException.class);
    assertThat(store.latest().orElseThrow().number()).isEqualTo(1);
  }

  /** A rival commits while a file that the superseded plate shares is being made anew. */
  @Test
  void aLostRaceIsRunAgainAndNoFileKeepsRowsOfASupersededUnit() throws IOException {
    Plan both = plan(SETTINGS, unit("P1", "v1"), unit("P2", "v1"));
    Manifest first = commit(both, Optional.empty());
    SharedFile.Part one = new SharedFile.Part("P1@58000", 3, "P1", "P1");
    SharedFile.Part two = new SharedFile.Part("P2@58000", 4, "P2", "P2");
    SharedFile mixed = new SharedFile(file("mixed", 7), List.of(one, two));
    SharedFile apart = new SharedFile(file("apart", 4), List.of(two));
    Manifest shared =
        ManifestBuilder.like(first).movedAfter(1).shared(List.of(mixed, apart)).build();
    store.publish(shared);

    Plan changed = plan(SETTINGS, unit("P1", "v2"), unit("P2", "v1"));
    List<Merge> made = new ArrayList<>();
    Merge.Writer writer =
        merges -> {
          if (made.isEmpty()) {
            store.publish(shared.followedBy(shared, "run", "rival"));
          }
          made.addAll(merges);
          return List.of(merges.get(0).made(file("rest", merges.get(0).rows())));
        };
    Manifest now =
        new Commit(store, changed, SETTINGS.all(), "test", writer)
            .publish(Optional.of(shared), outcomes(changed, shared), RUN);
    assertThat(now.number()).isEqualTo(4);
    assertThat(store.latest()).contains(now);
    assertThat(made).hasSize(2);
    assertThat(made.get(1).slices()).containsExactly(new Merge.Slice(two, "mixed", 3));
    assertThat(now.shared()).containsExactly(apart, new SharedFile(file("rest", 4), List.of(two)));
  }

  private static FileReport file(String path, long rows) {
    return new FileReport(path, "fibre_sky", rows, rows, "", "", "");
  }

  @Test
  void oneCampaignHasOneBaseModelUnlessItsHeirMayFollow() throws IOException {
    PlannedUnit old = unit("P1", "v1");
    commit(plan("aaa", List.of(), old), Optional.empty());
    Plan other = plan("bbb", List.of(), unit("P2", "v1"));
    assertThatThrownBy(() -> Admission.require(store.latest(), other, SETTINGS.all()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("base model aaa, this run has bbb");

    Plan heir = plan("bbb", List.of("aaa"), old, unit("P2", "v1"));
    assertThat(heir.open(store.latest())).extracting(PlannedUnit::key).containsExactly("P2@58000");
    Manifest now = commit(heir, store.latest());
    assertThat(now.modelDigest()).isEqualTo("bbb");
    assertThat(heir.open(store.latest())).isEmpty();
    Plan back = plan("aaa", List.of(), unit("P3", "v1"));
    assertThatThrownBy(() -> Admission.require(store.latest(), back, SETTINGS.all()))
        .isInstanceOf(InputException.class);
  }

  @Test
  void theRunIdIsThatOfThePlan() {
    Plan plan = plan(SETTINGS, unit("P1", "v1"), unit("P2", "v1"));
    assertThat(plan.runId())
        .isEqualTo(plan(SETTINGS, unit("P2", "v1"), unit("P1", "v1")).runId())
        .isNotEqualTo(plan(SETTINGS, unit("P1", "v1")).runId())
        .isNotEqualTo(plan(SETTINGS, unit("P1", "v2"), unit("P2", "v1")).runId());
  }

  private Manifest commit(Plan plan, Optional<Manifest> base) throws IOException {
    List<UnitOutcome> outcomes = outcomes(plan, base.orElse(null));
    return new Commit(store, plan, SETTINGS.all(), "test", m -> List.of())
        .publish(base, outcomes, RUN);
  }

  private static List<UnitOutcome> outcomes(Plan plan, Manifest base) {
    return plan.open(Optional.ofNullable(base)).stream()
        .map(u -> new UnitOutcome(u.key(), plan.workId(u), List.of("a"), List.of(), List.of()))
        .toList();
  }

  private static Plan plan(Settings settings, PlannedUnit... units) {
    return new Plan(List.of(units), settings.digest(), ModelChoice.NONE);
  }

  private static Plan plan(String model, List<String> succeeds, PlannedUnit... units) {
    return new Plan(List.of(units), SETTINGS.digest(), ModelChoice.of(model, succeeds), true);
  }

  private static PlannedUnit unit(String plan, String fingerprint) {
    return PlannedUnit.ofPlate(
        new PlateId(plan, 58000),
        List.of(new PlannedInput("a", 1, fingerprint, FileIdentity.OTHER, null)));
  }
}
