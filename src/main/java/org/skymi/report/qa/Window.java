package org.skymi.report.qa;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.text.WordUtils;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/**
 * A stretch of the spectrum whose residuals are tallied, in bins of wavelength.
 *
 * @param arm that records it
 * @param kind whole arms first
 * @param title of its figure
 * @param low lower limit, Angstrom
 * @param high upper limit, Angstrom
 * @param step width of a bin, Angstrom
 */
public record Window(Arm arm, Kind kind, String title, double low, double high, double step)
    implements Comparable<Window>, Serializable {
  private static final Comparator<Window> ORDER =
      Comparator.comparing(Window::kind)
          .thenComparing(Window::arm)
          .thenComparingDouble(Window::low)
          .thenComparingDouble(Window::high)
          .thenComparingDouble(Window::step);

  /** Below this the dark sky is so faint that its noise needs wide bins, Angstrom. */
  private static final double FAINT = 5500;

  private static final Map<Instrument, List<Window>> KNOWN = new ConcurrentHashMap<>();

  /** What a window is for. */
  public enum Kind {
    ARM,
    O_5577,
    O_6300,
    OH,
    BLUE_END
  }

  /**
   * The windows of an instrument: its arms, and what of the strong lines and blue end they hold.
   */
  public static List<Window> of(Instrument instrument) {
    return KNOWN.computeIfAbsent(instrument, Window::find);
  }

  private static List<Window> find(Instrument instrument) {
    List<Window> windows = new ArrayList<>();
    for (Instrument.Optics arm : instrument.optics()) {
      double step = (arm.low() + arm.high()) / 2 < FAINT ? 10 : 5;
      String title = WordUtils.capitalize(arm.arm().label()) + " arm";
      windows.add(new Window(arm.arm(), Kind.ARM, title, arm.low(), arm.high(), step));
    }
    add(windows, instrument, Kind.O_5577, "[O I] 5577 Å", 5547, 5607, 1);
    add(windows, instrument, Kind.O_6300, "[O I] 6300 and 6364 Å", 6270, 6390, 1);
    add(windows, instrument, Kind.OH, "OH %.0f-%.0f Å", 7300, 8000, 2);
    add(windows, instrument, Kind.BLUE_END, "Blue end, to %2$.0f Å", 0, 4500, 8);
    return List.copyOf(windows);
  }

  /** Adds what one arm holds of a range, if it holds any. */
  private static void add(
      List<Window> to,
      Instrument instrument,
      Kind kind,
      String title,
      double from,
      double end,
      double step) {
    Instrument.Optics arm = instrument.at((from + end) / 2);
    double low = Math.max(from, arm.low());
    double high = Math.min(end, arm.high());
    if (high - low >= step) {
      String named = String.format(Locale.ROOT, title, low, high);
      to.add(new Window(arm.arm(), kind, named, low, high, step));
    }
  }

  int bins() {
    return (int) Math.round((high - low) / step);
  }

  /** The bin of a wavelength, Angstrom; -1 outside. */
  int bin(double wavelength) {
    return wavelength < low || wavelength >= low + bins() * step
        ? -1
        : (int) ((wavelength - low) / step);
  }

  /** Middle of a bin, Angstrom. */
  double wavelength(int bin) {
    return low + (bin + 0.5) * step;
  }

  @Override
  public int compareTo(Window other) {
    return ORDER.compare(this, other);
  }
}
