package org.skymi.campaign;

/** A run's account does not add up: the program is wrong, and nothing is committed. */
public final class IncompleteException extends RuntimeException {
  private static final long serialVersionUID = 1;

  IncompleteException(String message) {
    super(message);
  }
}
