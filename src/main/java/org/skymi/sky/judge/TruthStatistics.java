package org.skymi.sky.judge;

import java.util.Arrays;
import org.skymi.survey.SkyBand;

/**
 * How far a sky estimate is from a simulation's truth. Used after estimation only; no estimator
 * sees a truth.
 *
 * @param bias 100·mean(Ŝ - S)/mean(S) by {@link SkyBand#ordinal()}, %; NaN outside the arm
 * @param rms 100·rms(Ŝ - S)/mean(S) by band, %; NaN outside the arm
 */
public record TruthStatistics(double[] bias, double[] rms) {

  /**
   * Compares a sky with the truth.
   *
   * @param sky estimate, electron, {@code [nPixel]}
   * @param truth noiseless sky, electron, {@code [nPixel]}
   * @param wavelength Angstrom, {@code [nPixel]}
   */
  public static TruthStatistics of(float[] sky, float[] truth, double[] wavelength) {
    int bands = SkyBand.all().size();
    double[] bias = new double[bands];
    double[] rms = new double[bands];
    Arrays.fill(bias, Double.NaN);
    Arrays.fill(rms, Double.NaN);
    for (SkyBand band : SkyBand.all()) {
      // A band cut off by the detector's edge would compare other wavelengths than its name says.
      if (!band.isWithin(wavelength)) {
        continue;
      }
      double difference = 0;
      double square = 0;
      double total = 0;
      int n = 0;
      for (int p = 0; p < wavelength.length; p++) {
        if (band.contains(wavelength[p])) {
          double d = (double) sky[p] - truth[p];
          difference += d;
          square += d * d;
          total += truth[p];
          n++;
        }
      }
      if (n > 0 && total > 0) {
        bias[band.ordinal()] = 100 * difference / total;
        rms[band.ordinal()] = 100 * Math.sqrt(square / n) / (total / n);
      }
    }
    return new TruthStatistics(bias, rms);
  }
}
