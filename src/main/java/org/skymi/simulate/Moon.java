package org.skymi.simulate;

/** How much moonlight a plate is observed in. */
public enum Moon {
  /** The moon is down. */
  DARK(0, 0.2),
  /** Crescent to half moon. */
  GREY(0.2, 0.5),
  /** More than half moon. */
  BRIGHT(0.6, 1);

  private final double leastPhase;
  private final double greatestPhase;

  Moon(double leastPhase, double greatestPhase) {
    this.leastPhase = leastPhase;
    this.greatestPhase = greatestPhase;
  }

  /** The illuminated fraction at a place 0..1 in this moon's range. */
  double phase(double place) {
    return leastPhase + place * (greatestPhase - leastPhase);
  }
}
