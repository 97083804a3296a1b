package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skymi.math.RobustStatistics;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.FrameResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;
import org.skymi.sky.judge.TruthStatistics;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.SkyBand;

/**
 * Plates that no telescope should deliver, each with what docs/robustness.md says of it. What every
 * one of them must do: end, give a result for every fibre, and no number that only looks like one.
 */
class AbusedPlateTest {
  private static final int FIBRES = 48;

  /** Electrons; [OI] 5577 has some 4000 at its peak, the strongest OH lines have more. */
  private static final float SATURATED = 2500;

  private static PlateSimulator simulator;

  @BeforeAll
  static void simulate() {
    simulator = new PlateSimulator(design());
  }

  private static PlateDesign design() {
    return PlateDesign.ideal("ABUSED", 58000, 31)
        .withFibres(FIBRES)
        .withExposures(2)
        .withMoon(Moon.GREY)
        .withPixels(1000, 1000);
  }

  /** What is done to a frame's pixels. */
  private interface Abuse {
    void apply(Frame copy);
  }

  private static Map<FrameId, FrameResult> reduce(Abuse abuse) throws IOException {
    Map<FrameId, Frame> frames = new TreeMap<>();
    for (FrameId id : simulator.ids()) {
      Frame copy = copy(simulator.frame(id).frame());
      abuse.apply(copy);
      frames.put(id, copy);
    }
    return reduce(frames);
  }

  private static Map<FrameId, FrameResult> reduce(Map<FrameId, Frame> frames) throws IOException {
    Map<FrameId, FrameResult> results = new TreeMap<>();
    new PlateReduction(SmallPlates.quick())
        .reduce(PlateFrames.of(frames), result -> results.put(result.frame().id(), result));
    results.values().forEach(AbusedPlateTest::requireHonest);
    return results;
  }

  /** A sky is finite or said to be unknown; an error is never negative or of nothing. */
  private static void requireHonest(FrameResult result) {
    assertThat(result.fibres()).hasSize(result.frame().fibreCount());
    for (FibreResult fibre : result.fibres()) {
      float[] sky = fibre.skies().get(Method.SMI).sky();
      float[] ivar = fibre.skies().get(Method.SMI).ivar();
      for (int p = 0; p < sky.length; p++) {
        assertThat(ivar[p]).isGreaterThanOrEqualTo(0).isFinite();
        assertThat(Float.isFinite(sky[p]) || ivar[p] == 0).isTrue();
      }
    }
  }

  private static Frame copy(Frame f) {
    FibreMap m = f.fibres();
    FibreMap map =
        new FibreMap(
            m.fibreId(),
            m.type().clone(),
            m.objectType(),
            m.ra(),
            m.dec(),
            m.x(),
            m.y(),
            m.magnitude());
    return new Frame(
        f.id(),
        f.pointing(),
        map,
        Arrays.stream(f.flux()).map(float[]::clone).toArray(float[][]::new),
        Arrays.stream(f.ivar()).map(float[]::clone).toArray(float[][]::new),
        f.mask(),
        Arrays.stream(f.wavelength()).map(double[]::clone).toArray(double[][]::new));
  }

  private static void keepSkies(Frame frame, int keep) {
    int[] skies = frame.fibres().indicesOf(FibreType.SKY);
    for (int k = keep; k < skies.length; k++) {
      frame.fibres().type()[skies[k]] = FibreType.UNUSED;
    }
  }

  private static double meanError(FrameResult result, float[][] truth, SkyBand band) {
    List<Double> errors = new ArrayList<>();
    for (FibreResult fibre : result.fibres()) {
      int i = fibre.fibreIndex();
      if (fibre.flag() != FibreFlag.DEAD) {
        TruthStatistics t =
            TruthStatistics.of(
                fibre.skies().get(Method.SMI).sky(), truth[i], result.frame().wavelength()[i]);
        errors.add(Math.abs(t.bias()[band.ordinal()]));
      }
    }
    return RobustStatistics.median(errors.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Test
  void anArmOfZeroIvarIsDeadAndTheOtherGoesOn() throws IOException {
    Map<FrameId, FrameResult> results =
        reduce(
            f -> {
              if (f.id().arm() == Arm.BLUE) {
                Arrays.stream(f.ivar()).forEach(row -> Arrays.fill(row, 0));
              }
            });
    results.forEach(
        (id, result) -> {
          boolean blue = id.arm() == Arm.BLUE;
          assertThat(result.fibres())
              .allMatch(
                  f -> blue == (f.skies().get(Method.SMI).ivar()[500] == 0),
                  "unknown in the blue alone");
        });
  }

  @Test
  void aNegativeSkyIsFollowedNotRefused() throws IOException {
    // A bias frame subtracted twice: no reason to invent a positive sky.
    Map<FrameId, FrameResult> results =
        reduce(
            f -> {
              for (float[] row : f.flux()) {
                for (int p = 0; p < row.length; p++) {
                  row[p] = -row[p];
                }
              }
            });
    assertThat(results).hasSize(4);
  }

  @Test
  void allSkyFibresBadIsAsNone() throws IOException {
    Map<FrameId, FrameResult> results =
        reduce(
            f -> {
              for (int i : f.fibres().indicesOf(FibreType.SKY)) {
                Arrays.fill(f.ivar()[i], 0);
              }
            });
    for (FrameResult result : results.values()) {
      assertThat(result.skyFibres()).isZero();
      assertThat(result.fibres()).allMatch(f -> f.skies().get(Method.SMI).ivar()[500] == 0);
    }
  }

  @Test
  void twoSkyFibresMakeASky() throws IOException {
    for (FrameResult result : reduce(f -> keepSkies(f, 2)).values()) {
      int object = result.frame().fibres().indicesOf(FibreType.OBJECT)[0];
      assertThat(result.fibres().get(object).skies().get(Method.SMI).sky()[500])
          .isFinite()
          .isPositive();
    }
  }

  @Test
  void oneFibreIsNoPlateButNoAccident() throws IOException {
    for (FibreType type : new FibreType[] {FibreType.SKY, FibreType.OBJECT}) {
      Map<FrameId, FrameResult> results =
          reduce(
              f -> {
                int only = f.fibres().indicesOf(type)[0];
                for (int i = 0; i < f.fibreCount(); i++) {
                  if (i != only) {
                    Arrays.fill(f.ivar()[i], 0);
                  }
                }
              });
      for (FrameResult result : results.values()) {
        assertThat(result.fibres()).noneMatch(f -> f.flag() == FibreFlag.GOOD && f.fallsBack());
      }
    }
  }

  /** With LAMOST's pixels: in coarse ones there is no line that stands alone. */
  @Test
  void saturatedLinesMaskedOrNotLeaveTheContinuum() throws IOException {
    TestPlate plate = new TestPlate(1, 90, 1, Moon.GREY, 21);
    for (boolean masked : new boolean[] {true, false}) {
      Map<FrameId, Frame> frames = new TreeMap<>();
      for (FrameId id : plate.ids()) {
        Frame frame = copy(plate.read(id).orElseThrow());
        frames.put(id, frame);
        for (int i = 0; i < frame.fibreCount(); i++) {
          for (int p = 0; p < frame.pixelCount(); p++) {
            if (frame.flux()[i][p] > SATURATED) {
              frame.flux()[i][p] = SATURATED;
              frame.ivar()[i][p] = masked ? 0 : frame.ivar()[i][p];
            }
          }
        }
      }
      for (FrameResult result : reduce(frames).values()) {
        SkyBand band =
            result.frame().id().arm() == Arm.BLUE ? SkyBand.B4500_5500 : SkyBand.R7000_8000;
        float[][] truth = plate.truth.get(result.frame().id()).truthSky();
        assertThat(meanError(result, truth, band)).isLessThan(6);
      }
    }
  }

  @Test
  void exposuresOfDifferentLengthAreReducedEachByItsOwn() throws IOException {
    PlateSimulator brief = new PlateSimulator(design().withExposureTime(450));
    int last = simulator.ids().stream().mapToInt(FrameId::lmjm).max().orElseThrow();
    int first = brief.ids().stream().mapToInt(FrameId::lmjm).min().orElseThrow();
    assertThat(first).isLessThan(last);
    Map<FrameId, Frame> frames = new TreeMap<>();
    simulator.ids().stream()
        .filter(id -> id.lmjm() == last)
        .forEach(id -> frames.put(id, simulator.frame(id).frame()));
    brief.ids().stream()
        .filter(id -> id.lmjm() == first)
        .forEach(id -> frames.put(id, brief.frame(id).frame()));
    double[] mean = new double[2];
    for (Map.Entry<FrameId, FrameResult> entry : reduce(frames).entrySet()) {
      FrameResult result = entry.getValue();
      int object = result.frame().fibres().indicesOf(FibreType.OBJECT)[3];
      boolean isBrief = entry.getKey().lmjm() == first;
      if (entry.getKey().arm() == Arm.RED) {
        int band = SkyBand.R7000_8000.ordinal();
        mean[isBrief ? 1 : 0] =
            result.fibres().get(object).skies().get(Method.SMI).bandMean()[band];
      }
    }
    assertThat(mean[1] / mean[0]).isBetween(0.2, 0.3);
  }

  @Test
  void aGapInWavelengthIsNoPixel() throws IOException {
    Map<FrameId, FrameResult> results =
        reduce(
            f -> {
              for (double[] row : f.wavelength()) {
                for (int p = 600; p < row.length; p++) {
                  row[p] += 40;
                }
              }
            });
    assertThat(results).hasSize(4);
  }

  @Test
  void infinitiesAndNansInHalfOfThePixelsAreNoData() throws IOException {
    Map<FrameId, FrameResult> results =
        reduce(
            f -> {
              for (int i = 0; i < f.fibreCount(); i++) {
                for (int p = i % 2; p < f.flux()[i].length; p += 2) {
                  f.flux()[i][p] = p % 3 == 0 ? Float.NaN : Float.NEGATIVE_INFINITY;
                }
              }
            });
    for (FrameResult result : results.values()) {
      for (FibreResult fibre : result.fibres()) {
        if (fibre.verdict().heldOut() && fibre.flag() == FibreFlag.GOOD) {
          assertThat(fibre.skies().get(Method.SMI).statistics().value(Metric.CHI_NMAD)).isFinite();
        }
      }
    }
  }
}
