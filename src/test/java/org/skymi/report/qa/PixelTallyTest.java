package org.skymi.report.qa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skymi.report.qa.PixelTally.Series;
import org.skymi.sky.judge.Method;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/** Tallies of residuals against what is known of their making. */
class PixelTallyTest {
  private static final Window BLUE = Window.of(Instrument.LAMOST).get(0);
  private static final Window RED = Window.of(Instrument.LAMOST).get(1);
  private static final Window END = Window.of(Instrument.LAMOST).get(5);
  private static final int PIXELS = 2000;
  private static final int SPECTRA = 400;
  private static final double READ_NOISE = 25; // electron^2
  private static final float SKY = 400;

  /** Spectra of a flat sky; Super Sky's sky is off by a share of it. */
  private static PixelTally tally(long seed, int spectra, double superOff) {
    Random random = new Random(seed);
    PixelTally tally = new PixelTally();
    double[] wavelength = new double[PIXELS];
    Arrays.setAll(wavelength, p -> 3650 + 2260.0 * p / PIXELS);
    float[] smi = filled(SKY);
    float[] superSky = filled((float) (SKY * (1 + superOff)));
    float[] ivar = filled((float) (1 / (SKY + READ_NOISE)));
    ivar[5] = 0;
    for (int s = 0; s < spectra; s++) {
      float[] flux = new float[PIXELS];
      for (int p = 0; p < PIXELS; p++) {
        flux[p] = (float) (SKY + Math.sqrt(SKY + READ_NOISE) * random.nextGaussian());
      }
      flux[5] = 1e9f; // unusable, and so nowhere
      tally.add(
          Instrument.LAMOST,
          Arm.BLUE,
          wavelength,
          flux,
          ivar,
          Map.of(Method.SUPER, superSky, Method.SMI, smi));
    }
    return tally;
  }

  private static float[] filled(float value) {
    float[] all = new float[PIXELS];
    Arrays.fill(all, value);
    return all;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).average().orElseThrow();
  }

  @Test
  void percentilesAreThoseOfTheBinsMeanResiduals() {
    PixelTally tally = tally(1, SPECTRA, 0.05);
    assertThat(tally.spectra(Arm.BLUE)).isEqualTo(SPECTRA);
    assertThat(tally.spectra(Arm.RED)).isZero();
    assertThat(tally.methods()).containsExactly(Method.SUPER, Method.SMI);
    double pixelsInBin = BLUE.step() * PIXELS / 2260;
    double sigma = 100 * Math.sqrt((SKY + READ_NOISE) / pixelsInBin) / SKY;
    double[] noise = tally.percentile(BLUE, Series.NOISE, 0.5);
    assertThat(mean(noise)).isCloseTo(sigma, within(0.05 * sigma));
    assertThat(mean(tally.percentile(BLUE, Series.SMI, 0.84135)))
        .isCloseTo(sigma, within(0.05 * sigma));
    assertThat(mean(tally.percentile(BLUE, Series.SMI, 0.15865)))
        .isCloseTo(-sigma, within(0.05 * sigma));
    assertThat(mean(tally.percentile(BLUE, Series.SMI, 0.5))).isCloseTo(0, within(0.05));
    // (1 - 1.05) / 1.05 of its own sky.
    assertThat(mean(tally.percentile(BLUE, Series.SUPER, 0.5))).isCloseTo(-4.76, within(0.1));
    assertThat(tally.percentile(RED, Series.SMI, 0.5)).containsOnly(Double.NaN);
  }

  @Test
  void chiIsAUnitGaussianWhereTheNoiseIsRight() {
    long[] chi = tally(2, SPECTRA, 0).chi(Arm.BLUE, Series.SMI);
    double total = Arrays.stream(chi).sum();
    assertThat(total).isEqualTo((PIXELS - 1.0) * SPECTRA);
    double square = 0;
    for (int k = 0; k < chi.length; k++) {
      double x = (k + 0.5 - chi.length / 2.0) * PixelTally.CHI_STEP;
      square += x * x * chi[k] / total;
    }
    assertThat(square).isCloseTo(1, within(0.01));
  }

  @Test
  void partsAddUpToTheWholeAndSurviveTheNetwork() throws Exception {
    PixelTally sum = tally(3, 7, 0.02).plus(new PixelTally()).plus(tally(4, 9, 0.02));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new PixelTally().plus(tally(4, 9, 0.02)).plus(tally(3, 7, 0.02)));
    }
    assertThat(bytes.size()).isLessThan(200_000);
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      PixelTally read = (PixelTally) in.readObject();
      assertThat(read.spectra(Arm.BLUE)).isEqualTo(16);
      for (Series series : Series.values()) {
        for (double share : new double[] {0.16, 0.5, 0.84}) {
          assertThat(read.percentile(END, series, share))
              .isEqualTo(sum.percentile(END, series, share));
        }
      }
      assertThat(read.chi(Arm.BLUE, Series.SUPER)).isEqualTo(sum.chi(Arm.BLUE, Series.SUPER));
    }
  }
}
