package org.skymi.survey;

import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An arm of a spectrograph: the part of the spectrum that one of its cameras records. Arms are
 * sorted by their letters, as rows of tables are; there is one object of each, so that they may be
 * compared by identity.
 */
public final class Arm implements Comparable<Arm>, Serializable {
  private static final long serialVersionUID = 1;
  private static final Map<String, Arm> KNOWN = new ConcurrentHashMap<>();

  /** The first arm of spectrographs that have a blue one, as LAMOST's. */
  public static final Arm BLUE = of(0, 'b', "blue");

  /** The arm next to it. */
  public static final Arm RED = of(1, 'r', "red");

  private final int ordinal;
  private final char letter;
  private final String label;

  private Arm(int ordinal, char letter, String label) {
    this.ordinal = ordinal;
    this.letter = letter;
    this.label = label;
  }

  /**
   * An arm.
   *
   * @param ordinal place among the arms of its spectrograph, from 0 at the blue end
   * @param letter in file names and tables, lower case
   * @param label its name in prose
   */
  public static Arm of(int ordinal, char letter, String label) {
    return KNOWN.computeIfAbsent(
        ordinal + " " + letter + " " + label, k -> new Arm(ordinal, letter, label));
  }

  /** Place among the arms of its spectrograph, from 0 at the blue end. */
  public int ordinal() {
    return ordinal;
  }

  /** The arm's name in prose: "blue". */
  public String label() {
    return label;
  }

  /** The arm's name in upper case, for files of models and seeds. */
  public String name() {
    return label.toUpperCase(Locale.ROOT);
  }

  /** The arm's letter in file names and in the FITS card ARM: 'b'. */
  public char letter() {
    return letter;
  }

  @Override
  public int compareTo(Arm other) {
    int place = Character.compare(letter, other.letter);
    place = place != 0 ? place : Integer.compare(ordinal, other.ordinal);
    return place != 0 ? place : label.compareTo(other.label);
  }

  @Override
  public String toString() {
    return name();
  }

  private Object readResolve() {
    return of(ordinal, letter, label);
  }
}
