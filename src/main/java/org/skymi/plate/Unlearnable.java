package org.skymi.plate;

import org.skymi.survey.InputException;

/** Plates that no base model can be learnt from, whatever else is good about them. */
public final class Unlearnable extends InputException {
  private static final long serialVersionUID = 1;

  public Unlearnable(String message) {
    super(message);
  }

  /** The same as thrown elsewhere. */
  public Unlearnable(Unlearnable cause) {
    super(cause.getMessage(), cause);
  }
}
