package org.skymi.report.qa;

import java.util.Map;
import org.skymi.sky.judge.Method;
import org.skymi.survey.Instrument;

/**
 * A fibre in one arm: medians over the exposures of a plate, or of a whole campaign. NaN where
 * nothing is known.
 *
 * @param place which fibre, and where
 * @param calibration what its sky lines say of it
 * @param residuals what each method leaves
 */
public record FibreView(Place place, Calibration calibration, Map<Method, Residual> residuals) {
  /**
   * Which fibre, and where.
   *
   * @param plate whose fibre it is; empty if of a whole campaign
   * @param instrument of the plate, or of one of the campaign's
   * @param arm {@code b}, {@code r}, or {@code c} for released spectra
   * @param spectrograph from 1
   * @param fibreId from 1
   * @param x in the focal plane: deg, of released spectra mm
   * @param y in the focal plane
   */
  public record Place(
      String plate,
      Instrument instrument,
      String arm,
      int spectrograph,
      int fibreId,
      double x,
      double y) {}

  /**
   * What a fibre's sky lines say of it.
   *
   * @param throughput relative to the spectrograph's mean
   * @param shift of the wavelength solution, Angstrom
   * @param widthChange second moment of the line spread, Angstrom^2
   */
  public record Calibration(double throughput, double shift, double widthChange) {}

  /**
   * What a method leaves of the sky.
   *
   * @param bias signed residual, %: of the 4500-5500 Angstrom sky in the blue arm (held-out sky
   *     fibres), of the sky's lines in the red; of released spectra the rms of residuals over their
   *     noise
   * @param floor what is left after photon noise in held-out sky fibres, %; of released spectra in
   *     sky lines
   */
  public record Residual(double bias, double floor) {
    static final Residual UNKNOWN = new Residual(Double.NaN, Double.NaN);
  }

  /** See {@link Residual#bias}. */
  double bias(Method method) {
    return residuals.getOrDefault(method, Residual.UNKNOWN).bias();
  }

  /** See {@link Residual#floor}. */
  double floor(Method method) {
    return residuals.getOrDefault(method, Residual.UNKNOWN).floor();
  }

  /** Fibres of all spectrographs in one row. */
  double number() {
    return place.instrument.place(place.spectrograph, place.fibreId) + 1.0;
  }
}
