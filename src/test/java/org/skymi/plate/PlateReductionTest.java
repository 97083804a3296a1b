package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skymi.math.RobustStatistics;
import org.skymi.simulate.Effect;
import org.skymi.simulate.Moon;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.FrameResult;
import org.skymi.sky.judge.HoldOut;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;
import org.skymi.sky.judge.SkyEstimate;
import org.skymi.sky.judge.TruthStatistics;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreMaps;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.SkyBand;

class PlateReductionTest {
  private static final int FIBRES = 90;

  private static TestPlate simulated;
  private static List<FrameResult> reduced;

  @BeforeAll
  static void reduceOnce() throws IOException {
    simulated = plate();
    reduced = reduce(simulated);
  }

  private static List<FrameResult> reduce(TestPlate plate) throws IOException {
    List<FrameResult> results = new ArrayList<>();
    new PlateReduction(TestPlate.quick()).reduce(plate, results::add);
    return results;
  }

  private static TestPlate plate() {
    return new TestPlate(2, FIBRES, 1, Moon.GREY, 21, Effect.CONTAMINATION);
  }

  /** Of one spectrograph. */
  private static TestPlate small() {
    return new TestPlate(1, FIBRES, 1, Moon.GREY, 21, Effect.CONTAMINATION);
  }

  private static Frame withTypes(Frame frame, FibreType from, FibreType to, int keep) {
    FibreType[] types = frame.fibres().type().clone();
    int kept = 0;
    for (int i = 0; i < types.length; i++) {
      if (types[i] == from && kept++ >= keep) {
        types[i] = to;
      }
    }
    return new Frame(
        frame.id(),
        frame.pointing(),
        FibreMaps.with(frame.fibres(), types),
        frame.flux(),
        frame.ivar(),
        frame.mask(),
        frame.wavelength());
  }

  @Test
  void everyFibreOfEveryFrameGetsBothSkiesNearTheTruth() throws IOException {
    assertThat(reduced).extracting(r -> r.frame().id()).isEqualTo(simulated.ids());
    for (FrameResult result : reduced) {
      assertThat(result.fibres()).hasSize(FIBRES);
      SimulatedFrame truth = simulated.truth.get(result.frame().id());
      SkyBand band =
          result.frame().id().arm() == Arm.BLUE ? SkyBand.B4500_5500 : SkyBand.R7000_8000;
      List<Double> errors = new ArrayList<>();
      for (FibreResult fibre : result.fibres()) {
        int i = fibre.fibreIndex();
        if (result.frame().fibres().type()[i].isTarget() && fibre.flag() != FibreFlag.DEAD) {
          errors.add(error(fibre.skies().get(Method.SMI), truth, i, band));
          assertThat(Math.abs(error(fibre.skies().get(Method.SUPER), truth, i, band)))
              .isLessThan(30);
          assertThat(fibre.sky(Method.FULL)).isPresent();
        }
      }
      double[] all = errors.stream().mapToDouble(Double::doubleValue).toArray();
      assertThat(RobustStatistics.nmad(all)).isLessThan(2.5);
      // Seven sky fibres fix cross-talk to no better than this.
      assertThat(Math.abs(RobustStatistics.median(all))).isLessThan(6);
    }
  }

  private static double error(SkyEstimate sky, SimulatedFrame truth, int fibre, SkyBand band) {
    return TruthStatistics.of(sky.sky(), truth.truthSky()[fibre], truth.frame().wavelength()[fibre])
        .bias()[band.ordinal()];
  }

  @Test
  void skyFibresAreJudgedHeldOutAndObjectFibresByTheirLinesOnly() throws IOException {
    for (FrameResult result : reduced) {
      for (FibreResult fibre : result.fibres()) {
        FibreType type = result.frame().fibres().type()[fibre.fibreIndex()];
        assertThat(fibre.verdict().heldOut())
            .isEqualTo(type == FibreType.SKY && fibre.flag() != FibreFlag.DEAD);
        if (type == FibreType.OBJECT) {
          assertThat(fibre.skies().get(Method.SMI).statistics().value(Metric.CHI_NMAD)).isNaN();
        }
        if (fibre.verdict().heldOut() && fibre.flag() == FibreFlag.GOOD) {
          // A master of three or four fibres adds its own noise to the held-out fibre's.
          assertThat(fibre.skies().get(Method.SMI).statistics().value(Metric.CHI_NMAD))
              .isBetween(0.9, 1.5);
        }
      }
    }
  }

  @Test
  void theSameInputGivesTheSameNumbersBitForBit() throws IOException {
    List<FrameResult> again = reduce(plate());
    for (int k = 0; k < reduced.size(); k++) {
      for (int i = 0; i < FIBRES; i++) {
        SkyEstimate a = reduced.get(k).fibres().get(i).skies().get(Method.SMI);
        SkyEstimate b = again.get(k).fibres().get(i).skies().get(Method.SMI);
        assertThat(a.sky()).isEqualTo(b.sky());
        assertThat(a.ivar()).isEqualTo(b.ivar());
        assertThat(a.statistics().values()).isEqualTo(b.statistics().values());
      }
    }
  }

  @Test
  void aMissingArmLeavesTheOther() throws IOException {
    TestPlate plate = small();
    FrameId blue = plate.ids().get(0);
    assertThat(blue.arm()).isEqualTo(Arm.BLUE);
    plate.remove(blue);
    List<FrameResult> results = reduce(plate);
    assertThat(results).extracting(r -> r.frame().id()).isEqualTo(plate.ids());
    assertThat(results.get(0).fibres().get(5).skies().get(Method.SMI).sky())
        .doesNotContain(Float.NaN);
  }

  @Test
  void withoutSkyFibresThereIsNoSkyAndItSaysSo() throws IOException {
    TestPlate plate = small();
    for (FrameId id : plate.ids()) {
      plate.change(id, f -> withTypes(f, FibreType.SKY, FibreType.OBJECT, 0));
    }
    for (FrameResult result : reduce(plate)) {
      assertThat(result.skyFibres()).isZero();
      for (FibreResult fibre : result.fibres()) {
        assertThat(fibre.skies().get(Method.SMI).ivar()).containsOnly(0);
        assertThat(Float.isNaN(fibre.skies().get(Method.SMI).sky()[100])).isTrue();
      }
    }
  }

  @Test
  void oneSkyFibreMakesASkyButNoHeldOutStatistics() throws IOException {
    TestPlate plate = small();
    for (FrameId id : plate.ids()) {
      plate.change(id, f -> withTypes(f, FibreType.SKY, FibreType.UNUSED, 1));
    }
    for (FrameResult result : reduce(plate)) {
      assertThat(result.skyFibres()).isEqualTo(1);
      assertThat(result.fibres()).noneMatch(f -> f.verdict().heldOut());
      int object = result.frame().fibres().indicesOf(FibreType.OBJECT)[0];
      assertThat(result.fibres().get(object).skies().get(Method.SMI).sky())
          .doesNotContain(Float.NaN);
    }
  }

  @Test
  void unusableValuesPoisonNothing() throws IOException {
    TestPlate plate = small();
    FrameId first = plate.ids().get(0);
    plate.change(
        first,
        f -> {
          float[][] flux = Arrays.stream(f.flux()).map(float[]::clone).toArray(float[][]::new);
          float[][] ivar = Arrays.stream(f.ivar()).map(float[]::clone).toArray(float[][]::new);
          flux[3][50] = Float.NaN;
          flux[4][60] = Float.POSITIVE_INFINITY;
          Arrays.fill(ivar[7], 0);
          return new Frame(f.id(), f.pointing(), f.fibres(), flux, ivar, f.mask(), f.wavelength());
        });
    FrameResult result = reduce(plate).get(0);
    assertThat(result.fibres().get(7).flag()).isEqualTo(FibreFlag.DEAD);
    assertThat(result.fibres().get(3).skies().get(Method.SMI).sky()).doesNotContain(Float.NaN);
    assertThat(result.fibres().get(8).skies().get(Method.SMI).sky()).doesNotContain(Float.NaN);
  }

  @Test
  void leaveOneOutJudgesEverySkyFibreByItself() throws IOException {
    TestPlate plate = new TestPlate(1, 50, 1, Moon.GREY, 22, Effect.CONTAMINATION);
    ReductionOptions options = TestPlate.untrained(HoldOut.LEAVE_ONE_OUT);
    List<FrameResult> results = new ArrayList<>();
    List<TrainingStep> steps = new PlateReduction(options).reduce(plate, results::add);
    assertThat(steps).isEmpty();
    FibreMap map = results.get(0).frame().fibres();
    for (FibreResult fibre : results.get(0).fibres()) {
      boolean sky = map.type()[fibre.fibreIndex()] == FibreType.SKY;
      assertThat(fibre.verdict().heldOut()).isEqualTo(sky && fibre.flag() != FibreFlag.DEAD);
      assertThat(
              Double.isFinite(fibre.skies().get(Method.SMI).statistics().value(Metric.SYS_FLOOR)))
          .isEqualTo(fibre.verdict().heldOut());
    }
  }
}
