package org.skymi.sky.supersky;

import org.skymi.sky.frame.Sky;
import org.skymi.sky.frame.SkyGrid;

/**
 * The survey pipelines' method: the mean of the sky fibres, scaled to each fibre.
 *
 * <p>{@link #pipeline} is what pipelines do, arm by arm: cross-talk removed, bad sky fibres
 * rejected, re-aligned to the sky lines, a B-spline through all sky pixels, scaled by the fibre's
 * sky lines. {@link #full} adds every correction that this project's classical stage knows:
 * throughput joined across arms with colour, line widths, line groups, and the gradient of
 * continuum against lines.
 */
public final class SuperSky {
  private SuperSky() {}

  /**
   * Super Sky as survey pipelines make it, {@link SuperSkyOptions#pipeline}; {@link PipelineSky}
   * has the other options.
   *
   * @param sky the arm's analysis
   * @param fibre row of the frame
   * @param wavelength the frame's, Angstrom, {@code [nPixel]}
   */
  public static Sky pipeline(ArmSky sky, int fibre, double[] wavelength) {
    return new PipelineSky(sky, SuperSkyOptions.pipeline()).sky(fibre, wavelength);
  }

  /** Super Sky with every classical correction. */
  public static Sky full(SpectrographSky both, ArmSky sky, int fibre, double[] wavelength) {
    double[] z = both.coefficients(sky.grid().arm(), fibre);
    float[] flux =
        new SkyColumns(sky.grid(), sky.master()).sky(z, sky.calibration(), fibre, wavelength);
    double scale = scaleError(both, fibre);
    return new Sky(flux, ivar(sky.grid(), sky.masterVariance(), flux, z[0], scale, wavelength));
  }

  /** Relative error of the scale of a fibre's full sky. */
  public static double scaleError(SpectrographSky both, int fibre) {
    return Math.max(0.007, both.throughput(fibre).greyError());
  }

  /**
   * Inverse variance of a fibre's sky: the noise of the common sky and a relative error of its
   * scale.
   *
   * @param variance of the common sky's spline coefficients
   * @param flux the fibre's sky, electron
   * @param gain of the fibre
   * @param scale relative error of the fibre's scale
   */
  public static float[] ivar(
      SkyGrid grid,
      double[] variance,
      float[] flux,
      double gain,
      double scale,
      double[] wavelength) {
    float[] ivar = new float[flux.length];
    for (int p = 0; p < flux.length; p++) {
      if (Float.isFinite(flux[p])) {
        double sum =
            gain * gain * variance[grid.spline().nearest(wavelength[p])]
                + scale * scale * flux[p] * flux[p];
        ivar[p] = sum > 0 ? (float) (1 / sum) : 0;
      }
    }
    return ivar;
  }
}
