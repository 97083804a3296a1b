package org.skymi.survey;

import java.util.Optional;

/**
 * One exposure through one spectrograph and arm, sky not subtracted.
 *
 * <p>Images have shape {@code [nFibre][nPixel]}, fibres in the order of the fibre map. The truth of
 * a simulation is deliberately no part of a frame: nothing that sees a frame can see it.
 *
 * @param id identity
 * @param pointing the exposure
 * @param fibres the fibre map, {@code nFibre} rows
 * @param flux what was recorded, sky and object; electron, or the coadd's unit
 * @param ivar inverse variance of flux, 0 where unusable
 * @param mask bits of {@link MaskBit}
 * @param wavelength vacuum Angstrom, topocentric, increasing along a fibre
 * @param coadd of a frame that is made of co-added spectra; empty for an exposure
 * @param surveySky what the survey's own pipeline took for the sky, electron, NaN where it says
 *     nothing; empty if it is not told
 * @param widths of the fibres' line spreads, as the survey states them
 */
public record Frame(
    FrameId id,
    Pointing pointing,
    FibreMap fibres,
    float[][] flux,
    float[][] ivar,
    int[][] mask,
    double[][] wavelength,
    Optional<Coadd> coadd,
    Optional<float[][]> surveySky,
    LineWidths widths) {

  /**
   * @throws IllegalArgumentException if the shapes disagree
   */
  public Frame {
    int n = fibres.size();
    if (flux.length != n || ivar.length != n || mask.length != n || wavelength.length != n) {
      throw new IllegalArgumentException(
          id + ": images and fibre map differ in their number of fibres");
    }
    if (widths.isStated() && widths.moment().length != n) {
      throw new IllegalArgumentException(id + ": widths of another number of fibres");
    }
  }

  /** An exposure, in electrons. */
  public Frame(
      FrameId id,
      Pointing pointing,
      FibreMap fibres,
      float[][] flux,
      float[][] ivar,
      int[][] mask,
      double[][] wavelength) {
    this(id, pointing, fibres, flux, ivar, mask, wavelength, Optional.empty());
  }

  /** A frame without the survey's own sky, but for that of co-added spectra. */
  public Frame(
      FrameId id,
      Pointing pointing,
      FibreMap fibres,
      float[][] flux,
      float[][] ivar,
      int[][] mask,
      double[][] wavelength,
      Optional<Coadd> coadd) {
    this(
        id,
        pointing,
        fibres,
        flux,
        ivar,
        mask,
        wavelength,
        coadd,
        coadd.map(Coadd::sky),
        LineWidths.NONE);
  }

  /** The same with the survey's own sky. */
  public Frame withSurveySky(float[][] sky) {
    return new Frame(
        id, pointing, fibres, flux, ivar, mask, wavelength, coadd, Optional.of(sky), widths);
  }

  /**
   * The same with widths of line spreads.
   *
   * @throws IllegalArgumentException if they are of another number of fibres
   */
  public Frame withWidths(LineWidths stated) {
    return new Frame(id, pointing, fibres, flux, ivar, mask, wavelength, coadd, surveySky, stated);
  }

  /**
   * The same with its fibres' flat taken out.
   *
   * @param flat {@code [nFibre][nPixel]}; where it is NaN, pixels become unusable
   * @throws IllegalArgumentException if its shape is another
   */
  public Frame flattened(float[][] flat) {
    if (flat.length != fibreCount() || fibreCount() > 0 && flat[0].length != pixelCount()) {
      throw new IllegalArgumentException(id + ": the flat has another shape");
    }
    float[][] even = new float[flat.length][];
    float[][] weight = new float[flat.length][];
    for (int i = 0; i < flat.length; i++) {
      even[i] = flux[i].clone();
      weight[i] = ivar[i].clone();
      for (int p = 0; p < even[i].length; p++) {
        float f = flat[i][p];
        even[i][p] = Float.isNaN(f) ? 0 : even[i][p] / f;
        weight[i][p] = Float.isNaN(f) ? 0 : weight[i][p] * f * f;
      }
    }
    return new Frame(
        id, pointing, fibres, even, weight, mask, wavelength, coadd, surveySky, widths);
  }

  /** Unit of flux. */
  public String unit() {
    return coadd.map(Coadd::unit).orElse("electron");
  }

  /** Number of fibres. */
  public int fibreCount() {
    return flux.length;
  }

  /** Number of pixels of a fibre; 0 for a frame without fibres. */
  public int pixelCount() {
    return flux.length == 0 ? 0 : flux[0].length;
  }
}
