package org.skymi.report.qa;

import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/**
 * Stretches of the spectrum whose residuals are tallied, in bins of wavelength; of LAMOST's range,
 * which is used of every instrument.
 */
public enum Window {
  BLUE(Instrument.LAMOST.arm(Arm.BLUE), "Blue arm", 10),
  RED(Instrument.LAMOST.arm(Arm.RED), "Red arm", 5),
  BLUE_END(Arm.BLUE, "Blue end, to 4500 Å", Instrument.LAMOST.arm(Arm.BLUE).low(), 4500, 8),
  O_5577(Arm.BLUE, "[O I] 5577 Å", 5547, 5607, 1),
  O_6300(Arm.RED, "[O I] 6300 and 6364 Å", 6270, 6390, 1),
  OH(Arm.RED, "OH 7300-8000 Å", 7300, 8000, 2);

  private final Arm arm;
  private final String title;
  private final double low;
  private final double high;
  private final double step;

  Window(Instrument.Optics optics, String title, double step) {
    this(optics.arm(), title, optics.low(), optics.high(), step);
  }

  Window(Arm arm, String title, double low, double high, double step) {
    this.arm = arm;
    this.title = title;
    this.low = low;
    this.high = high;
    this.step = step;
  }

  Arm arm() {
    return arm;
  }

  String title() {
    return title;
  }

  double low() {
    return low;
  }

  double high() {
    return high;
  }

  /** Angstrom. */
  double step() {
    return step;
  }

  int bins() {
    return (int) Math.round((high - low) / step);
  }

  /** The bin of a wavelength, Angstrom; -1 outside. */
  int bin(double wavelength) {
    return wavelength < low || wavelength >= high ? -1 : (int) ((wavelength - low) / step);
  }

  /** Middle of a bin, Angstrom. */
  double wavelength(int bin) {
    return low + (bin + 0.5) * step;
  }
}
