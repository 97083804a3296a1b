package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.ToyFrame;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;

class TellersTest {
  private static final int FIBRES = 240;

  private final ToyFrame toy = new ToyFrame(Arm.RED, FIBRES);
  private final boolean[] may = toy.everyone();

  private IntPredicate asked() {
    for (int i = 0; i < FIBRES; i++) {
      toy.type[i] = i % 12 == 5 ? FibreType.SKY : FibreType.OBJECT;
    }
    toy.object = (i, w) -> light(i);
    return new Tellers(toy.map(), new CleanFrame[] {null, toy.clean()}).of(may);
  }

  private static double light(int fibre) {
    return fibre % 12 == 5 ? 0 : 500 * (fibre * 7 % 11);
  }

  @Test
  void ofTwoObjectsSideBySideTheFainterTells() {
    IntPredicate asked = asked();
    int[] objects = IntStream.range(0, FIBRES).filter(i -> i % 12 != 5).toArray();
    for (int k = 0; k < objects.length; k += 2) {
      boolean isFirst = light(objects[k]) < light(objects[k + 1]);
      assertThat(asked.test(objects[k])).as("object %d", objects[k]).isEqualTo(isFirst);
      assertThat(asked.test(objects[k + 1])).isEqualTo(!isFirst);
    }
  }

  @Test
  void allSkyFibresAreLookedAtAndNoObjectThatMayNotTell() {
    for (int i = 13; i <= 21; i++) {
      may[i] = false;
    }
    IntPredicate asked = asked();
    for (int i = 0; i < FIBRES; i++) {
      if (i % 12 == 5) {
        assertThat(asked.test(i)).as("sky fibre %d", i).isTrue();
      } else if (!may[i]) {
        assertThat(asked.test(i)).as("object %d", i).isFalse();
      }
    }
  }
}
