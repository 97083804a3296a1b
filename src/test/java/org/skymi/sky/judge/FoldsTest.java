package org.skymi.sky.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {
  private static final int[] SKIES = IntStream.range(0, 20).map(k -> 5 + 12 * k).toArray();

  @Test
  void blocksAreRunsOfAboutFiveSkyFibres() {
    Folds folds = Folds.blocks(250, SKIES);
    assertThat(folds.count()).isEqualTo(4);
    int next = 0;
    for (int fold = 0; fold < 4; fold++) {
      int[] held = folds.heldOut(fold);
      assertThat(held).hasSize(5).isEqualTo(Arrays.copyOfRange(SKIES, next, next + 5));
      next += 5;
      for (int i : held) {
        assertThat(folds.foldOf(i)).isEqualTo(fold);
      }
    }
    assertThat(folds.foldOf(6)).isEqualTo(-1);
  }

  @Test
  void aQuarterOfManySkyFibresIsHeldOutTogether() {
    Folds folds = Folds.blocks(500, IntStream.range(0, 40).map(k -> 6 + 12 * k).toArray());
    assertThat(folds.count()).isEqualTo(4);
    for (int fold = 0; fold < 4; fold++) {
      assertThat(folds.heldOut(fold)).hasSize(10);
    }
  }

  @Test
  void everySkyFibreIsHeldOutOnce() {
    for (int n = 2; n <= 20; n++) {
      Folds folds = Folds.blocks(250, Arrays.copyOf(SKIES, n));
      int held = 0;
      for (int fold = 0; fold < folds.count(); fold++) {
        assertThat(folds.heldOut(fold)).isNotEmpty();
        held += folds.heldOut(fold).length;
      }
      assertThat(held).isEqualTo(n);
      assertThat(folds.count()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void heldOutFibresAndAllThatTheirLightReachesDoNotTrain() {
    Folds folds = Folds.blocks(250, SKIES);
    boolean[] may = folds.mayTrain(1);
    for (int i = 0; i < 250; i++) {
      int fibre = i;
      boolean near =
          Arrays.stream(folds.heldOut(1)).anyMatch(h -> Math.abs(h - fibre) <= Folds.REACH);
      assertThat(may[i]).isEqualTo(!near);
    }
    assertThat(folds.mayTrain(-1)).doesNotContain(false);
    assertThat(folds.heldOut(-1)).isEmpty();
  }

  @Test
  void leaveOneOutHoldsEachAlone() {
    Folds folds = Folds.leaveOneOut(250, SKIES);
    assertThat(folds.count()).isEqualTo(20);
    for (int fold = 0; fold < 20; fold++) {
      assertThat(folds.heldOut(fold)).containsExactly(SKIES[fold]);
    }
  }

  @Test
  void aSingleSkyFibreCannotBeHeldOut() {
    assertThat(Folds.blocks(250, new int[] {7}).count()).isZero();
    assertThat(Folds.leaveOneOut(250, new int[] {7}).count()).isZero();
    assertThat(Folds.blocks(250, new int[0]).count()).isZero();
  }
}
