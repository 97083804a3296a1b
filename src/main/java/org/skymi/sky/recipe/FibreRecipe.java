package org.skymi.sky.recipe;

import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.skymi.math.NormalEquations;

/**
 * What a fibre's skies are drawn from besides {@link FrameRecipe}.
 *
 * @param lines where its lines are
 * @param scaled its Super Sky: the master, scaled
 * @param classical its coefficients in the columns of the sky: continuum times 1, u, u², each group
 *     of lines, and the tilted group times u
 * @param error relative error of the scale of its full Super Sky
 * @param shares of the frame's components of lines
 * @param corrections by method's key
 */
public record FibreRecipe(
    Lines lines,
    Scale scaled,
    double[] classical,
    double error,
    double[] shares,
    Map<String, Correction> corrections) {

  /**
   * How a fibre's lines differ from the master's.
   *
   * @param shift at the pivot, Angstrom: a line of wavelength λ is at λ - shift
   * @param slope change of the shift by u, Angstrom
   * @param width second moment of the line spread at the pivot beyond what is stated, Angstrom^2
   * @param widthSlope change of the width by u, Angstrom^2
   * @param kurtosis of the line spread
   * @param stated second moments beyond the master's as the survey states them, Angstrom^2; empty
   *     if none are
   */
  public record Lines(
      double shift,
      double slope,
      double width,
      double widthSlope,
      double kurtosis,
      float[] stated) {}

  /**
   * A scale.
   *
   * @param gain of the fibre
   * @param error relative
   */
  public record Scale(double gain, double error) {}

  /**
   * A fibre's coefficients in {@link FrameRecipe.Columns}.
   *
   * @param mean by term; empty if they are all 0
   * @param error of each
   * @param correlation of their errors, lower triangle without its diagonal, row by row
   */
  public record Correction(float[] mean, float[] error, float[] correlation) {
    /** No correction, and none possible. */
    public static final Correction NONE = new Correction(new float[0], new float[0], new float[0]);

    /** Steps of a correlation from 0 to 1: a variance changes by a part in a thousand. */
    private static final int STEPS = 1 << 9;

    /**
     * Coefficients in the digits that are kept of them: numbers as {@code float}, correlations in
     * steps of 1/512.
     *
     * @param covariance of the coefficients
     */
    public static Correction of(double[] mean, DMatrixRMaj covariance) {
      int size = mean.length;
      float[] kept = new float[size];
      float[] error = new float[size];
      float[] correlation = new float[NormalEquations.packed(size) - size];
      for (int k = 0, pair = 0; k < size; k++) {
        kept[k] = (float) mean[k];
        double own = Math.sqrt(covariance.get(k, k));
        error[k] = (float) own;
        for (int l = 0; l < k; l++, pair++) {
          double both = own * Math.sqrt(covariance.get(l, l));
          correlation[pair] =
              both > 0 ? (float) Math.rint(STEPS * covariance.get(k, l) / both) / STEPS : 0;
        }
      }
      return new Correction(kept, error, correlation);
    }

    /** The covariance of the coefficients. */
    public DMatrixRMaj covariance() {
      DMatrixRMaj covariance = new DMatrixRMaj(error.length, error.length);
      for (int k = 0, pair = 0; k < error.length; k++) {
        covariance.set(k, k, (double) error[k] * error[k]);
        for (int l = 0; l < k; l++, pair++) {
          double both = (double) error[k] * error[l] * correlation[pair];
          covariance.set(k, l, both);
          covariance.set(l, k, both);
        }
      }
      return covariance;
    }
  }
}
