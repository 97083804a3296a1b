package org.skymi.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.MaskBit;

class PlateSimulatorTest {
  private static final PlateDesign SMALL =
      PlateDesign.ideal("TEST", 58000, 7)
          .withSpectrographs(2)
          .withFibres(30)
          .withExposures(2)
          .withPixels(390, 400);

  @Test
  void framesDoNotDependOnTheOrderInWhichTheyAreMade() {
    PlateSimulator forward = new PlateSimulator(SMALL);
    PlateSimulator backward = new PlateSimulator(SMALL);
    List<FrameId> ids = forward.ids();
    List<SimulatedFrame> first = ids.stream().map(forward::frame).toList();
    List<FrameId> reversed = new ArrayList<>(ids);
    Collections.reverse(reversed);
    List<SimulatedFrame> second = new ArrayList<>(reversed.stream().map(backward::frame).toList());
    Collections.reverse(second);
    assertThat(ids).hasSize(8).isSorted().doesNotHaveDuplicates();
    for (int k = 0; k < ids.size(); k++) {
      assertSame(first.get(k), second.get(k));
    }
  }

  @Test
  void anotherSeedIsAnotherPlate() {
    PlateDesign other = PlateDesign.ideal("TEST", 58000, 8).withFibres(30).withPixels(390, 400);
    float[] a = first(SMALL, Arm.BLUE).truthSky()[3];
    float[] b = first(other, Arm.BLUE).truthSky()[3];
    assertThat(a).isNotEqualTo(b);
  }

  @Test
  void unknownFramesAreRefused() {
    PlateSimulator simulator = new PlateSimulator(SMALL);
    FrameId foreign = new FrameId(SMALL.plate(), 1, 1, Arm.BLUE);
    assertThatThrownBy(() -> simulator.frame(foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no frame");
  }

  @Test
  void noiseIsThatOfPhotonsAndReadout() {
    PlateDesign quiet = SMALL.without(Effect.COSMIC_RAYS);
    double square = 0;
    double sum = 0;
    int n = 0;
    int beyond = 0;
    for (Arm arm : Instrument.LAMOST.arms()) {
      SimulatedFrame noisy = first(quiet, arm);
      SimulatedFrame clean = first(quiet.without(Effect.NOISE), arm);
      for (int i = 0; i < noisy.frame().fibreCount(); i++) {
        for (int p = 0; p < noisy.frame().pixelCount(); p++) {
          double light = clean.frame().flux()[i][p];
          double chi = (noisy.frame().flux()[i][p] - light) / Math.sqrt(light + 192);
          sum += chi;
          square += chi * chi;
          beyond += Math.abs(chi) > 3 ? 1 : 0;
          n++;
        }
      }
    }
    assertThat(sum / n).isCloseTo(0, within(5 / Math.sqrt(n)));
    assertThat(square / n).isCloseTo(1, within(5 * Math.sqrt(2.0 / n)));
    assertThat(beyond / (double) n).isBetween(0.0015, 0.0040);
  }

  @Test
  void lightIsSkyObjectAndCrossTalk() {
    SimulatedFrame clean = first(SMALL.without(Effect.NOISE, Effect.COSMIC_RAYS), Arm.RED);
    Truth truth = clean.truth();
    int pixels = clean.frame().pixelCount();
    assertThat(truth.crossTalk1()).isBetween(0.0005, 0.003);
    assertThat(truth.crossTalk2()).isBetween(0.0001, 0.0005);
    for (int i = 2; i < clean.frame().fibreCount() - 2; i++) {
      for (int p = 0; p < pixels; p += 37) {
        double slope = 1 + truth.crossTalkSlope() * (2.0 * p / (pixels - 1) - 1);
        double near = light(clean, i - 1, p) + light(clean, i + 1, p);
        double far = light(clean, i - 2, p) + light(clean, i + 2, p);
        double expected =
            light(clean, i, p) + slope * (truth.crossTalk1() * near + truth.crossTalk2() * far);
        assertThat((double) clean.frame().flux()[i][p])
            .isCloseTo(expected, within(1e-4 * expected + 1e-3));
      }
    }
  }

  @Test
  void coarsePixelsHoldTheLightOfFineOnes() {
    PlateDesign fine =
        PlateDesign.ideal("TEST", 58000, 7)
            .withFibres(10)
            .withPixels(PlateDesign.BLUE_PIXELS, PlateDesign.RED_PIXELS);
    PlateDesign coarse = fine.withPixels(300, 300);
    for (Arm arm : Instrument.LAMOST.arms()) {
      SimulatedFrame a = first(fine, arm);
      SimulatedFrame b = first(coarse, arm);
      double[] range = {arm == Arm.BLUE ? 4000 : 6000, arm == Arm.BLUE ? 5700 : 9000};
      assertThat(total(b, 2, range))
          .isCloseTo(total(a, 2, range), within(0.01 * total(a, 2, range)));
      assertThat(b.frame().wavelength()[2][0]).isLessThan(arm == Arm.BLUE ? 3701 : 8201);
      assertThat(b.frame().wavelength()[2][299]).isGreaterThan(arm == Arm.BLUE ? 5499 : 8999);
    }
  }

  @Test
  void pipelineKnowsDeadFibresAndMostCosmicRays() {
    PlateDesign design = PlateDesign.ideal("TEST", 58000, 7).withPixels(1000, 1000);
    SimulatedFrame hit = first(design, Arm.BLUE);
    SimulatedFrame spared = first(design.without(Effect.COSMIC_RAYS), Arm.BLUE);
    int struck = 0;
    int flagged = 0;
    for (int i = 0; i < 250; i++) {
      boolean dead = hit.frame().fibres().type()[i] == FibreType.DEAD;
      for (int p = 0; p < 1000; p++) {
        boolean different = hit.frame().flux()[i][p] != spared.frame().flux()[i][p];
        boolean cosmic = MaskBit.COSMIC_RAY.isIn(hit.frame().mask()[i][p]);
        struck += different ? 1 : 0;
        flagged += cosmic ? 1 : 0;
        assertThat(hit.frame().ivar()[i][p] == 0).isEqualTo(hit.frame().mask()[i][p] != 0);
        assertThat(MaskBit.DEAD_FIBRE.isIn(hit.frame().mask()[i][p])).isEqualTo(dead);
      }
      if (dead) {
        assertThat(hit.truthSky()[i]).containsOnly(0);
        assertThat(hit.truth().throughput()[i]).isZero();
      }
    }
    assertThat(flagged / (double) struck).isBetween(0.8, 0.97);
    assertThat(struck / 250e3).isBetween(0.0008, 0.002);
  }

  @Test
  void fibresAreThoseOfASurvey() {
    int[] contaminated = new int[1];
    int skies = 0;
    for (int seed = 0; seed < 40; seed++) {
      FocalPlane plane = FocalPlane.of(PlateDesign.ideal("TEST", 58000, seed), 1 + seed % 16);
      int[] sky = plane.map().indicesOf(FibreType.SKY);
      assertThat(sky).hasSize(20);
      assertThat(plane.map().indicesOf(FibreType.STANDARD)).hasSize(5);
      assertThat(plane.map().indicesOf(FibreType.DEAD)).hasSize(2);
      for (int i = 0; i < 250; i++) {
        double x = plane.map().x()[i];
        double y = plane.map().y()[i];
        assertThat(Math.hypot(x, y)).isLessThan(2.55);
        assertThat(plane.map().dec()[i]).isBetween(-8.0, 58.0);
      }
      skies += sky.length;
      contaminated[0] += (int) Arrays.stream(sky).filter(i -> plane.contaminated()[i]).count();
    }
    assertThat(contaminated[0] / (double) skies).isBetween(0.025, 0.08);
  }

  private static double light(SimulatedFrame f, int fibre, int pixel) {
    return f.truthSky()[fibre][pixel] + f.truth().object()[fibre][pixel];
  }

  private static double total(SimulatedFrame f, int fibre, double[] range) {
    double sum = 0;
    double[] w = f.frame().wavelength()[fibre];
    for (int p = 1; p < w.length - 1; p++) {
      // The part of the pixel inside the range, so that both pixel sizes count the same light.
      double low = 0.5 * (w[p - 1] + w[p]);
      double high = 0.5 * (w[p] + w[p + 1]);
      double inside = Math.min(high, range[1]) - Math.max(low, range[0]);
      sum += Math.max(0, inside) / (high - low) * f.truthSky()[fibre][p];
    }
    return sum;
  }

  static SimulatedFrame first(PlateDesign design, Arm arm) {
    PlateSimulator simulator = new PlateSimulator(design);
    return simulator.frame(
        simulator.ids().stream().filter(id -> id.arm() == arm).findFirst().orElseThrow());
  }

  private static void assertSame(SimulatedFrame a, SimulatedFrame b) {
    assertThat(b.frame().id()).isEqualTo(a.frame().id());
    assertThat(b.frame().pointing()).isEqualTo(a.frame().pointing());
    assertThat(Arrays.deepEquals(b.frame().flux(), a.frame().flux())).isTrue();
    assertThat(Arrays.deepEquals(b.frame().ivar(), a.frame().ivar())).isTrue();
    assertThat(Arrays.deepEquals(b.frame().mask(), a.frame().mask())).isTrue();
    assertThat(Arrays.deepEquals(b.frame().wavelength(), a.frame().wavelength())).isTrue();
    assertThat(Arrays.deepEquals(b.truthSky(), a.truthSky())).isTrue();
    assertThat(Arrays.deepEquals(b.truth().object(), a.truth().object())).isTrue();
  }
}
