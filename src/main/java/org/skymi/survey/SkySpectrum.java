package org.skymi.survey;

/**
 * One fibre's co-added spectrum of a survey that released the sky it subtracted, too: both together
 * are what was recorded, after flux calibration.
 *
 * @param plate the plate
 * @param spectrograph from 1
 * @param fibreId of the plate, from 1
 * @param pointing the exposures
 * @param type what the fibre was pointed at
 * @param objectType the input catalogue's class, as written
 * @param ra deg
 * @param dec deg
 * @param x tangent-plane position, deg, plate centre 0, NaN if unknown
 * @param y tangent-plane position, deg, plate centre 0, NaN if unknown
 * @param magnitude g magnitude, NaN if unknown
 * @param unit of flux and sky
 * @param first place of the first pixel on a grid that the plate's spectra share
 * @param wavelength vacuum Angstrom, topocentric, increasing
 * @param flux the object's, sky subtracted
 * @param sky what was subtracted, 0 where unknown
 * @param ivar inverse variance of flux, 0 where unusable, and where the sky is unknown
 * @param mask bits of {@link MaskBit}, and {@link #LACKS_EXPOSURE}
 */
public record SkySpectrum(
    PlateId plate,
    int spectrograph,
    int fibreId,
    Pointing pointing,
    FibreType type,
    String objectType,
    double ra,
    double dec,
    double x,
    double y,
    float magnitude,
    String unit,
    int first,
    double[] wavelength,
    float[] flux,
    float[] sky,
    float[] ivar,
    int[] mask) {
  /**
   * Bit of a pixel to which not all exposures were added: the sky that it recorded is that of the
   * others, which the survey, who subtracted exposure by exposure, knows alone.
   */
  public static final int LACKS_EXPOSURE = 1 << 25;

  /** Number of pixels. */
  public int pixelCount() {
    return wavelength.length;
  }

  /**
   * The same with other weights.
   *
   * @param other inverse variance of flux, 0 where unusable
   */
  public SkySpectrum with(float[] other) {
    return new SkySpectrum(
        plate,
        spectrograph,
        fibreId,
        pointing,
        type,
        objectType,
        ra,
        dec,
        x,
        y,
        magnitude,
        unit,
        first,
        wavelength,
        flux,
        sky,
        other,
        mask);
  }
}
