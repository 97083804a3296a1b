package org.skymi.survey;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * An observing night, named by the local date of its evening.
 *
 * <p>LAMOST's local modified Julian day turns at local noon and is one more than the modified
 * Julian day of the evening's date: LMJD 58575 is the night of 2019-04-01.
 */
public record Night(LocalDate evening) implements Comparable<Night>, Serializable {
  private static final LocalDate MJD_ZERO = LocalDate.of(1858, 11, 17);

  /** The night of a local modified Julian day. */
  public static Night ofLmjd(int lmjd) {
    return new Night(MJD_ZERO.plusDays(lmjd - 1L));
  }

  /**
   * The night of a label like 20190401.
   *
   * @throws IllegalArgumentException if the label is no date
   */
  public static Night parse(String label) {
    try {
      return new Night(LocalDate.parse(label, DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("a night is written YYYYMMDD, not '" + label + "'", e);
    }
  }

  /** The local modified Julian day of this night. */
  public int lmjd() {
    return Math.toIntExact(evening.toEpochDay() - MJD_ZERO.toEpochDay() + 1);
  }

  /** The label, YYYYMMDD. */
  public String label() {
    return evening.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  @Override
  public int compareTo(Night other) {
    return evening.compareTo(other.evening);
  }

  @Override
  public String toString() {
    return label();
  }
}
