package org.skymi.sky.judge;

import org.ejml.simple.SimpleMatrix;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.survey.FibreMap;

/**
 * How one method's residuals run over a frame's fibres (held-out sky fibres), as defined in
 * docs/method.md; NaN where there are too few fibres.
 *
 * @param gradX slope of mean r/Ŝ, %/deg
 * @param gradY slope of mean r/Ŝ, %/deg
 * @param crossTalk1 slope of r on the flux of the adjoining fibres, %
 * @param neighbourCorrelation correlation of chi in adjoining fibres, ideal 0
 */
public record FieldStatistics(
    double gradX, double gradY, double crossTalk1, double neighbourCorrelation) {
  private static final int FEWEST_FIBRES = 6;

  /**
   * Measures the residuals of a frame's sky fibres.
   *
   * @param frame cross-talk removed
   * @param fibres the fibre map
   * @param sky held-out skies by fibre, electron, {@code [nFibre][nPixel]}; null for fibres that do
   *     not count
   */
  public static FieldStatistics of(CleanFrame frame, FibreMap fibres, float[][] sky) {
    int[] counted = fibres.where(i -> sky[i] != null);
    if (counted.length < FEWEST_FIBRES) {
      return new FieldStatistics(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    SimpleMatrix rows = new SimpleMatrix(counted.length, 3);
    SimpleMatrix means = new SimpleMatrix(counted.length, 1);
    double cross = 0;
    double square = 0;
    double chiCross = 0;
    double chiSquare = 0;
    for (int k = 0; k < counted.length; k++) {
      int i = counted[k];
      float[] variance = frame.variance(i, sky[i]);
      double sum = 0;
      double level = 0;
      for (int p = 0; p < variance.length; p++) {
        if (Float.isInfinite(variance[p]) || !Float.isFinite(sky[i][p])) {
          continue;
        }
        double r = (double) frame.flux(i)[p] - sky[i][p];
        sum += r;
        level += sky[i][p];
        double near = flux(frame, i - 1, p) + flux(frame, i + 1, p) - 2 * sky[i][p];
        cross += r * near / variance[p];
        square += near * near / variance[p];
        if (i + 1 < sky.length && sky[i + 1] != null && Float.isFinite(sky[i + 1][p])) {
          double next = (double) frame.flux(i + 1)[p] - sky[i + 1][p];
          chiCross += r * next / variance[p];
          chiSquare += (r * r + next * next) / 2 / variance[p];
        }
      }
      rows.setRow(k, 0, 1, fibres.x()[i], fibres.y()[i]);
      means.set(k, 0, level > 0 ? 100 * sum / level : 0);
    }
    SimpleMatrix plane = rows.pseudoInverse().mult(means);
    return new FieldStatistics(
        plane.get(1, 0),
        plane.get(2, 0),
        square > 0 ? 100 * cross / square : Double.NaN,
        chiSquare > 0 ? chiCross / chiSquare : Double.NaN);
  }

  private static double flux(CleanFrame frame, int fibre, int pixel) {
    return fibre < 0 || fibre >= frame.fibres() ? 0 : frame.flux(fibre)[pixel];
  }
}
