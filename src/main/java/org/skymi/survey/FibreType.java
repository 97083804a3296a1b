package org.skymi.survey;

import java.util.Optional;

/** What a fibre was pointed at, with its label in the FITS column FIBERTYPE. */
public enum FibreType {
  OBJECT("Obj"),
  SKY("Sky"),
  STANDARD("F-std"),
  UNUSED("Unused"),
  POSITION_ERROR("PosErr"),
  DEAD("Dead");

  private final String label;

  FibreType(String label) {
    this.label = label;
  }

  /** The label in FIBERTYPE. */
  public String label() {
    return label;
  }

  /** Whether the fibre may hold light of an object that somebody asked for. */
  public boolean isTarget() {
    return this == OBJECT || this == STANDARD;
  }

  /** The type of a FIBERTYPE label, in any case and with blanks around it; empty if unknown. */
  public static Optional<FibreType> ofLabel(String label) {
    String wanted = label.strip();
    for (FibreType type : values()) {
      if (type.label.equalsIgnoreCase(wanted)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
