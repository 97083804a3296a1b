package org.skymi.survey;

/**
 * One spectrum of a LAMOST public release: sky already subtracted, co-added, in the heliocentric
 * frame.
 *
 * @param plate the plate
 * @param spectrograph from 1
 * @param fibreId from 1
 * @param obsId plan·100000 + spectrograph·1000 + fibre, 0 if the release has none
 * @param dateObs UTC, ISO, as written
 * @param type what the fibre was pointed at
 * @param objectType the input catalogue's class, as written
 * @param ra deg, NaN if unknown
 * @param dec deg, NaN if unknown
 * @param x focal-plane position, mm as released, NaN if unknown
 * @param y focal-plane position, mm as released, NaN if unknown
 * @param magnitude g magnitude, NaN if unknown
 * @param moonPhase day of the 29.53-day cycle as in card MOONPHA, NaN if unknown
 * @param heliocentricVelocity correction applied to the wavelengths, km/s; 0 if none was applied
 * @param skyFibres number of sky fibres the survey's pipeline used, -1 if unknown
 * @param pipelineVersion card VERSPIPE, empty if unknown
 * @param signalToNoise in u, g, r, i, z; NaN if unknown
 * @param wavelength vacuum Angstrom, heliocentric as released, increasing
 * @param flux the release's flux (relative units)
 * @param ivar inverse variance of flux, 0 where unusable
 * @param andMask mask bits set in all exposures
 * @param orMask mask bits set in any exposure
 */
public record ReleaseSpectrum(
    PlateId plate,
    int spectrograph,
    int fibreId,
    long obsId,
    String dateObs,
    FibreType type,
    String objectType,
    double ra,
    double dec,
    double x,
    double y,
    float magnitude,
    double moonPhase,
    double heliocentricVelocity,
    int skyFibres,
    String pipelineVersion,
    float[] signalToNoise,
    double[] wavelength,
    float[] flux,
    float[] ivar,
    int[] andMask,
    int[] orMask) {

  /**
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public ReleaseSpectrum {
    int n = wavelength.length;
    if (flux.length != n || ivar.length != n || andMask.length != n || orMask.length != n) {
      throw new IllegalArgumentException("the arrays of a spectrum must have equal lengths");
    }
  }

  /** What is known beside its pixels. */
  public ReleaseSpectrum withoutPixels() {
    return new ReleaseSpectrum(
        plate,
        spectrograph,
        fibreId,
        obsId,
        dateObs,
        type,
        objectType,
        ra,
        dec,
        x,
        y,
        magnitude,
        moonPhase,
        heliocentricVelocity,
        skyFibres,
        pipelineVersion,
        signalToNoise,
        new double[0],
        new float[0],
        new float[0],
        new int[0],
        new int[0]);
  }

  /** With other flux, {@code [nPixel]}. */
  public ReleaseSpectrum withFlux(float[] other) {
    return new ReleaseSpectrum(
        plate,
        spectrograph,
        fibreId,
        obsId,
        dateObs,
        type,
        objectType,
        ra,
        dec,
        x,
        y,
        magnitude,
        moonPhase,
        heliocentricVelocity,
        skyFibres,
        pipelineVersion,
        signalToNoise,
        wavelength,
        other,
        ivar,
        andMask,
        orMask);
  }

  /** Number of pixels. */
  public int pixelCount() {
    return wavelength.length;
  }
}
