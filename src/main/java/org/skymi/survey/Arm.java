package org.skymi.survey;

/** An arm of a spectrograph: the part of the spectrum that one of its cameras records. */
public enum Arm {
  BLUE('b', "blue"),
  RED('r', "red");

  private final char letter;
  private final String label;

  Arm(char letter, String label) {
    this.letter = letter;
    this.label = label;
  }

  /** The arm's name in prose: "blue" or "red". */
  public String label() {
    return label;
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
