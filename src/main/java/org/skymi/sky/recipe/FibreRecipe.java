package org.skymi.sky.recipe;

import java.util.Map;

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
   * @param covariance lower triangle, row by row
   */
  public record Correction(float[] mean, float[] covariance) {
    /** No correction, and none possible. */
    public static final Correction NONE = new Correction(new float[0], new float[0]);
  }
}
