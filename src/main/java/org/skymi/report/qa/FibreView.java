package org.skymi.report.qa;

import org.skymi.survey.Instrument;

/**
 * A fibre in one arm: medians over the exposures of a plate, or of a whole campaign. NaN where
 * nothing is known.
 *
 * @param plate whose fibre it is; empty if of a whole campaign
 * @param arm {@code b}, {@code r}, or {@code c} for released spectra
 * @param spectrograph from 1
 * @param fibreId from 1
 * @param x in the focal plane: deg, of released spectra mm
 * @param y in the focal plane
 * @param throughput relative to the spectrograph's mean
 * @param shift of the wavelength solution, Angstrom
 * @param widthChange second moment of the line spread, Angstrom^2
 * @param superBias signed residual of Super Sky, %: of the 4500-5500 Angstrom sky in the blue arm
 *     (held-out sky fibres), of the sky's lines in the red; of released spectra the rms of
 *     residuals over their noise
 * @param smiBias the same of SMI
 * @param superFloor what Super Sky leaves, %: after photon noise in held-out sky fibres; of
 *     released spectra in sky lines
 * @param smiFloor the same of SMI
 */
public record FibreView(
    String plate,
    String arm,
    int spectrograph,
    int fibreId,
    double x,
    double y,
    double throughput,
    double shift,
    double widthChange,
    double superBias,
    double smiBias,
    double superFloor,
    double smiFloor) {
  static final int FIBRES = Instrument.LAMOST.fibres();

  /** Fibres of all spectrographs in one row. */
  double number() {
    return (spectrograph - 1) * FIBRES + fibreId;
  }
}
