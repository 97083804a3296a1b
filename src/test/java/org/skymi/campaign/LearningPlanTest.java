package org.skymi.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.skymi.fits.FileIdentity;
import org.skymi.survey.Arm;
import org.skymi.survey.FrameId;
import org.skymi.survey.InputException;
import org.skymi.survey.PlateId;

/** From which plates a campaign learns its two base models. */
class LearningPlanTest {
  /** 20 nights, all of odd days: night n has n plates. */
  private static final List<PlannedUnit> ARCHIVE =
      IntStream.rangeClosed(1, 20)
          .boxed()
          .flatMap(n -> IntStream.rangeClosed(1, n).mapToObj(p -> plate("P" + p, 58001 + 2 * n)))
          .toList();

  @Test
  void halvesAreOfOtherNightsAndSpreadOverThem() {
    LearningPlan plan = LearningPlan.of(ARCHIVE, 60);
    assertThat(plan.obstacle()).isEmpty();
    assertThat(plan.halves()).extracting(List::size).containsExactly(30, 30);
    assertThat(nights(plan, 0)).hasSize(10).doesNotContainAnyElementsOf(nights(plan, 1));
    assertThat(nights(plan, 1)).hasSize(10);
    // One plate of each night first, then a second and a third where there is one.
    assertThat(plan.halves().get(0))
        .filteredOn(p -> p.plate().lmjd() == 58039)
        .extracting(p -> p.plate().planId())
        .containsExactly("P10", "P16", "P3");
  }

  @Test
  void theSampleIsTheSameInAnyOrderAndNoLargerThanAsked() {
    List<PlannedUnit> other = new ArrayList<>(ARCHIVE);
    Collections.shuffle(other, new Random(5));
    assertThat(LearningPlan.of(other, 60)).isEqualTo(LearningPlan.of(ARCHIVE, 60));
    assertThat(LearningPlan.of(ARCHIVE, 7).halves()).extracting(List::size).containsExactly(3, 4);
    assertThat(LearningPlan.of(ARCHIVE, 1000).halves().stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(ARCHIVE);
  }

  @Test
  void fewNightsAreNotLearntFromHoweverManyPlatesTheyHave() {
    List<PlannedUnit> few = ARCHIVE.stream().filter(p -> p.plate().lmjd() > 58031).toList();
    LearningPlan plan = LearningPlan.of(few, 60);
    assertThat(plan.halves()).isEmpty();
    assertThat(plan.obstacle().orElseThrow())
        .contains("6 plates of as many nights", "there are 5 nights");
    assertThat(LearningPlan.of(ARCHIVE, 5).obstacle()).isPresent();
    assertThat(LearningPlan.of(List.of(), 60).hasFrames()).isFalse();
  }

  @Test
  void onlyPlatesOfTheInstrumentThatHasMostTeach() {
    List<PlannedUnit> mixed = new ArrayList<>(ARCHIVE);
    IntStream.range(0, 30).forEach(n -> mixed.add(plate("DESI-" + n, 58000 + n)));
    assertThat(LearningPlan.of(mixed, 60)).isEqualTo(LearningPlan.of(ARCHIVE, 60));
  }

  @Test
  void whatIsLearntFromDecidesItsIdentity() {
    LearningPlan plan = LearningPlan.of(ARCHIVE, 60);
    List<PlannedUnit> moved = new ArrayList<>(ARCHIVE);
    moved.set(
        0,
        PlannedUnit.ofPlate(ARCHIVE.get(0).plate(), List.of(frame(ARCHIVE.get(0).plate(), "new"))));
    LearningPlan other = LearningPlan.of(moved, 60);
    assertThat(other.id(0, "r")).isNotEqualTo(plan.id(0, "r"));
    assertThat(other.id(1, "r")).isEqualTo(plan.id(1, "r"));
    assertThat(plan.id(1, "s")).isNotEqualTo(plan.id(1, "r"));
  }

  @Test
  void aNightThatIsAddedMovesNoOther() {
    NightHalves halves = NightHalves.alternating(List.of(58007, 58001, 58003));
    assertThat(List.of(halves.of(58001), halves.of(58003), halves.of(58007)))
        .containsExactly(0, 1, 0);
    assertThat(List.of(halves.of(58002), halves.of(58005))).containsExactly(0, 1);
    assertThat(halves.other(58005)).isZero();
    assertThatThrownBy(
            () ->
                new NightHalves(
                    List.of(new TreeSet<>(List.of(58000)), new TreeSet<>(List.of(58000)))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("20170903");
  }

  private static TreeSet<Integer> nights(LearningPlan plan, int half) {
    TreeSet<Integer> nights = new TreeSet<>();
    plan.halves().get(half).forEach(p -> nights.add(p.plate().lmjd()));
    return nights;
  }

  private static PlannedUnit plate(String plan, int lmjd) {
    PlateId plate = new PlateId(plan, lmjd);
    return PlannedUnit.ofPlate(plate, List.of(frame(plate, "old")));
  }

  private static PlannedInput frame(PlateId plate, String fingerprint) {
    FrameId id = new FrameId(plate, plate.lmjd() * 1440, 1, Arm.BLUE);
    return new PlannedInput(plate + "/a", 1, fingerprint, FileIdentity.frame(id), null);
  }
}
