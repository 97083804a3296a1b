package org.skymi.sky.supersky;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skymi.math.Legendre;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.ToyFrame;
import org.skymi.survey.Arm;
import org.skymi.survey.Frame;

/** Shapes of lines, and how much of them fibres have. */
class CoaddComponentsTest {
  private static final int FIBRES = 40;

  /** The fibre that is left out. */
  private static final int OUT = 17;

  /** The lines themselves, times the polynomial of order 2. */
  private static final int BENT = 2;

  private final double[] bend = new double[FIBRES];
  private ToyFrame toy;
  private CleanFrame frame;
  private ArmSky arm;
  private IntFunction<float[]> sky;

  @BeforeEach
  void build() {
    toy = new ToyFrame(Arm.RED, FIBRES);
    toy.level = 500;
    Random random = new Random(6);
    for (int i = 0; i < FIBRES; i++) {
      bend[i] = 0.03 * random.nextGaussian();
    }
    bend[OUT] = 0.08;
    toy.object = (i, w) -> bend[i] * Legendre.at(2, toy.grid.u(w)) * toy.lines(w, 0);
  }

  private LineComponents learn(Frame recorded) {
    boolean[] mayTrain = toy.everyone();
    mayTrain[OUT] = false;
    frame = CleanFrame.of(recorded);
    arm = ArmSky.analyse(frame, toy.map(), mayTrain, Optional.empty());
    frame = frame.corrected(arm.crossTalk());
    sky = i -> SuperSky.pipeline(arm, i, frame.wavelength(i)).flux();
    return CoaddComponents.learn(frame, arm, sky);
  }

  @Test
  void aKnownShapeIsRecovered() {
    LineComponents learnt = learn(toy.frame());
    double[] off = new double[FIBRES];
    Arrays.setAll(off, i -> learnt.addTo(sky.apply(i), i)[BENT] - bend[i]);
    // The common sky has the fibres' mean.
    double mean = RobustStatistics.median(off);
    assertThat(mean).isBetween(-0.015, 0.015);
    assertThat(Arrays.stream(off).map(o -> Math.abs(o - mean)).max().orElseThrow())
        .isLessThan(0.01);
    float[] with = sky.apply(OUT);
    learnt.addTo(with, OUT);
    assertThat(error(with)).isLessThan(0.4 * error(sky.apply(OUT)));
  }

  /** Rms error in line windows of the fibre that is left out, electron. */
  private double error(float[] found) {
    double square = 0;
    int n = 0;
    double[] w = frame.wavelength(OUT);
    for (int p = 0; p < w.length; p++) {
      if (toy.grid.windowAt(w[p]) >= 0) {
        double off = found[p] - toy.recorded(OUT, w[p]) - toy.object.at(OUT, w[p]);
        square += off * off;
        n++;
      }
    }
    return Math.sqrt(square / n);
  }

  @Test
  void aFibreWithoutLinesIsLeftAlone() {
    Frame recorded = toy.frame();
    double[] w = recorded.wavelength()[OUT];
    for (int p = 0; p < w.length; p++) {
      for (int d = -5; d <= 5; d++) {
        if (toy.grid.windowAt(w[p] + d * toy.step) >= 0) {
          recorded.ivar()[OUT][p] = 0;
        }
      }
    }
    LineComponents learnt = learn(recorded);
    float[] with = sky.apply(OUT);
    assertThat(learnt.addTo(with, OUT)).containsOnly(0);
    assertThat(with).isEqualTo(sky.apply(OUT));
    assertThat(learnt.addTo(sky.apply(OUT + 1), OUT + 1)).doesNotContain(0);
  }

  @Test
  void withoutSkyThereAreNone() {
    boolean[] nobody = new boolean[FIBRES];
    frame = toy.clean();
    arm = ArmSky.analyse(frame, toy.map(), nobody, Optional.empty());
    assertThat(CoaddComponents.learn(frame, arm, i -> new float[0])).isSameAs(LineComponents.NONE);
  }

  @Test
  void shapesThatNoFibreHasAreNotExpected() {
    Arrays.fill(bend, 0);
    LineComponents learnt = learn(toy.frame());
    float[] with = sky.apply(OUT);
    learnt.addTo(with, OUT);
    assertThat(error(with)).isLessThan(1.1 * error(sky.apply(OUT)));
  }
}
