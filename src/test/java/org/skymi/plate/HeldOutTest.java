package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.PipelineSky;
import org.skymi.sky.supersky.SkyColumns;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.sky.supersky.SuperSkyOptions;
import org.skymi.smi.ReductionOptions;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;

/**
 * Held-out fibres enter nothing: one of them is changed wildly, and what its fold learnt must not
 * move by a bit.
 */
class HeldOutTest {
  /** Cross-talk corrections of corrected neighbours reach this far; see Folds. */
  private static final int REACH = 4;

  private static final FirstPass PASS = FirstPass.of(ReductionOptions.defaults(), Optional.empty());

  private static FibreMap fibres;
  private static int heldOut;
  private static int fold;
  private static Frame[] original;
  private static Frame[] changed;
  private static PlateExposure before;
  private static PlateExposure after;

  @BeforeAll
  static void changeAHeldOutFibre() {
    PlateDesign design =
        PlateDesign.ideal("HELDOUT", 58000, 5).withFibres(100).withPixels(1500, 2000);
    PlateSimulator simulator = new PlateSimulator(design);
    original = new Frame[Instrument.LAMOST.arms().size()];
    for (FrameId id : simulator.ids()) {
      original[id.arm().ordinal()] = simulator.frame(id).frame();
    }
    fibres = original[0].fibres();
    before = exposure(original);
    int[] skies = fibres.indicesOf(FibreType.SKY);
    heldOut = skies[skies.length / 2];
    fold = before.folds.foldOf(heldOut);
    assertThat(fold).isNotNegative();
    changed = new Frame[original.length];
    Arrays.setAll(changed, a -> withWildFibre(original[a], heldOut));
    after = exposure(changed);
    assertThat(after.folds.foldOf(heldOut)).isEqualTo(fold);
  }

  private static PlateExposure exposure(Frame[] frames) {
    CleanFrame[] clean = new CleanFrame[frames.length];
    Arrays.setAll(clean, a -> CleanFrame.of(frames[a]));
    return new PlateExposure(frames[0].id(), 0, frames[0].fibres(), clean, PASS);
  }

  /** A frame of which one fibre is much brighter, and full of noise. */
  static Frame withWildFibre(Frame frame, int fibre) {
    float[][] flux = frame.flux().clone();
    flux[fibre] = flux[fibre].clone();
    Random random = new Random(1);
    for (int p = 0; p < flux[fibre].length; p++) {
      flux[fibre][p] = (float) (7 * flux[fibre][p] + 100 * random.nextGaussian());
    }
    return new Frame(
        frame.id(),
        frame.pointing(),
        frame.fibres(),
        flux,
        frame.ivar(),
        frame.mask(),
        frame.wavelength());
  }

  private static boolean isNear(int fibre) {
    return Math.abs(fibre - heldOut) <= REACH;
  }

  @Test
  void theChangeIsSeenWhereItMayBe() {
    SpectrographSky was = before.analysis(-1);
    SpectrographSky is = after.analysis(-1);
    assertThat(is.arm(Arm.RED).orElseThrow().master())
        .isNotEqualTo(was.arm(Arm.RED).orElseThrow().master());
    assertThat(after.analysis(fold).amplitudes(heldOut))
        .isNotEqualTo(before.analysis(fold).amplitudes(heldOut));
  }

  @Test
  void skyAndCrossTalkAreTheSameToTheBit() {
    for (Arm arm : Instrument.LAMOST.arms()) {
      ArmSky was = before.analysis(fold).arm(arm).orElseThrow();
      ArmSky is = after.analysis(fold).arm(arm).orElseThrow();
      assertThat(is.crossTalk()).isEqualTo(was.crossTalk());
      assertThat(is.master()).isEqualTo(was.master());
      assertThat(is.masterVariance()).isEqualTo(was.masterVariance());
      assertThat(is.normal().rightHandSide()).isEqualTo(was.normal().rightHandSide());
      assertThat(is.continuum()).isEqualTo(was.continuum());
      assertThat(is.trained()).isEqualTo(was.trained());
      assertThat(is.trained()).doesNotContain(heldOut).isNotEmpty();
      assertThat(is.gainScatter()).isEqualTo(was.gainScatter());
    }
  }

  @Test
  void otherFibresAreTheSameToTheBit() {
    SpectrographSky was = before.analysis(fold);
    SpectrographSky is = after.analysis(fold);
    for (int i = 0; i < fibres.size(); i++) {
      if (isNear(i)) {
        continue;
      }
      assertThat(is.flag(i)).as("fibre %d", i).isEqualTo(was.flag(i));
      assertThat(is.amplitudes(i)).as("fibre %d", i).isEqualTo(was.amplitudes(i));
      assertThat(is.amplitudeErrors(i)).as("fibre %d", i).isEqualTo(was.amplitudeErrors(i));
      assertThat(is.throughput(i)).as("fibre %d", i).isEqualTo(was.throughput(i));
      for (Arm arm : Instrument.LAMOST.arms()) {
        ArmSky a = was.arm(arm).orElseThrow();
        ArmSky b = is.arm(arm).orElseThrow();
        assertThat(b.continuumRatio(i)).isEqualTo(a.continuumRatio(i));
        assertThat(b.continuumRatioError(i)).isEqualTo(a.continuumRatioError(i));
        assertSame(b.calibration(), a.calibration(), i);
      }
    }
  }

  static List<SuperSkyOptions> superSkies() {
    return List.of(
        new SuperSkyOptions(false, 0, 0, false),
        SuperSkyOptions.pipeline(),
        new SuperSkyOptions(true, 3, 0, false),
        new SuperSkyOptions(true, 0, 3, false),
        new SuperSkyOptions(true, 0, 0, true),
        new SuperSkyOptions(true, 2, 4, true));
  }

  @ParameterizedTest
  @MethodSource("superSkies")
  void superSkiesOfOtherFibresAreTheSameToTheBit(SuperSkyOptions options) {
    for (Arm arm : Instrument.LAMOST.arms()) {
      PipelineSky was = superSky(before, original[arm.ordinal()], fold, options);
      PipelineSky is = superSky(after, changed[arm.ordinal()], fold, options);
      boolean seen = false;
      PipelineSky wasWhole = superSky(before, original[arm.ordinal()], -1, options);
      PipelineSky isWhole = superSky(after, changed[arm.ordinal()], -1, options);
      for (int i = 0; i < fibres.size(); i++) {
        if (isNear(i)) {
          continue;
        }
        double[] w = original[arm.ordinal()].wavelength()[i];
        assertThat(is.sky(i, w).flux()).as("fibre %d", i).isEqualTo(was.sky(i, w).flux());
        assertThat(is.sky(i, w).ivar()).as("fibre %d", i).isEqualTo(was.sky(i, w).ivar());
        seen |= !Arrays.equals(isWhole.sky(i, w).flux(), wasWhole.sky(i, w).flux());
      }
      assertThat(seen).as("the change is seen where it may be").isTrue();
    }
  }

  private static PipelineSky superSky(
      PlateExposure exposure, Frame frame, int held, SuperSkyOptions options) {
    ArmSky sky = exposure.analysis(held).arm(frame.id().arm()).orElseThrow();
    return PipelineSky.learn(sky, CleanFrame.of(frame).corrected(sky.crossTalk()), options);
  }

  private static void assertSame(FibreCalibration is, FibreCalibration was, int fibre) {
    assertThat(is.shift(fibre)).isEqualTo(was.shift(fibre));
    assertThat(is.slope(fibre)).isEqualTo(was.slope(fibre));
    assertThat(is.width(fibre, 6000)).isEqualTo(was.width(fibre, 6000));
    assertThat(is.shiftError(fibre)).isEqualTo(was.shiftError(fibre));
    assertThat(is.widthError(fibre)).isEqualTo(was.widthError(fibre));
    assertThat(is.lines(fibre)).isEqualTo(was.lines(fibre));
  }

  /** Of itself a held-out fibre may use what an object fibre may: its own line features. */
  @Test
  void predictionFromTheSameLineFeaturesIsTheSameToTheBit() {
    for (Arm arm : Instrument.LAMOST.arms()) {
      assertThat(prediction(after.analysis(fold), arm))
          .isEqualTo(prediction(before.analysis(fold), arm));
    }
  }

  private static float[] prediction(SpectrographSky sky, Arm arm) {
    SpectrographSky own = before.analysis(fold);
    float[] amplitude = own.amplitudes(heldOut);
    float[] error = own.amplitudeErrors(heldOut);
    double[] z = sky.coefficients(arm, heldOut, sky.throughput(amplitude, error), amplitude, error);
    ArmSky learnt = sky.arm(arm).orElseThrow();
    FibreCalibration calibration = own.arm(arm).orElseThrow().calibration();
    return new SkyColumns(learnt.grid(), learnt.master())
        .sky(z, calibration, heldOut, original[arm.ordinal()].wavelength()[heldOut]);
  }
}
