package org.skymi.sky.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;

class CrossTalkTest {
  private static final int FIBRES = 150;

  /** Every eighth fibre sky, the others stars of 1 to 100 times the sky. */
  private static ToyFrame toy() {
    ToyFrame toy = new ToyFrame(Arm.RED, FIBRES);
    Random random = new Random(3);
    double[] brightness = new double[FIBRES];
    double[] tilt = new double[FIBRES];
    for (int i = 0; i < FIBRES; i++) {
      boolean sky = i % 8 == 4;
      toy.type[i] = sky ? FibreType.SKY : FibreType.OBJECT;
      brightness[i] = sky ? 0 : toy.level * Math.pow(10, 2 * random.nextDouble());
      tilt[i] = 0.3 * random.nextGaussian();
      toy.gain[i] = 1 + 0.04 * random.nextGaussian();
    }
    toy.object = (i, w) -> brightness[i] * (1 + tilt[i] * toy.grid.u(w));
    return toy;
  }

  private static CrossTalk estimate(ToyFrame toy) {
    CleanFrame frame = toy.clean();
    int[] skies = toy.map().indicesOf(FibreType.SKY);
    double[] scale = Arrays.stream(skies).mapToDouble(i -> toy.gain[i]).toArray();
    return CrossTalkFit.estimate(frame, toy.coefficients(), skies, scale, 0.01);
  }

  @Test
  void isRecoveredWithinItsError() {
    ToyFrame toy = toy();
    toy.k1 = 0.002;
    toy.k1u = 0.0003;
    toy.k2 = 0.0003;
    CrossTalk found = estimate(toy);
    assertThat(found.k1Error()).isLessThan(0.0003);
    assertThat(found.k1()).isCloseTo(toy.k1, within(3 * found.k1Error()));
    assertThat(found.k1u()).isCloseTo(toy.k1u, within(3 * found.k1Error()));
    assertThat(found.k2()).isCloseTo(toy.k2, within(3 * found.k1Error()));
  }

  @Test
  void isZeroWithinItsErrorWhereThereIsNone() {
    ToyFrame toy = toy();
    CrossTalk found = estimate(toy);
    assertThat(found.k1()).isCloseTo(0, within(3 * found.k1Error()));
    assertThat(found.k2()).isCloseTo(0, within(3 * found.k1Error()));
  }

  /** What the others don't foretell is an object's light, not their neighbours'. */
  @Test
  void aSkyFibreThatTheOthersDontPredictIsLeftOut() {
    ToyFrame toy = toy();
    toy.k1 = 0.002;
    int odd = toy.map().indicesOf(FibreType.SKY)[2];
    ToyFrame.Light stars = toy.object;
    toy.object =
        (i, w) -> i == odd ? 0.006 * (stars.at(i - 1, w) + stars.at(i + 1, w)) : stars.at(i, w);
    CrossTalk found = estimate(toy);
    assertThat(found.k1()).isCloseTo(toy.k1, within(0.0003));
    assertThat(found.k1Error()).isLessThan(0.0003);
  }

  @Test
  void withoutFibresThereIsNone() {
    ToyFrame toy = toy();
    CleanFrame frame = toy.clean();
    double[] sky = toy.coefficients();
    assertThat(CrossTalkFit.estimate(frame, sky, new int[0], new double[0], 0.01))
        .isEqualTo(CrossTalk.NONE);
  }

  @Test
  void removalInvertsIt() {
    ToyFrame toy = toy();
    toy.noise = false;
    CleanFrame pure = toy.clean();
    toy.k1 = 0.003;
    toy.k1u = 0.0005;
    toy.k2 = 0.0005;
    CleanFrame spoilt = toy.clean();
    CleanFrame found = spoilt.corrected(new CrossTalk(toy.k1, toy.k1u, toy.k2, 0, 0));
    double before = 0;
    double worst = 0;
    for (int i = 0; i < FIBRES; i++) {
      for (int p = 0; p < found.flux(i).length; p += 11) {
        double light = pure.flux(i)[p];
        before = Math.max(before, Math.abs(spoilt.flux(i)[p] / light - 1));
        worst = Math.max(worst, Math.abs(found.flux(i)[p] / light - 1));
      }
    }
    assertThat(before).isGreaterThan(0.1);
    assertThat(worst).isLessThan(1e-4);
  }

  @Test
  void noneRemovesNothing() {
    CleanFrame frame = toy().clean();
    assertThat(frame.corrected(CrossTalk.NONE).flux(7)).isEqualTo(frame.flux(7));
  }

  /** Acceptance: 0.2 % beside stars must not bias the sky fibres' mean by more than 0.5 %. */
  @Test
  void analysisTakesItOutOfTheMeanSky() {
    double[] raw = new double[8];
    double[] corrected = new double[raw.length];
    for (int k = 0; k < raw.length; k++) {
      ToyFrame toy = toy();
      toy.k1 = 0.002;
      toy.k2 = 0.0003;
      toy.seed = k + 1;
      CleanFrame frame = toy.clean();
      ArmSky sky = ArmSky.analyse(frame, toy.map(), toy.everyone(), Optional.empty());
      raw[k] = bias(toy, frame);
      corrected[k] = bias(toy, frame.corrected(sky.crossTalk()));
    }
    assertThat(Arrays.stream(raw).min().orElseThrow()).isGreaterThan(0.02);
    assertThat(Arrays.stream(corrected).map(Math::abs).max().orElseThrow()).isLessThan(0.02);
    assertThat(Arrays.stream(corrected).average().orElseThrow()).isCloseTo(0, within(0.005));
  }

  /** Of the sky fibres' light, relative. */
  private static double bias(ToyFrame toy, CleanFrame frame) {
    double light = 0;
    double truth = 0;
    for (int i : toy.map().indicesOf(FibreType.SKY)) {
      for (int p = 0; p < frame.flux(i).length; p++) {
        light += frame.flux(i)[p];
        truth += toy.recorded(i, frame.wavelength(i)[p]);
      }
    }
    return light / truth - 1;
  }
}
