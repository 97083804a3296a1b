package org.skymi.survey;

/**
 * Something outside the program is not as it must be: a file, a folder, a setting, the environment.
 * The message names it and says why, in one line, for the person who runs the program.
 */
public class InputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
