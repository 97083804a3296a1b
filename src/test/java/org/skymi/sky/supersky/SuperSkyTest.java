package org.skymi.sky.supersky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.calibrate.Throughput;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.frame.ToyFrame;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.Instrument;
import org.skymi.survey.SkyBand;

/** Both arms of a toy spectrograph with known throughput, and what each Super Sky makes of them. */
class SuperSkyTest {
  private static final int FIBRES = 60;
  private static final ToyFrame[] TOYS = new ToyFrame[Instrument.LAMOST.arms().size()];
  private static final CleanFrame[] CLEAN = new CleanFrame[Instrument.LAMOST.arms().size()];
  private static final double[] GREY = new double[FIBRES];
  private static final double[] COLOUR = new double[FIBRES];
  private static SpectrographSky sky;

  @BeforeAll
  static void analyse() {
    Random random = new Random(9);
    for (int i = 0; i < FIBRES; i++) {
      GREY[i] = 1 + 0.04 * random.nextGaussian();
      COLOUR[i] = 0.01 * random.nextGaussian();
    }
    for (Arm arm : Instrument.LAMOST.arms()) {
      ToyFrame toy = new ToyFrame(arm, FIBRES);
      for (int i = 0; i < FIBRES; i++) {
        toy.type[i] = i % 4 == 1 ? FibreType.SKY : FibreType.OBJECT;
        toy.gain[i] = GREY[i];
        toy.width[i] = 0.05 * random.nextGaussian();
        toy.shift[i] = 0.05 * random.nextGaussian();
        // Moonlight grows towards one side of the field; lines do not.
        toy.continuumRatio[i] = 1 + 0.04 * toy.map().y()[i];
      }
      toy.level = 300;
      toy.gainAt = (i, w) -> 1 + COLOUR[i] * Instrument.LAMOST.span().along(w);
      toy.object = (i, w) -> toy.type[i] == FibreType.SKY ? 0 : 100 * Math.exp(i * 7 % 11 / 2.5);
      TOYS[arm.ordinal()] = toy;
      CLEAN[arm.ordinal()] = toy.clean();
    }
    sky = SpectrographSky.analyse(CLEAN, TOYS[0].map(), TOYS[0].everyone());
  }

  private static double[] errors(Arm arm, boolean full, int[] fibres) {
    ArmSky own = sky.arm(arm).orElseThrow();
    ToyFrame toy = TOYS[arm.ordinal()];
    double[] errors = new double[fibres.length];
    for (int k = 0; k < fibres.length; k++) {
      int i = fibres[k];
      double[] w = CLEAN[arm.ordinal()].wavelength(i);
      float[] found =
          full ? SuperSky.full(sky, own, i, w).flux() : SuperSky.pipeline(own, i, w).flux();
      double sum = 0;
      double truth = 0;
      for (int p = 0; p < w.length; p++) {
        if (toy.grid.groupAt(w[p]) == null) {
          sum += found[p];
          truth += toy.recorded(i, w[p]);
        }
      }
      errors[k] = sum / truth - 1;
    }
    return errors;
  }

  private static int[] objects() {
    return TOYS[0].map().indicesOf(FibreType.OBJECT);
  }

  /** Cross-talk, of which there is none, is known to 4e-4 of objects several times the sky. */
  @Test
  void bothAreUnbiased() {
    for (Arm arm : Instrument.LAMOST.arms()) {
      for (boolean full : new boolean[] {false, true}) {
        assertThat(RobustStatistics.median(errors(arm, full, objects())))
            .isCloseTo(0, within(0.016));
      }
    }
  }

  @Test
  void everyCorrectionTogetherBeatsThePipeline() {
    for (Arm arm : Instrument.LAMOST.arms()) {
      double full = RobustStatistics.nmad(errors(arm, true, objects()));
      double pipeline = RobustStatistics.nmad(errors(arm, false, objects()));
      assertThat(full).isLessThan(0.01).isLessThan(pipeline);
    }
  }

  @Test
  void throughputIsFoundWithItsColour() {
    double[] grey = new double[FIBRES];
    double[] colour = new double[FIBRES];
    for (int i = 0; i < FIBRES; i++) {
      Throughput.Estimate t = sky.throughput(i);
      grey[i] = t.grey() / GREY[i];
      colour[i] = t.colour() - COLOUR[i];
    }
    assertThat(RobustStatistics.nmad(grey)).isLessThan(0.005);
    assertThat(RobustStatistics.nmad(colour)).isLessThan(0.006);
  }

  @Test
  void continuumMayHaveAnotherMapThanLines() {
    int[] objects = objects();
    double[] errors = errors(Arm.RED, true, objects);
    double cross = 0;
    double square = 0;
    for (int k = 0; k < objects.length; k++) {
      double y = sky.y(objects[k]);
      cross += y * errors[k];
      square += y * y;
    }
    // Of a gradient of 4 % per degree, most is taken out.
    assertThat(cross / square).isCloseTo(0, within(0.012));
  }

  @Test
  void errorsAreThoseOfScaleAndMaster() {
    ArmSky own = sky.arm(Arm.RED).orElseThrow();
    double[] w = CLEAN[Arm.RED.ordinal()].wavelength(2);
    Sky full = SuperSky.full(sky, own, 2, w);
    for (int p = 100; p < w.length - 100; p += 50) {
      double sigma = 1 / Math.sqrt(full.ivar()[p]);
      assertThat(sigma).isBetween(0.007 * full.flux()[p], 0.03 * full.flux()[p] + 10);
    }
  }

  @Test
  void varianceIsThatOfTheCommonSkyAndOfTheScale() {
    ToyFrame toy = TOYS[0];
    double[] variance = toy.coefficients();
    Arrays.fill(variance, 9);
    float[] flux = {100, Float.NaN, 0};
    double[] wavelength = {4500, 4501, 4502};
    assertThat(SuperSky.ivar(toy.grid, variance, flux, 2, 0.01, wavelength))
        .containsExactly(1 / 37f, 0, 1 / 36f);
    assertThat(SuperSky.ivar(toy.grid, new double[variance.length], flux, 2, 0.01, wavelength))
        .containsExactly(1, 0, 0);
  }

  @Test
  void anArmKnowsItsLinesAndItsContinuum() {
    for (Arm arm : Instrument.LAMOST.arms()) {
      ToyFrame toy = TOYS[arm.ordinal()];
      ArmSky own = sky.arm(arm).orElseThrow();
      double[] all = toy.coefficients();
      double[] continuum = toy.grid.continuum(all);
      double[] strength = new double[toy.grid.windows().size()];
      double[] level = new double[toy.grid.bins()];
      int[] count = new int[level.length];
      for (int k = 1; k + 2 < all.length; k++) {
        int bin = toy.grid.bin(toy.grid.spline().centre(k));
        level[bin] += continuum[k];
        count[bin]++;
        if (toy.grid.windowOf(k) >= 0) {
          strength[toy.grid.windowOf(k)] += all[k] - continuum[k];
        }
      }
      for (int w = 0; w < strength.length; w++) {
        LineWindow window = toy.grid.windows().get(w);
        if (window.low() > toy.low + 30 && window.high() < toy.high - 30) {
          assertThat(own.lineStrength(w) / strength[w]).as("%s", window).isBetween(0.85, 1.15);
        }
      }
      for (int bin = 1; bin < level.length - 1; bin++) {
        assertThat(own.continuumLevel(bin) * count[bin] / level[bin]).isBetween(0.95, 1.05);
      }
      assertThat(own.hasSky()).isTrue();
      assertThat(own.gainScatter(i -> 1)).as("of the fibres' throughput").isBetween(0.02, 0.08);
      assertThat(own.gainScatter()).isLessThan(0.02);
    }
  }

  @Test
  void bandMeansAreOfWholeBandsOnly() {
    double[] w = CLEAN[Arm.RED.ordinal()].wavelength(2);
    Sky full = SuperSky.full(sky, sky.arm(Arm.RED).orElseThrow(), 2, w);
    double[] means = full.bandMeans(Instrument.LAMOST.bands(), w);
    assertThat(means[SkyBand.R7000_8000.ordinal()]).isPositive();
    assertThat(means[SkyBand.B4000_4500.ordinal()]).isNaN();
    double[] cut = java.util.Arrays.copyOf(w, w.length / 2);
    Sky half = new Sky(java.util.Arrays.copyOf(full.flux(), cut.length), null);
    assertThat(half.bandMeans(Instrument.LAMOST.bands(), cut)[SkyBand.R8200_9000.ordinal()])
        .isNaN();
    assertThat(half.bandMeans(Instrument.LAMOST.bands(), cut)[SkyBand.R6000_6800.ordinal()])
        .isPositive();
  }

  @Test
  void aMissingArmIsLeftOut() {
    CleanFrame[] red = {null, CLEAN[Arm.RED.ordinal()]};
    SpectrographSky alone = SpectrographSky.analyse(red, TOYS[0].map(), TOYS[0].everyone());
    assertThat(alone.arm(Arm.BLUE)).isEmpty();
    assertThat(alone.windows()).hasSize(TOYS[Arm.RED.ordinal()].grid.windows().size());
    assertThat(alone.throughput(3).grey()).isCloseTo(GREY[3], within(0.02));
  }

  @Test
  void withoutSkyFibresThereIsNoSky() {
    boolean[] none = new boolean[FIBRES];
    SpectrographSky empty = SpectrographSky.analyse(CLEAN, TOYS[0].map(), none);
    assertThat(empty.arm(Arm.RED).orElseThrow().hasSky()).isFalse();
  }

  @Test
  void contaminatedSkyFibresAreSetAside() {
    ToyFrame toy = TOYS[Arm.RED.ordinal()];
    ToyFrame.Light before = toy.object;
    toy.object = (i, w) -> i == 9 ? 30 : i == 13 ? -30 : before.at(i, w);
    ArmSky found =
        ArmSky.analyse(toy.clean(), toy.map(), toy.everyone(), java.util.Optional.empty());
    toy.object = before;
    assertThat(found.flag(9)).isEqualTo(FibreFlag.CONTAMINATED);
    assertThat(found.flag(13)).isEqualTo(FibreFlag.OUTLIER);
    assertThat(found.flag(17)).isEqualTo(FibreFlag.GOOD);
    assertThat(found.trained()).doesNotContain(9, 13).contains(17);
  }
}
