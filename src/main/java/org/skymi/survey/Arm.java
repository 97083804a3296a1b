package org.skymi.survey;

/** One of the two arms of a LAMOST spectrograph. */
public enum Arm {
  BLUE('b'),
  RED('r');

  private final char letter;

  Arm(char letter) {
    this.letter = letter;
  }

  /** The arm's letter in file names and in the FITS card ARM: 'b' or 'r'. */
  public char letter() {
    return letter;
  }

  /**
   * The arm of a letter.
   *
   * @throws IllegalArgumentException for anything but 'b' or 'r', in either case
   */
  public static Arm ofLetter(char letter) {
    for (Arm arm : values()) {
      if (arm.letter == Character.toLowerCase(letter)) {
        return arm;
      }
    }
    throw new IllegalArgumentException("arm must be 'b' or 'r', not '" + letter + "'");
  }
}
