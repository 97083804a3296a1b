package org.skymi.experiment;

import java.util.function.UnaryOperator;
import org.skymi.smi.NetworkSettings;
import org.skymi.smi.NetworkSettings.Terms;

/** The networks' sky, with one part of it left out. */
public enum SmiVariant {
  DEFAULT("smi", t -> t),
  NO_COMMON_INFORMATION("no information between halves", t -> terms(t, 0, t.adjoining())),
  NO_INDIVIDUAL_INFORMATION("no bounds on fibres' own parts", t -> terms(t, t.alike(), 0)),
  NO_COMMON(
      "no common part", t -> new Terms(0, t.adjoining(), 0, false, t.individual(), t.place())),
  NO_INDIVIDUAL(
      "no individual part", t -> new Terms(t.alike(), 0, 0, t.common(), false, t.place())),
  NO_PLACE(
      "no place",
      t -> new Terms(t.alike(), t.adjoining(), t.shared(), t.common(), t.individual(), false)),
  NO_WINDOWS("no windows of its own", t -> t),
  NOT_ADAPTED("no training on the plate", t -> t),
  UNTRAINED("untrained", t -> t);

  private final String label;
  private final UnaryOperator<Terms> terms;

  SmiVariant(String label, UnaryOperator<Terms> terms) {
    this.label = label;
    this.terms = terms;
  }

  private static Terms terms(Terms t, double alike, double own) {
    return new Terms(alike, own, own, t.common(), t.individual(), t.place());
  }

  /** For tables. */
  public String label() {
    return this == DEFAULT ? label : "smi, " + label;
  }

  /** How its networks are trained. */
  NetworkSettings settings(NetworkSettings all) {
    NetworkSettings own = all.with(terms.apply(all.terms()));
    return this == UNTRAINED ? own.with(own.training().of(0)) : own;
  }

  /** The variant whose networks it takes. */
  SmiVariant trained() {
    return this == NO_WINDOWS || this == NOT_ADAPTED ? DEFAULT : this;
  }

  /** Whether a fibre's own data correct what is expected of it. */
  boolean seesItself() {
    return this != NO_WINDOWS;
  }

  /** Whether networks are trained on the plate that is judged. */
  boolean adapts() {
    return this != NOT_ADAPTED && this != UNTRAINED;
  }
}
