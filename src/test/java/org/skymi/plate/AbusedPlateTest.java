package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
import org.skymi.survey.FibreMaps;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.SkyBand;

/**
 * Plates that no telescope should deliver, each with what docs/robustness.md says of it. What every
 * one of them must do: end, give a result for every fibre, and no number that only looks like one.
 */
class AbusedPlateTest {
  private static final int FIBRES = 48;

  /** Pixel where a gap in wavelength begins. */
  private static final int GAP = 600;

  /** Pixels that are missing there. */
  private static final int WIDTH = 40;

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
    return reduce(PlateFrames.of(frames));
  }

  private static Map<FrameId, FrameResult> reduce(PlateFrames frames) throws IOException {
    Map<FrameId, FrameResult> results = new TreeMap<>();
    new PlateReduction(SmallPlates.quick())
        .reduce(frames, result -> results.put(result.frame().id(), result));
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
    return new Frame(
        f.id(),
        f.pointing(),
        FibreMaps.copy(f.fibres()),
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
    for (FrameResult result : results.values()) {
      float[][] truth = simulator.frame(result.frame().id()).truthSky();
      for (int from = 200; from < 800; from += 200) {
        assertThat(medianRatio(result, truth, from, from + 200))
            .as(result.frame().id() + " from pixel " + from)
            .isCloseTo(-1, within(0.2));
      }
    }
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
        assertThat(result.fibres())
            .noneMatch(f -> f.flag() == FibreFlag.GOOD && f.verdict().source() == Method.SUPER);
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
    Map<FrameId, FrameResult> whole = reduce(f -> {});
    Map<FrameId, Frame> frames = new TreeMap<>();
    simulator.ids().forEach(id -> frames.put(id, gapped(simulator.frame(id).frame())));
    reduce(frames)
        .forEach(
            (id, result) -> {
              float[][] truth = simulator.frame(id).truthSky();
              float[][] left =
                  Arrays.stream(truth).map(AbusedPlateTest::gapped).toArray(float[][]::new);
              for (int from : new int[] {GAP - 100, GAP}) {
                int there = from < GAP ? from : from + WIDTH;
                assertThat(medianRatio(result, left, from, from + 100))
                    .as(id + " from pixel " + from)
                    .isCloseTo(medianRatio(whole.get(id), truth, there, there + 100), within(0.08));
              }
            });
  }

  private static Frame gapped(Frame f) {
    return new Frame(
        f.id(),
        f.pointing(),
        f.fibres(),
        Arrays.stream(f.flux()).map(AbusedPlateTest::gapped).toArray(float[][]::new),
        Arrays.stream(f.ivar()).map(AbusedPlateTest::gapped).toArray(float[][]::new),
        Arrays.stream(f.mask())
            .map(row -> left(row.length).map(p -> row[p]).toArray())
            .toArray(int[][]::new),
        Arrays.stream(f.wavelength())
            .map(row -> left(row.length).mapToDouble(p -> row[p]).toArray())
            .toArray(double[][]::new));
  }

  /** Pixels that are not in the gap. */
  private static IntStream left(int pixels) {
    return IntStream.range(0, pixels).filter(p -> p < GAP || p >= GAP + WIDTH);
  }

  private static float[] gapped(float[] row) {
    float[] left = Arrays.copyOf(row, row.length - WIDTH);
    System.arraycopy(row, GAP + WIDTH, left, GAP, left.length - GAP);
    return left;
  }

  /** Median over fibres of estimated over true sky, in some pixels. */
  private static double medianRatio(FrameResult result, float[][] truth, int from, int to) {
    return RobustStatistics.median(
        result.fibres().stream()
            .mapToDouble(
                f -> {
                  double sky = 0;
                  double all = 0;
                  for (int p = from; p < to; p++) {
                    sky += f.skies().get(Method.SMI).sky()[p];
                    all += truth[f.fibreIndex()][p];
                  }
                  return sky / all;
                })
            .toArray());
  }

  /** The second exposure has coarser pixels: other grids, and other windows in the blue. */
  @Test
  void exposuresOfDifferentPixelsShareAPlate() throws IOException {
    PlateSimulator coarse = new PlateSimulator(design().withPixels(700, 900));
    int last = simulator.ids().stream().mapToInt(FrameId::lmjm).max().orElseThrow();
    Map<FrameId, Frame> frames = new TreeMap<>();
    for (FrameId id : simulator.ids()) {
      frames.put(id, (id.lmjm() == last ? coarse : simulator).frame(id).frame());
    }
    Map<FrameId, Frame> alone = new TreeMap<>(frames);
    alone.keySet().removeIf(id -> id.lmjm() != last);
    Map<FrameId, FrameResult> both = reduce(frames);
    assertThat(both).hasSize(4);
    reduce(alone)
        .forEach(
            (id, result) -> {
              float[][] truth = coarse.frame(id).truthSky();
              SkyBand band = id.arm() == Arm.BLUE ? SkyBand.B4500_5500 : SkyBand.R7000_8000;
              assertThat(meanError(both.get(id), truth, band))
                  .as(id.toString())
                  .isLessThan(1 + 1.2 * meanError(result, truth, band));
            });
  }

  /** A sky fibre that nobody knows the place of is set aside alone; its sky is still one. */
  @Test
  void aFibreWithoutPositionIsSetAsideAlone() throws IOException {
    int lost = simulator.frame(simulator.ids().get(0)).frame().fibres().indicesOf(FibreType.SKY)[1];
    int object =
        simulator.frame(simulator.ids().get(0)).frame().fibres().indicesOf(FibreType.OBJECT)[5];
    Map<FrameId, FrameResult> results =
        reduce(
            f -> {
              f.fibres().x()[lost] = Double.NaN;
              f.fibres().y()[object] = Double.NaN;
            });
    assertThat(results).hasSize(4);
    for (FrameResult result : results.values()) {
      assertThat(result.fibres().get(lost).flag()).isEqualTo(FibreFlag.NO_POSITION);
      assertThat(result.fibres().get(object).flag()).isEqualTo(FibreFlag.NO_POSITION);
      assertThat(result.fibres().get(object).skies().get(Method.SMI).sky()[500])
          .isFinite()
          .isPositive();
      assertThat(result.fibres().stream().filter(f -> f.flag() == FibreFlag.NO_POSITION))
          .hasSize(2);
      assertThat(result.fibres().stream().filter(f -> f.flag() == FibreFlag.GOOD))
          .hasSizeGreaterThan(40)
          .allMatch(f -> Float.isFinite(f.skies().get(Method.SMI).sky()[500]));
    }
  }

  @Test
  void aPlateWithoutPositionsStillHasSkies() throws IOException {
    Map<FrameId, FrameResult> results =
        reduce(
            f -> {
              Arrays.fill(f.fibres().x(), Double.NaN);
              Arrays.fill(f.fibres().y(), Double.NaN);
            });
    for (FrameResult result : results.values()) {
      assertThat(result.fibres())
          .allMatch(f -> f.flag() == FibreFlag.NO_POSITION || f.flag() == FibreFlag.DEAD)
          .allMatch(
              f ->
                  f.flag() == FibreFlag.DEAD
                      || Float.isFinite(f.skies().get(Method.SMI).sky()[500]));
    }
  }

  /** Held out with its neighbours, a sky fibre is left without any that could make its sky. */
  @Test
  void skyFibresTooNearToEachOtherAreSaidToHaveNoSky() throws IOException {
    Map<FrameId, FrameResult> results =
        reduce(
            f -> {
              FibreType[] type = f.fibres().type();
              for (int i = 0; i < type.length; i++) {
                type[i] = type[i] == FibreType.SKY ? FibreType.UNUSED : type[i];
              }
              type[20] = FibreType.SKY;
              type[22] = FibreType.SKY;
            });
    for (FrameResult result : results.values()) {
      for (int near : new int[] {20, 22}) {
        FibreResult fibre = result.fibres().get(near);
        assertThat(fibre.skies().get(Method.SMI).sky()).containsOnly(Float.NaN);
        assertThat(fibre.flag()).isEqualTo(FibreFlag.NO_SKY_ESTIMATE);
      }
      assertThat(result.fibres())
          .filteredOn(f -> f.flag() == FibreFlag.GOOD)
          .isNotEmpty()
          .allMatch(f -> Float.isFinite(f.skies().get(Method.SMI).sky()[500]));
    }
  }

  /** In pixels of 20 Angstrom no line can be told from the continuum. */
  @Test
  void whereNoLineIsSeenNoSkyIsCalledGood() throws IOException {
    PlateSimulator coarse = new PlateSimulator(design().withExposures(1).withPixels(150, 150));
    Map<FrameId, Frame> frames = new TreeMap<>();
    coarse.ids().forEach(id -> frames.put(id, coarse.frame(id).frame()));
    for (FrameResult result : reduce(frames).values()) {
      assertThat(result.fibres())
          .allMatch(f -> f.flag() == FibreFlag.UNCALIBRATED || f.flag() == FibreFlag.DEAD);
    }
  }

  /** Which arm is to be believed, the order along the slit tells. */
  @Test
  void anArmWhoseFibresAreInAnotherOrderIsSetAsideAlone() throws IOException {
    for (Arm odd : Instrument.LAMOST.arms()) {
      Map<FrameId, Frame> frames = new TreeMap<>();
      for (FrameId id : simulator.ids()) {
        Frame frame = simulator.frame(id).frame();
        frames.put(id, id.arm() == odd ? reversed(frame) : frame);
      }
      Noting noting = new Noting(PlateFrames.of(frames));
      Map<FrameId, FrameResult> results = reduce(noting);
      assertThat(results.keySet()).allMatch(id -> id.arm() != odd).hasSize(2);
      assertThat(noting.reasons)
          .hasSize(2)
          .allSatisfy(
              (id, reason) -> {
                assertThat(id.arm()).isEqualTo(odd);
                assertThat(reason).isEqualTo(PlateReduction.ARMS_DISAGREE);
              });
    }
  }

  /** Rows the other way round, each with its own map entry. */
  private static Frame reversed(Frame f) {
    int n = f.fibreCount();
    FibreMap m = f.fibres();
    FibreMap map = FibreMap.ofSize(n);
    float[][] flux = new float[n][];
    float[][] ivar = new float[n][];
    int[][] mask = new int[n][];
    double[][] wavelength = new double[n][];
    for (int i = 0; i < n; i++) {
      int from = n - 1 - i;
      map.fibreId()[i] = m.fibreId()[from];
      map.type()[i] = m.type()[from];
      map.objectType()[i] = m.objectType()[from];
      map.x()[i] = m.x()[from];
      map.y()[i] = m.y()[from];
      flux[i] = f.flux()[from];
      ivar[i] = f.ivar()[from];
      mask[i] = f.mask()[from];
      wavelength[i] = f.wavelength()[from];
    }
    return new Frame(f.id(), f.pointing(), map, flux, ivar, mask, wavelength);
  }

  /** Frames that may be set aside, and are not there afterwards. */
  private static final class Noting implements PlateFrames {
    private final PlateFrames frames;
    private final Map<FrameId, String> reasons = new TreeMap<>();

    Noting(PlateFrames frames) {
      this.frames = frames;
    }

    @Override
    public List<FrameId> ids() {
      return frames.ids();
    }

    @Override
    public Optional<Frame> read(FrameId id) throws IOException {
      return reasons.containsKey(id) ? Optional.empty() : frames.read(id);
    }

    @Override
    public void setAside(FrameId id, String reason, String why) {
      reasons.put(id, reason);
    }
  }

  /** One spectrograph of a plate whose frames make the science stumble: ragged rows. */
  @Test
  void whatTheScienceCannotCopeWithIsSetAsideAlone() throws IOException {
    PlateSimulator two = new PlateSimulator(design().withSpectrographs(2).withExposures(1));
    Map<FrameId, Frame> frames = new TreeMap<>();
    for (FrameId id : two.ids()) {
      Frame frame = copy(two.frame(id).frame());
      if (id.spectrograph() == 2 && id.arm() == Arm.RED) {
        frame.ivar()[7] = new float[3];
      }
      frames.put(id, frame);
    }
    Noting noting = new Noting(PlateFrames.of(frames));
    Map<FrameId, FrameResult> results = reduce(noting);
    assertThat(results).hasSize(3);
    assertThat(noting.reasons.values()).containsExactly(PlateReduction.NOT_REDUCED);
    assertThat(noting.reasons.keySet())
        .allMatch(id -> id.spectrograph() == 2 && id.arm() == Arm.RED);
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
