package org.skymi.sky.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.MaskBit;

class CleanFrameTest {
  private static ToyFrame toy() {
    ToyFrame toy = new ToyFrame(Arm.BLUE, 5);
    toy.type[3] = FibreType.DEAD;
    return toy;
  }

  @Test
  void unusablePixelsAreBridgedAndCarryNoWeight() {
    ToyFrame toy = toy();
    toy.noise = false;
    Frame frame = toy.frame();
    float before = frame.flux()[0][999];
    float after = frame.flux()[0][1001];
    frame.flux()[0][1000] = Float.NaN;
    frame.flux()[0][1100] = Float.POSITIVE_INFINITY;
    frame.ivar()[0][1200] = 0;
    frame.ivar()[0][1300] = Float.NaN;
    frame.mask()[0][1400] = MaskBit.SATURATED.value();
    frame.mask()[0][1500] = 1 << 20;
    CleanFrame clean = CleanFrame.of(frame);
    for (int p : new int[] {1000, 1100, 1200, 1300, 1400}) {
      assertThat(clean.variance(0)[p]).as("pixel %d", p).isInfinite();
      assertThat(clean.flux(0)[p]).isFinite();
    }
    assertThat(clean.flux(0)[1000]).isCloseTo((before + after) / 2, within(1e-3f));
    assertThat(clean.variance(0)[1500]).as("a bit without meaning").isFinite();
    assertThat(clean.variance(0)[1001]).isFinite();
    assertThat(frame.flux()[0][1000]).as("the frame itself is left alone").isNaN();
  }

  @Test
  void deadFibresAreThoseOfTypeOrWithoutPixels() {
    Frame frame = toy().frame();
    Arrays.fill(frame.ivar()[1], 0);
    CleanFrame clean = CleanFrame.of(frame);
    assertThat(clean.isDead(0)).isFalse();
    assertThat(clean.isDead(1)).isTrue();
    assertThat(clean.isDead(3)).isTrue();
  }

  @Test
  void aFrameCleanedAgainIsTheSame() {
    Frame frame = toy().frame();
    frame.flux()[0][1000] = Float.NaN;
    frame.ivar()[1][1200] = 0;
    frame.flux()[2][800] += 2e4f;
    CleanFrame clean = CleanFrame.of(frame);
    CleanFrame again = CleanFrame.of(frame, clean.found());
    assertThat(clean.cosmicRays()).isPositive();
    assertThat(again.cosmicRays()).isEqualTo(clean.cosmicRays());
    float[] sky = new float[frame.pixelCount()];
    for (int i = 0; i < clean.fibres(); i++) {
      assertThat(again.flux(i)).containsExactly(clean.flux(i));
      assertThat(again.variance(i)).containsExactly(clean.variance(i));
      assertThat(again.variance(i, sky)).containsExactly(clean.variance(i, sky));
      assertThat(again.isDead(i)).isEqualTo(clean.isDead(i));
    }
  }

  @Test
  void cosmicRaysAreFoundAndLinesAreNot() {
    ToyFrame toy = toy();
    CleanFrame spared = toy.clean();
    assertThat(spared.cosmicRays()).as("line peaks taken for cosmic rays").isZero();
    Frame frame = toy.frame();
    int[] hits = {300, 800, 1500, 2200, 3100};
    for (int p : hits) {
      frame.flux()[2][p] += 2000;
    }
    CleanFrame clean = CleanFrame.of(frame);
    assertThat(clean.cosmicRays()).isEqualTo(hits.length);
    for (int p : hits) {
      assertThat(clean.variance(2)[p]).isInfinite();
      assertThat(clean.flux(2)[p]).isLessThan(1500);
    }
  }

  @Test
  void theBrightestLineIsNoCosmicRay() {
    ToyFrame toy = toy();
    toy.level = 2000;
    toy.seed = 5;
    assertThat(toy.clean().cosmicRays()).isZero();
  }

  @Test
  void varianceIsThatOfPhotonsAndReadout() {
    ToyFrame toy = toy();
    CleanFrame clean = toy.clean();
    double ratio = 0;
    int n = 0;
    for (int i = 0; i < 3; i++) {
      for (int p = 10; p < clean.flux(i).length - 10; p++) {
        double light = toy.recorded(i, clean.wavelength(i)[p]);
        if (toy.grid.windowAt(clean.wavelength(i)[p]) < 0) {
          ratio += clean.variance(i)[p] / (light + ToyFrame.READ_VARIANCE);
          n++;
        }
      }
    }
    assertThat(ratio / n).isCloseTo(1, within(0.03));
  }

  @Test
  void varianceOfAPixelDoesNotKnowItsNoise() {
    ToyFrame toy = toy();
    toy.level = 20;
    double cross = 0;
    double square = 0;
    double other = 0;
    for (toy.seed = 1; toy.seed <= 3; toy.seed++) {
      CleanFrame clean = toy.clean();
      for (int i = 0; i < 3; i++) {
        for (int p = 10; p < clean.flux(i).length - 10; p++) {
          double x = clean.flux(i)[p] - toy.recorded(i, clean.wavelength(i)[p]);
          double y =
              clean.variance(i)[p]
                  - toy.recorded(i, clean.wavelength(i)[p])
                  - ToyFrame.READ_VARIANCE;
          if (toy.grid.windowAt(clean.wavelength(i)[p]) < 0) {
            cross += x * y;
            square += x * x;
            other += y * y;
          }
        }
      }
    }
    assertThat(cross / Math.sqrt(square * other)).isCloseTo(0, within(0.025));
  }

  @Test
  void readNoiseIsFoundBehindThePhotons() {
    ToyFrame toy = toy();
    CleanFrame clean = toy.clean();
    float[] nothing = new float[clean.flux(0).length];
    float[] variance = clean.variance(0, nothing);
    assertThat(variance[500]).isCloseTo((float) ToyFrame.READ_VARIANCE, within(1f));
    Arrays.fill(nothing, 100);
    assertThat(clean.variance(0, nothing)[500]).isCloseTo(variance[500] + 100, within(1e-3f));
  }
}
