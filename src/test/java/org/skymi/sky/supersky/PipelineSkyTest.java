package org.skymi.sky.supersky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.frame.ToyFrame;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;

/** Every option of the pipelines' Super Sky helps against what it is for. */
class PipelineSkyTest {
  private static final int FIBRES = 60;
  private static final SuperSkyOptions PLAIN = new SuperSkyOptions(false, 0, 0, false);
  private static final SuperSkyOptions SCALED = SuperSkyOptions.pipeline();
  private static final SuperSkyOptions TREND = new SuperSkyOptions(true, 1, 0, false);
  private static final SuperSkyOptions COMPONENTS = new SuperSkyOptions(true, 0, 2, false);
  private static final SuperSkyOptions WIDTH = new SuperSkyOptions(true, 0, 0, true);

  private final Random random = new Random(4);
  private ToyFrame toy;
  private ToyFrame.Light pattern;
  private CleanFrame frame;
  private ArmSky sky;

  @BeforeEach
  void build() {
    toy = new ToyFrame(Arm.RED, FIBRES);
    toy.level = 500;
    pattern = (i, w) -> 0;
    for (int i = 0; i < FIBRES; i++) {
      toy.type[i] = i % 3 == 1 ? FibreType.SKY : FibreType.OBJECT;
      toy.gain[i] = 1 + 0.03 * random.nextGaussian();
    }
  }

  private void analyse() {
    toy.object =
        (i, w) ->
            pattern.at(i, w) + (toy.type[i] == FibreType.SKY ? 0 : 50 * Math.exp(i * 7 % 11 / 2.5));
    frame = toy.clean();
    sky = ArmSky.analyse(frame, toy.map(), toy.everyone(), Optional.empty());
    frame = frame.corrected(sky.crossTalk());
  }

  /** Typical rms error of an object fibre's sky over its mean, %, of lines or continuum. */
  private double error(SuperSkyOptions options, boolean lines) {
    PipelineSky learnt = PipelineSky.learn(sky, frame, options);
    int[] objects = toy.map().indicesOf(FibreType.OBJECT);
    double[] errors = new double[objects.length];
    for (int k = 0; k < objects.length; k++) {
      int i = objects[k];
      double[] w = frame.wavelength(i);
      float[] found = learnt.sky(i, w).flux();
      double square = 0;
      double total = 0;
      int n = 0;
      for (int p = 0; p < w.length; p++) {
        if ((toy.grid.windowAt(w[p]) >= 0) == lines) {
          double truth = toy.recorded(i, w[p]) + pattern.at(i, w[p]);
          square += (found[p] - truth) * (found[p] - truth);
          total += truth;
          n++;
        }
      }
      errors[k] = 100 * Math.sqrt(square / n) / (total / n);
    }
    return RobustStatistics.median(errors);
  }

  @Test
  void thePresetIsSuperSkysPipeline() {
    analyse();
    PipelineSky learnt = PipelineSky.learn(sky, frame, SuperSkyOptions.pipeline());
    for (int i = 0; i < FIBRES; i += 7) {
      Sky preset = SuperSky.pipeline(sky, i, frame.wavelength(i));
      assertThat(learnt.sky(i, frame.wavelength(i)).flux()).isEqualTo(preset.flux());
      assertThat(learnt.sky(i, frame.wavelength(i)).ivar()).isEqualTo(preset.ivar());
    }
  }

  /** The formula that the pipeline had before it had options. */
  @Test
  void withoutOptionsItIsTheScaledMaster() {
    analyse();
    int i = 2;
    double[] w = frame.wavelength(i);
    float[] scaled = PipelineSky.learn(sky, frame, SCALED).sky(i, w).flux();
    float[] plain = PipelineSky.learn(sky, frame, PLAIN).sky(i, w).flux();
    FibreCalibration c = sky.calibration();
    for (int p = 0; p < w.length; p++) {
      double master = sky.grid().spline().evaluate(sky.master(), c.aligned(sky.grid(), i, w[p]));
      assertThat(plain[p]).isEqualTo((float) master);
      assertThat(scaled[p]).isEqualTo((float) (c.plainGain[i] * master));
    }
  }

  @Test
  void theLineScaleFindsThroughput() {
    analyse();
    assertThat(error(SCALED, false)).isLessThan(0.5 * error(PLAIN, false));
    assertThat(error(SCALED, true)).isLessThan(0.5 * error(PLAIN, true));
  }

  @Test
  void thePolynomialFollowsTheSlit() {
    for (int i = 0; i < FIBRES; i++) {
      toy.continuumRatio[i] = 1 + 0.06 * (2.0 * i / (FIBRES - 1) - 1);
    }
    analyse();
    assertThat(error(TREND, false)).isLessThan(0.6 * error(SCALED, false));
  }

  @Test
  void componentsFindWhatLineResidualsShare() {
    double[] share = new double[FIBRES];
    for (int i = 0; i < FIBRES; i++) {
      share[i] = 0.05 * random.nextGaussian();
    }
    pattern = (i, w) -> share[i] * Math.sin(w / 150) * toy.gain[i] * toy.lines(w, 0);
    analyse();
    assertThat(error(COMPONENTS, true)).isLessThan(0.7 * error(SCALED, true));
    assertThat(error(COMPONENTS, false)).isLessThan(1.02 * error(SCALED, false));
  }

  @Test
  void componentsOfNoiseAreNone() {
    analyse();
    assertThat(error(COMPONENTS, true)).isLessThan(1.05 * error(SCALED, true));
  }

  @Test
  void widthsAreTheFibresOwn() {
    for (int i = 0; i < FIBRES; i++) {
      toy.width[i] = 0.4 * Math.sin(i / 9.0);
    }
    analyse();
    assertThat(error(WIDTH, true)).isLessThan(0.6 * error(SCALED, true));
  }

  @Test
  void optionsHaveLimits() {
    assertThatThrownBy(() -> new SuperSkyOptions(true, 4, 0, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0..3");
    assertThatThrownBy(() -> new SuperSkyOptions(true, 0, 13, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0..12");
  }
}
