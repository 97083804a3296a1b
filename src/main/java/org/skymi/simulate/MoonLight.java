package org.skymi.simulate;

/**
 * Where the moon is and how bright the sky it lights is, relative to a full moon 45 deg away and 45
 * deg high, for which the moon table holds. Scattering angle: Krisciunas &amp; Schaefer 1991, PASP
 * 103, 1033; phase: their law with coefficients that match SkyCalc's lunar days 4 to 14.
 *
 * @param phase illuminated fraction 0..1
 * @param separation from the plate's centre, deg
 * @param direction towards the moon, from +x to +y, rad
 * @param altitude deg; below the horizon it gives no light
 */
record MoonLight(double phase, double separation, double direction, double altitude) {
  private static final double EXTINCTION = 0.3; // mag per airmass at Xinglong, blue-green

  static MoonLight of(PlateDesign design) {
    RandomStreams moon = RandomStreams.of(design).with("moon");
    boolean up = design.moon() != Moon.DARK;
    return new MoonLight(
        design.moon().phase(moon.with("phase").uniform(0, 1)),
        moon.with("separation").uniform(45, 110),
        moon.with("direction").uniform(0, 2 * Math.PI),
        up ? moon.with("altitude").uniform(20, 65) : -20);
  }

  /** Brightness at the plate's centre. */
  double brightness() {
    if (altitude <= 0) {
      return 0;
    }
    double angle = Math.toDegrees(Math.acos(2 * phase - 1));
    double dimming = 0.033 * angle + 2e-9 * Math.pow(angle, 4);
    double airmass = 1 / Math.sin(Math.toRadians(altitude));
    double loss = EXTINCTION * (airmass - 1 / Math.sin(Math.toRadians(45)));
    return Math.pow(10, -0.4 * (dimming + loss)) * scattering(separation) / scattering(45);
  }

  /** Brightness at a place of the field relative to its centre. */
  double map(double x, double y) {
    double towards = x * Math.cos(direction) + y * Math.sin(direction);
    return scattering(separation - towards) / scattering(separation);
  }

  /** The same for the light that the air's molecules scatter. */
  double moleculeMap(double x, double y) {
    double towards = x * Math.cos(direction) + y * Math.sin(direction);
    return molecules(separation - towards) / molecules(separation);
  }

  /** The same for the light that haze scatters. */
  double hazeMap(double x, double y) {
    double towards = x * Math.cos(direction) + y * Math.sin(direction);
    return haze(separation - towards) / haze(separation);
  }

  /** Share of haze in the light at the plate's centre. */
  double hazeShare() {
    return haze(separation) / scattering(separation);
  }

  /** Their equation 20 and 21: Rayleigh and Mie scattering at an angle, deg. */
  private static double scattering(double angle) {
    return molecules(angle) + haze(angle);
  }

  private static double molecules(double angle) {
    double cos = Math.cos(Math.toRadians(angle));
    return Math.pow(10, 5.36) * (1.06 + cos * cos);
  }

  private static double haze(double angle) {
    return Math.pow(10, 6.15 - angle / 40);
  }
}
