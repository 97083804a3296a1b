package org.skymi.report.qa;

/**
 * An exposure of a plate, or its released spectra. NaN where nothing is known.
 *
 * @param name which exposure
 * @param conditions in which it was taken
 * @param content what its frames hold
 * @param sky how bright it was
 */
public record ExposureView(Name name, Conditions conditions, Content content, Sky sky) {
  /**
   * Which exposure.
   *
   * @param night YYYYMMDD
   * @param planId plan of the plate
   * @param lmjm local modified Julian minute; 0 for released spectra
   */
  public record Name(int night, String planId, int lmjm) {}

  /**
   * In which it was taken.
   *
   * @param mjd start, UTC, d
   * @param exposureTime s
   * @param airmass at the start
   * @param moonPhase illuminated fraction
   * @param moonSeparation deg
   */
  public record Conditions(
      double mjd, double exposureTime, double airmass, double moonPhase, double moonSeparation) {}

  /**
   * What its frames hold.
   *
   * @param spectrographs number that recorded it
   * @param spectra number of fibre spectra in all frames
   * @param skiesUsed sky fibres used in all frames
   * @param skiesRejected sky fibres set aside
   * @param fallbacks spectra whose sky by the most demanding method is another's
   */
  public record Content(
      long spectrographs, long spectra, long skiesUsed, long skiesRejected, long fallbacks) {}

  /**
   * How bright the sky was.
   *
   * @param brightness median of held-out sky fibres, electron/s/pixel at throughput 1, by {@link
   *     org.skymi.survey.SkyBand#ordinal()}
   * @param fibres behind it
   */
  public record Sky(double[] brightness, long fibres) {}
}
