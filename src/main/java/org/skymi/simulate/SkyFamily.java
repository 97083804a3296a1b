package org.skymi.simulate;

/** Kinds of sky light that share one map over the field. */
enum SkyFamily {
  ZODIACAL(0.1, 0.4, 0),
  AIRGLOW_CONTINUUM(1, 2, 0),
  /** Its map follows from the moon's distance, not from a random slope. */
  MOON(0, 0, 0),
  MOON_HAZE(0, 0, 0),
  TOWN(0.3, 1, 0),
  OXYGEN(1, 2, 0.3),
  SODIUM(1, 2, 0.3),
  NITROGEN(1, 2, 0.3),
  HYDROGEN(0.1, 0.5, 0),
  MOLECULAR_OXYGEN(1, 2, 0.3),
  HYDROXYL(1, 2, 1);

  private final double leastSlope;
  private final double greatestSlope;
  private final double wave;

  SkyFamily(double leastSlope, double greatestSlope, double wave) {
    this.leastSlope = leastSlope;
    this.greatestSlope = greatestSlope;
    this.wave = wave;
  }

  /** Least gradient over the field, %/deg. */
  double leastSlope() {
    return leastSlope;
  }

  /** Greatest gradient over the field, %/deg. */
  double greatestSlope() {
    return greatestSlope;
  }

  /** Typical amplitude of gravity waves, %. */
  double wave() {
    return wave;
  }
}
