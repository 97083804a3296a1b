package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skymi.math.Binary;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.smi.Masters;
import org.skymi.smi.SkyModel;
import org.skymi.survey.Arm;
import org.skymi.survey.InputException;
import org.skymi.survey.Instrument;

/** The next generation of a base model. */
class ModelUpdateTest {
  private static SkyModel base;
  private static ModelUpdate.Result updated;

  @BeforeAll
  static void update() throws IOException {
    base = SmallPlates.pretrain(5);
    updated = night(6, 7).train();
  }

  private static ModelUpdate night(int... plates) throws IOException {
    ModelUpdate update = new ModelUpdate(base, SmallPlates.quick(), "test");
    for (int p : plates) {
      update.plates().add("P" + p, "digest of " + p, SmallPlates.plate(p, 400));
    }
    return update;
  }

  @Test
  void theMastersAreThoseThatThePriorWasLearntFrom() throws IOException {
    for (Arm arm : Instrument.LAMOST.arms()) {
      SkyGrid grid = SmallPlates.grid(arm);
      assertThat(base.masters().prior(grid).basis().components())
          .isDeepEqualTo(base.prior(grid).basis().components());
      assertThat(base.masters().prior(grid).slack()).isEqualTo(base.prior(grid).slack());
    }
  }

  @Test
  void whatIsTakenIsBetterOnHeldOutPlatesAndTheCardKnowsItsParent() {
    assertThat(updated.judgements())
        .anyMatch(j -> j.startsWith("prior, blue: held-out chi"))
        .anyMatch(j -> j.startsWith("memory: ") && j.contains("nat gained by a sky fibre"))
        .anyMatch(j -> j.startsWith("networks, red: held-out loss"));
    SkyModel next = updated.model().orElseThrow();
    assertThat(next.card().generation()).isEqualTo(1);
    assertThat(next.card().ancestors()).containsExactly(base.digest());
    assertThat(next.card().training().plates())
        .containsExactly("P1", "P2", "P3", "P4", "P5", "P6", "P7");
    assertThat(next.card().training().heldOut()).containsExactly("P4", "P7");
  }

  @Test
  void theSameNightGivesTheSameModel() throws IOException {
    ModelUpdate.Result again = night(6, 7).train();
    assertThat(again.judgements()).isEqualTo(updated.judgements());
    assertThat(again.model().map(SkyModel::digest))
        .isEqualTo(updated.model().map(SkyModel::digest));
  }

  @Test
  void withoutPlatesAndWithOtherPixelsNothingIsLearnt() throws IOException {
    assertThat(night().train().model()).isEmpty();
    ModelUpdate other = night();
    other.plates().add("P9", "", SmallPlates.plate(9, 500));
    assertThatThrownBy(other::train).isInstanceOf(InputException.class);
  }

  @Test
  void aModelWithoutItsMastersReducesButIsNotUpdated() {
    SkyModel lean = SkyModel.read("lean.model", base.leanBytes());
    assertThat(lean.networks().get(Arm.RED)).isEqualTo(base.networks().get(Arm.RED));
    assertThat(lean.memory().orElseThrow().bytes()).isEqualTo(base.memory().orElseThrow().bytes());
    assertThat(base.leanBytes().length).isLessThan(base.bytes().length);
    assertThatThrownBy(() -> new ModelUpdate(lean, SmallPlates.quick(), "test"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("lean.model: has no masters");
  }

  @Test
  void moreMastersThanAModelKeepsAreDrawnEvenly() {
    List<Masters.Master> many = new ArrayList<>();
    for (int k = 0; k < 3 * Masters.MOST; k++) {
      many.add(new Masters.Master(Arm.RED, k, k % 3, new float[] {k}, new float[] {1}));
    }
    float[] flat = Binary.floats(new Masters(many).parts().get("masters-red.f32"));
    assertThat(flat).hasSize(4 * Masters.MOST);
    assertThat(flat[4] - flat[0]).isEqualTo(3);
  }
}
