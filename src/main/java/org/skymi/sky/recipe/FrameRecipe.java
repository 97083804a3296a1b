package org.skymi.sky.recipe;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skymi.math.Legendre;

/**
 * What the skies of a frame's fibres have in common.
 *
 * @param scale where they are written
 * @param widths where the fibres' stated widths are
 * @param master mean of the sky fibres
 * @param columns of the corrected skies; empty if none were made
 * @param components of lines that are added to full Super Skies, spline coefficients, {@code
 *     [nComponent][nCoefficient]}
 * @param methods keys of those that were run
 */
public record FrameRecipe(
    SkyScale scale,
    StatedWidths widths,
    CommonSky master,
    Optional<Columns> columns,
    double[][] components,
    List<String> methods) {

  /**
   * Where the widths that a survey states are: evenly spaced.
   *
   * @param first wavelength, Angstrom
   * @param step between wavelengths, Angstrom
   */
  public record StatedWidths(double first, double step) implements Serializable {}

  /**
   * A sky that is common to the fibres.
   *
   * @param sky spline coefficients, electron
   * @param lines what of them are lines; the rest is continuum
   * @param variance of them, electron^2
   */
  public record CommonSky(double[] sky, double[] lines, float[] variance) {
    double[] continuum() {
      double[] continuum = sky.clone();
      for (int k = 0; k < continuum.length; k++) {
        continuum[k] -= lines[k];
      }
      return continuum;
    }
  }

  /**
   * A sky and what fibres' skies may differ by from it; see {@code CorrectionColumns} in {@code
   * sky.memory}.
   *
   * @param common the sky
   * @param shaped spline coefficients of those lines that differ by their derivatives, electron
   * @param patterns of an archive's fibres
   * @param light a hundredth of the frame's mean light, electron per pixel, evenly spaced in u,
   *     straight between the bins' middles
   * @param terms of the correction
   * @param slack by method's key: squares of relative errors that no coefficient explains, evenly
   *     spaced in u, first outside lines, then in lines
   */
  public record Columns(
      CommonSky common,
      double[] shaped,
      Patterns patterns,
      double[] light,
      Terms terms,
      Map<String, double[]> slack) {}

  /**
   * Shapes that fibres' skies have more or less of.
   *
   * @param lines spline coefficients over the light of their window, one pattern after the other; 0
   *     outside windows
   * @param transmissions relative, {@code [nPattern][nBin]}: evenly spaced in u, straight between
   *     the bins' middles
   */
  public record Patterns(float[] lines, double[][] transmissions) {}

  /**
   * The terms of a correction: a part of the sky times a smooth function of u.
   *
   * @param part 0: continuum, 1: lines, 2..5: their derivatives, then patterns of lines, then those
   *     of the transmission, last the light
   * @param group of lines that is meant, -1 for all
   * @param order of the function: a cosine of the continuum, else a Legendre polynomial
   * @param intervals in u between whose ends the functions, and their products, are straight
   */
  public record Terms(int[] part, int[] group, int[] order, int intervals) {
    /** Number of coefficients. */
    int size() {
      return part.length;
    }

    /** A term's function. */
    double at(int term, double u) {
      return part[term] == SkyDrawing.CONTINUUM
          ? Math.cos(Math.PI * order[term] * (u + 1) / 2)
          : Legendre.at(order[term], u);
    }
  }
}
