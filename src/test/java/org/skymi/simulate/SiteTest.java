package org.skymi.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.FrameId;
import org.skymi.survey.Night;

class SiteTest {
  private static final int NIGHT = 58000;
  private static final PlateDesign SMALL =
      PlateDesign.of("SITE", NIGHT, 7).withFibres(40).withPixels(400, 400);
  private static final PlateDesign BRIGHT = SMALL.withMoon(Moon.BRIGHT).withFibres(120);

  /** The frames of the bright plate with every effect. */
  private static final Map<FrameId, float[][]> WITH =
      new PlateSimulator(BRIGHT)
          .ids().stream()
              .collect(
                  Collectors.toMap(
                      id -> id, id -> new PlateSimulator(BRIGHT).frame(id).frame().flux()));

  @Test
  void fibresKeepTheirHabitsFromPlateToPlate() {
    double[] first = grey(PlateDesign.of("A", NIGHT, 1), 3);
    double[] later = grey(PlateDesign.of("B", NIGHT + 40, 2), 3);
    double[] elsewhere = grey(PlateDesign.of("A", NIGHT, 1), 4);
    assertThat(correlation(first, later)).isGreaterThan(0.65); // exposures jump
    assertThat(Math.abs(correlation(first, elsewhere))).isLessThan(0.4);
    double[] otherSite = grey(PlateDesign.of("A", NIGHT, 1).withSite(Site.lamost().withSeed(2)), 3);
    assertThat(Math.abs(correlation(first, otherSite))).isLessThan(0.4);
  }

  @Test
  void aHardwareStepRenewsPartOfASpectrographsHabits() {
    List<Epoch> steps = List.of(new Epoch(Night.ofLmjd(NIGHT + 10), OptionalInt.of(3)));
    PlateDesign plain = PlateDesign.of("A", NIGHT, 1);
    PlateDesign stepped = plain.withSite(Site.lamost().withEpochs(steps));
    assertThat(grey(stepped, 3)).isEqualTo(grey(plain, 3));
    PlateDesign after =
        PlateDesign.of("A", NIGHT + 10, 1).withSite(Site.lamost().withEpochs(steps));
    assertThat(grey(after, 4)).isEqualTo(grey(PlateDesign.of("A", NIGHT + 10, 1), 4));
    double[] before = grey(plain, 3);
    double[] then = grey(after, 3);
    double[] change = new double[before.length];
    Arrays.setAll(change, i -> then[i] - before[i]);
    // 1 % for the step, 0.5 % twice for nights and exposures; jumps are rare.
    assertThat(deviation(change)).isBetween(0.008, 0.020);
    assertThat(correlation(before, then)).isBetween(0.6, 0.95);
  }

  @Test
  void epochsAreReadAsNightAndSpectrograph() {
    assertThat(Epoch.parse("20171020:5"))
        .isEqualTo(new Epoch(Night.parse("20171020"), OptionalInt.of(5)));
    assertThat(Epoch.parse("20171020").spectrograph()).isEmpty();
    assertThatThrownBy(() -> Epoch.parse("20171020:x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Epoch.parse("soon")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void framesAreTheSameInAnyOrderAndThread() {
    PlateSimulator simulator = new PlateSimulator(SMALL.withExposures(2).withSpectrographs(2));
    List<FrameId> ids = simulator.ids();
    SimulatedFrame[] inTurn = ids.stream().map(simulator::frame).toArray(SimulatedFrame[]::new);
    SimulatedFrame[] atOnce = new SimulatedFrame[ids.size()];
    IntStream.range(0, ids.size())
        .parallel()
        .forEach(k -> atOnce[ids.size() - 1 - k] = simulator.frame(ids.get(ids.size() - 1 - k)));
    for (int k = 0; k < atOnce.length; k++) {
      assertThat(Arrays.deepEquals(atOnce[k].frame().flux(), inTurn[k].frame().flux())).isTrue();
      assertThat(Arrays.deepEquals(atOnce[k].truthSky(), inTurn[k].truthSky())).isTrue();
      assertThat(HiddenTable.csv(atOnce[k])).isEqualTo(HiddenTable.csv(inTurn[k]));
    }
  }

  /** Thin cloud and contaminated fibres are too rare for one plate; they have their own tests. */
  @ParameterizedTest
  @EnumSource(
      value = Effect.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CLOUD", "CONTAMINATION"})
  void everyEffectCanBeLeftOut(Effect effect) {
    PlateSimulator without = new PlateSimulator(BRIGHT.without(effect));
    assertThat(WITH.keySet())
        .anyMatch(id -> !Arrays.deepEquals(WITH.get(id), without.frame(id).frame().flux()));
  }

  @Test
  void someNightsAreCloudy() {
    int cloudy = 0;
    for (int night = 0; night < 60; night++) {
      PlateDesign design = PlateDesign.of("C", NIGHT + night, 1);
      MoonLight moon = MoonLight.of(design);
      cloudy += new FieldMaps(design, 0, moon).cloudDepth() > 0 ? 1 : 0;
      PlateDesign clear = design.without(Effect.CLOUD);
      assertThat(new FieldMaps(clear, 0, moon).cloudDepth()).isZero();
    }
    assertThat(cloudy).isBetween(3, 18);
  }

  @Test
  void hardIsTwiceAsLarge() {
    Sizes usual = Site.lamost().sizes();
    Sizes hard = Site.of(Preset.HARD).sizes();
    assertThat(hard.of(Effect.THROUGHPUT, "fibre"))
        .isEqualTo(2 * usual.of(Effect.THROUGHPUT, "fibre"))
        .isEqualTo(0.04);
    assertThat(hard.form(Effect.DIP, "place")).isEqualTo(4350);
    assertThat(Site.lamost().without(Effect.DIP).sizes().of(Effect.DIP, "depth")).isZero();
    assertThatThrownBy(() -> usual.of(Effect.DIP, "colour"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void targetsLieInThePatrolDiscsAndFollowTheFibre() {
    double[] squares = new double[250];
    double[] mean = new double[2];
    int contaminated = 0;
    int plates = 40;
    for (int plate = 0; plate < plates; plate++) {
      PlateDesign design = PlateDesign.of("P" + plate, NIGHT, 1);
      FocalPlane plane = FibreHomes.of(design, 2).plane();
      FibreMap map = plane.map();
      assertThat(map.hasHomes()).isTrue();
      assertThat(map.indicesOf(FibreType.DEAD)).hasSize(2);
      Shot shot = new Shot(design, 2, 0, Arm.BLUE);
      double[] change = new PatrolDisc(shot).throughput(plane);
      for (int i = 0; i < 250; i++) {
        contaminated += plane.contaminated()[i] ? 1 : 0;
        double dx = map.x()[i] - map.homeX()[i];
        double dy = map.y()[i] - map.homeY()[i];
        assertThat(Math.hypot(dx, dy)).isLessThanOrEqualTo(PatrolDisc.radius(design.site()));
        mean[0] += dx / (250 * plates);
        mean[1] += dy / (250 * plates);
        squares[i] += change[i] * change[i] / plates;
      }
    }
    assertThat(contaminated / (20.0 * plates)).isBetween(0.03, 0.08);
    assertThat(mean[0]).isCloseTo(0, within(0.001));
    assertThat(Math.sqrt(Arrays.stream(squares).average().orElseThrow())).isBetween(0.016, 0.024);
  }

  @Test
  void deadFibresAreDeadOnEveryPlate() {
    int[] dead = FibreHomes.of(SMALL, 5).plane().map().indicesOf(FibreType.DEAD);
    for (int plate = 0; plate < 5; plate++) {
      PlateDesign design = PlateDesign.of("P" + plate, NIGHT + plate, plate).withFibres(40);
      assertThat(FibreHomes.of(design, 5).plane().map().indicesOf(FibreType.DEAD)).isEqualTo(dead);
    }
  }

  @Test
  void theTruthIsTheSkyAndWhatIsScattered() {
    Set<Effect> all = EnumSet.allOf(Effect.class);
    all.remove(Effect.PEDESTAL);
    all.remove(Effect.OBJECTS);
    Site site = Site.lamost().without(all.toArray(Effect[]::new));
    SimulatedFrame with = first(SMALL.withSite(site));
    SimulatedFrame without = first(SMALL.withSite(site.without(Effect.PEDESTAL)));
    for (int i = 0; i < 40; i++) {
      if (with.frame().fibres().type()[i] == FibreType.SKY) {
        for (int p = 0; p < 400; p++) {
          float scattered = with.truthSky()[i][p] - without.truthSky()[i][p];
          assertThat(scattered).isPositive();
          assertThat(with.frame().flux()[i][p])
              .isCloseTo(with.truthSky()[i][p], within(1e-3f + 1e-5f * with.truthSky()[i][p]));
        }
      }
    }
  }

  @Test
  void lineSpreadKeepsLightCentreAndWidth() {
    double[] line = new double[FineGrid.SIZE];
    FineGrid.addLine(line, FineGrid.wavelength(9000), 1000);
    int n = 400;
    double[] edges = new double[n + 1];
    Arrays.setAll(edges, e -> FineGrid.wavelength(9000) + 0.1 * (e - n / 2.0));
    double[] sigma = new double[n + 1];
    double[] h3 = new double[n + 1];
    double[] h4 = new double[n + 1];
    Arrays.fill(sigma, 1.3);
    Arrays.fill(h3, 0.03);
    Arrays.fill(h4, -0.03);
    double[] light =
        LineSpread.record(new double[][] {line}, edges, new BoxyProfile(sigma, h3, h4, true))[0];
    double[] moment = new double[4];
    for (int p = 0; p < n; p++) {
      double u = 0.1 * (p + 0.5 - n / 2.0) / 1.3;
      for (int k = 0; k < 4; k++) {
        moment[k] += light[p] / 1000 * Math.pow(u, k);
      }
    }
    assertThat(moment[0]).isCloseTo(1, within(1e-3));
    assertThat(moment[1]).isCloseTo(0, within(5e-3));
    assertThat(moment[2]).isCloseTo(1, within(0.02));
    // Light that is late on one side: 6 h3 2/sqrt(3) by orthogonality of Hermite polynomials.
    assertThat(Math.abs(moment[3])).isCloseTo(6 * 0.03 * 2 / Math.sqrt(3), within(0.03));
  }

  @Test
  void wingsReachFarAndKeepLight() {
    double[] line = new double[FineGrid.SIZE];
    FineGrid.addLine(line, FineGrid.wavelength(9000), 1000);
    double[] spread = Wings.spread(line, 8000, 10000);
    assertThat(Arrays.stream(spread, 8000, 10000).sum() * FineGrid.STEP)
        .isCloseTo(1000, within(0.1));
    assertThat(spread[9000 + 100] * FineGrid.STEP).isGreaterThan(0.1); // 30 Angstrom away
  }

  @Test
  void vibrationalLevelsVaryApart() {
    double[] sixth = new double[200];
    double[] ninth = new double[200];
    for (int k = 0; k < sixth.length; k++) {
      Sky sky = new SiteSky(PlateDesign.of("S", NIGHT + k, 1), 0);
      sixth[k] = Math.log(sky.strength(SkySpecies.OH_6_1));
      ninth[k] = Math.log(sky.strength(SkySpecies.OH_9_4));
      assertThat(sky.strength(SkySpecies.OH_6_2)).isEqualTo(sky.strength(SkySpecies.OH_6_1));
    }
    assertThat(deviation(sixth)).isBetween(0.18, 0.32);
    double[] ratio = new double[sixth.length];
    Arrays.setAll(ratio, k -> ninth[k] - sixth[k]);
    assertThat(deviation(ratio)).isBetween(0.1, 0.25);
  }

  private static double[] grey(PlateDesign design, int spectrograph) {
    PlateDesign even = design.without(Effect.PATROL, Effect.FLAT_GRADIENT, Effect.RIPPLE);
    Optics optics = even.site().world(even).optics(spectrograph, 0, Arm.BLUE);
    double[] result = new double[250];
    Arrays.setAll(result, i -> optics.throughput(i, 5500));
    return result;
  }

  private static SimulatedFrame first(PlateDesign design) {
    return PlateSimulatorTest.first(design, Arm.BLUE);
  }

  private static double mean(double[] v) {
    return Arrays.stream(v).average().orElseThrow();
  }

  private static double deviation(double[] v) {
    double mean = mean(v);
    return Math.sqrt(Arrays.stream(v).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
  }

  private static double correlation(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - mean(a)) * (b[i] - mean(b)) / a.length;
    }
    return sum / (deviation(a) * deviation(b));
  }
}
