package org.skymi.survey;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A wavelength band in which sky estimates are compared; which of them an instrument is judged in,
 * its file says. Those of all instruments together are columns of the tables, and so the same for
 * all plates.
 *
 * @param letter of the arm that it is named after
 * @param low lower limit, Angstrom in vacuum, inclusive
 * @param high upper limit, exclusive
 */
public record SkyBand(char letter, double low, double high) implements Serializable {
  public static final SkyBand B3700_4000 = new SkyBand('b', 3700, 4000);
  public static final SkyBand B4000_4500 = new SkyBand('b', 4000, 4500);
  public static final SkyBand B4500_5500 = new SkyBand('b', 4500, 5500);
  public static final SkyBand R6000_6800 = new SkyBand('r', 6000, 6800);
  public static final SkyBand R7000_8000 = new SkyBand('r', 7000, 8000);
  public static final SkyBand R8200_9000 = new SkyBand('r', 8200, 9000);

  /** Those of instruments that name none. */
  static final List<SkyBand> USUAL =
      List.of(B3700_4000, B4000_4500, B4500_5500, R6000_6800, R7000_8000, R8200_9000);

  private static final Pattern NAME = Pattern.compile("([a-z])([0-9]{1,6})_([0-9]{1,6})");

  /** Made when first asked for: tables can't change their columns while a program runs. */
  private static volatile List<SkyBand> all;

  /**
   * The bands of all instruments that are known when it is first called, LAMOST's first.
   *
   * @throws InputException if a file of users' own instruments does not describe one
   */
  public static List<SkyBand> all() {
    if (all == null) {
      all =
          Stream.concat(Stream.of(Instrument.LAMOST), Instrument.known().stream())
              .flatMap(i -> i.bands().stream())
              .distinct()
              .toList();
    }
    return all;
  }

  /**
   * The band of a name like {@code b3700_4000}.
   *
   * @throws IllegalArgumentException if it is no such name
   */
  static SkyBand of(String key) {
    Matcher parts = NAME.matcher(key);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) >= Integer.parseInt(parts.group(3))) {
      throw new IllegalArgumentException("'" + key + "' is no band like b3700_4000");
    }
    return new SkyBand(
        key.charAt(0), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
  }

  /** Its name in columns of tables: {@code b3700_4000}. */
  public String key() {
    return String.format(Locale.ROOT, "%c%.0f_%.0f", letter, low, high);
  }

  /** Place among {@link #all}. */
  public int ordinal() {
    return all().indexOf(this);
  }

  /**
   * Whether a detector's edge cuts none of the band off.
   *
   * @param wavelength of its pixels, increasing, at least one
   */
  public boolean isWithin(double[] wavelength) {
    return wavelength[0] <= low + 1 && wavelength[wavelength.length - 1] >= high - 1;
  }

  /** Whether a wavelength lies in the band. */
  public boolean contains(double wavelength) {
    return wavelength >= low && wavelength < high;
  }
}
