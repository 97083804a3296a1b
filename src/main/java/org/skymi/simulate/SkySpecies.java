package org.skymi.simulate;

/**
 * Kinds of sky light whose strength varies by itself from night to night and from exposure to
 * exposure. The names are those of the line lists.
 */
enum SkySpecies {
  ZODIACAL(SkyFamily.ZODIACAL, 1.2, 0.10, 0.01),
  AIRGLOW_CONTINUUM(SkyFamily.AIRGLOW_CONTINUUM, 1.2, 0.12, 0.03),
  MOON(SkyFamily.MOON, 1, 0, 0.03),
  /** Moonlight that aerosols scatter, where it is told apart from what molecules scatter. */
  MOON_HAZE(SkyFamily.MOON_HAZE, 1, 0, 0.03),
  TOWN_MERCURY(SkyFamily.TOWN, 1, 0.25, 0.05),
  TOWN_SODIUM(SkyFamily.TOWN, 1, 0.25, 0.05),
  OI5577(SkyFamily.OXYGEN, 0.45, 0.20, 0.06),
  OI6300(SkyFamily.OXYGEN, 0.35, 0.30, 0.10),
  NAD(SkyFamily.SODIUM, 1, 0.20, 0.06),
  NI(SkyFamily.NITROGEN, 0.5, 0.25, 0.08),
  H(SkyFamily.HYDROGEN, 1, 0.10, 0.03),
  HERZBERG(SkyFamily.MOLECULAR_OXYGEN, 1, 0.20, 0.06),
  O2(SkyFamily.MOLECULAR_OXYGEN, 1, 0.20, 0.06),
  OH_8_1(4904),
  OH_9_2(5201),
  OH_6_0(5274),
  OH_7_1(5564),
  OH_8_2(5888),
  OH_5_0(6170),
  OH_9_3(6258),
  OH_6_1(6499),
  OH_7_2(6863),
  OH_8_3(7277),
  OH_4_0(7524),
  OH_9_4(7752),
  OH_5_1(7914),
  OH_6_2(8345),
  OH_7_3(8828);

  private final SkyFamily family;
  private final double level;
  private final double nightScatter;
  private final double exposureScatter;
  private final double origin;

  SkySpecies(SkyFamily family, double level, double nightScatter, double exposureScatter) {
    this.family = family;
    this.level = level;
    this.nightScatter = nightScatter;
    this.exposureScatter = exposureScatter;
    this.origin = Double.NaN;
  }

  SkySpecies(double origin) {
    this.family = SkyFamily.HYDROXYL;
    this.level = 1;
    this.nightScatter = 0.05; // on top of 20 % that all bands share
    this.exposureScatter = 0.04;
    this.origin = origin;
  }

  SkyFamily family() {
    return family;
  }

  /** Median strength relative to the tables, which are of other sites. */
  double level() {
    return level;
  }

  /** Scatter from night to night, natural logarithm. */
  double nightScatter() {
    return nightScatter;
  }

  /** Scatter between the exposures of a plate, natural logarithm. */
  double exposureScatter() {
    return exposureScatter;
  }

  /** Origin (Q branch) of an OH Meinel band, Angstrom in vacuum; NaN for others. */
  double origin() {
    return origin;
  }
}
