package org.skymi.simulate;

import java.util.Locale;

/**
 * A site's sky of one exposure: airglow by vibrational level and temperature, seen through the
 * night's air, moonlight of two colours, thin cloud, and how each family varies over the field.
 */
final class SiteSky implements Sky {
  private static final int LOWEST_LEVEL = 4;
  private static final int LEVELS = 6; // v' = 4..9
  private static final double MEAN_AIRMASS = 1.12; // of the line list
  private static final double WATER_FROM = 7000; // Angstrom; oxygen absorbs below and at 7600
  private static final double[] OXYGEN_A = {7580, 7720};

  private final PlateDesign design;
  private final Sizes sizes;
  private final double[] strength = new double[SkySpecies.values().length];
  private final double[] level = new double[LEVELS];
  private final double[] temperature = new double[LEVELS];
  private final double airmass;
  private final double water;
  private final MoonLight moon;
  private final FieldMaps maps;

  /**
   * The sky of an exposure.
   *
   * @param exposure 0, 1, 2 ...
   */
  SiteSky(PlateDesign design, int exposure) {
    this.design = design;
    this.sizes = design.site().sizes();
    RandomStreams night = Shot.nightOf(design).with("sky");
    RandomStreams now = RandomStreams.of(design).with("sky").with(exposure);
    moon = MoonLight.of(design);
    airmass = PlateSimulator.airmass(design, exposure);
    double dampness = sizes.of(Effect.TELLURIC, "water scatter");
    water = Math.exp(dampness * night.with("water").gaussian());
    drawLevels(night.with("hydroxyl"), now.with("hydroxyl"));
    double haze =
        sizes.of(Effect.MOONLIGHT, "haze scatter") * night.with("haze").gaussian()
            + sizes.of(Effect.MOONLIGHT, "exposure") * now.with("haze").gaussian();
    double other = sizes.of(Effect.AIRGLOW, "other species");
    for (SkySpecies s : SkySpecies.values()) {
      double log =
          s.family() == SkyFamily.HYDROXYL
              ? level[levelOf(s)]
              : other
                  * (s.nightScatter() * night.with(s).gaussian()
                      + s.exposureScatter() * now.with(s).gaussian());
      strength[s.ordinal()] = s.level() * Math.exp(log);
    }
    maps = new FieldMaps(design, exposure, moon);
    double molecules = design.has(Effect.MOONLIGHT) ? 1 - moon.hazeShare() : 1;
    double thin = maps.cloudDepth();
    strength[SkySpecies.MOON.ordinal()] *= molecules * moon.brightness() * (1 - thin);
    // Cloud sends down light of the moon that clear air would have let pass.
    strength[SkySpecies.MOON_HAZE.ordinal()] *=
        moon.brightness() * ((1 - molecules) * Math.exp(haze) + 2 * thin);
  }

  private void drawLevels(RandomStreams night, RandomStreams now) {
    Effect e = Effect.AIRGLOW;
    double all =
        sizes.of(e, "hydroxyl of night") * night.gaussian()
            + sizes.of(e, "hydroxyl of exposure") * now.gaussian();
    double vibration =
        sizes.of(e, "vibration of night") * night.with("vibration").gaussian()
            + sizes.of(e, "vibration of exposure") * now.with("vibration").gaussian();
    double warmth =
        sizes.of(e, "temperature of night") * night.with("temperature").gaussian()
            + sizes.of(e, "temperature of exposure") * now.with("temperature").gaussian();
    for (int v = 0; v < LEVELS; v++) {
      RandomStreams own = night.with("level").with(v);
      double middle = v - 0.5 * (LEVELS - 1);
      level[v] = all + vibration * middle + sizes.of(e, "level of night") * own.gaussian();
      temperature[v] =
          warmth + sizes.of(e, "temperature of level") * own.with("temperature").gaussian();
    }
  }

  /** Upper vibrational level of a band named OH_v'_v'', as an index. */
  private static int levelOf(SkySpecies band) {
    return band.name().charAt("OH_".length()) - '0' - LOWEST_LEVEL;
  }

  @Override
  public double strength(SkySpecies species) {
    return strength[species.ordinal()];
  }

  @Override
  public double temperatureChange(SkySpecies band) {
    return band.family() == SkyFamily.HYDROXYL ? temperature[levelOf(band)] : 0;
  }

  /**
   * The line list holds what came through the air of its night; a line as narrow as airglow's meets
   * either a line of the air or none, so depths differ from line to line.
   */
  @Override
  public double transmission(double wavelength) {
    if (!design.has(Effect.TELLURIC)) {
      return 1;
    }
    double meeting =
        RandomStreams.of(0).with("air").with(Math.round(100 * wavelength)).uniform(0, 1);
    double depth = -Math.log(1 - meeting) * opticalDepth(wavelength);
    return Math.exp(-depth * (air(wavelength) - 1));
  }

  private static double opticalDepth(double wavelength) {
    int i = FineGrid.index(wavelength);
    return i < 0 || i >= FineGrid.SIZE ? 0 : -Math.log(Response.telluric()[i]);
  }

  /** How much air, or water in it, there is, relative to the line list's. */
  private double air(double wavelength) {
    boolean oxygen =
        wavelength < WATER_FROM || (wavelength > OXYGEN_A[0] && wavelength < OXYGEN_A[1]);
    return airmass / MEAN_AIRMASS * (oxygen ? 1 : water);
  }

  @Override
  public double tint(SkySpecies species, double wavelength) {
    return switch (species) {
      case MOON ->
          design.has(Effect.MOONLIGHT) ? sunlit(wavelength) * Math.pow(wavelength / 5000, -1) : 1;
      case MOON_HAZE -> sunlit(wavelength) * Math.pow(wavelength / 5000, 0.8);
      case ZODIACAL -> sunlit(wavelength);
      default -> 1;
    };
  }

  private double sunlit(double wavelength) {
    double depth = opticalDepth(wavelength);
    return depth == 0 || !design.has(Effect.TELLURIC)
        ? 1
        : Math.exp(-depth * (air(wavelength) - 1));
  }

  @Override
  public MoonLight moon() {
    return moon;
  }

  @Override
  public double map(SkyFamily family, double x, double y) {
    return maps.at(family, x, y);
  }

  @Override
  public void describe(Hidden hidden) {
    Effect e = Effect.AIRGLOW;
    for (SkySpecies s : SkySpecies.values()) {
      String name = s.name().toLowerCase(Locale.ROOT);
      boolean moonlit = s.family() == SkyFamily.MOON || s.family() == SkyFamily.MOON_HAZE;
      hidden.frame(
          moonlit ? Effect.MOONLIGHT : e,
          "strength_" + name,
          "",
          "of the species, relative to its table",
          strength(s));
    }
    for (int v = 0; v < LEVELS; v++) {
      int number = v + LOWEST_LEVEL;
      hidden.frame(
          e,
          "temperature_" + number,
          "K",
          "rotational temperature of OH v' = " + number + " less the line list's",
          temperature[v]);
    }
    hidden.frame(Effect.TELLURIC, "water", "", "water in the air, relative to usual", water);
    hidden.frame(Effect.MOONLIGHT, "moon_phase", "", "illuminated fraction", moon.phase());
    hidden.frame(Effect.MOONLIGHT, "moon_altitude", "deg", "of the moon", moon.altitude());
    maps.describe(hidden);
  }
}
