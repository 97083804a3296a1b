package org.skymi.simulate;

import java.util.Locale;

/**
 * How a site's sky varies over the field: slopes of the night, waves that the exposure smears, the
 * moon's distance, thin cloud.
 */
final class FieldMaps {
  private static final double KM_PER_DEG = 1.52; // at 87 km height
  private static final double WAVE_SPEED = 0.04; // km/s (Hecht 2007)

  /** How much more a cloud sends down where it is thicker, of its own depth. */
  private static final double CLOUD_LIGHT = 2;

  private final boolean flat;
  private final double[] slopeX = new double[SkyFamily.values().length];
  private final double[] slopeY = new double[SkyFamily.values().length];
  private final double[] wave = new double[SkyFamily.values().length];
  private final double[] waveX = new double[SkyFamily.values().length];
  private final double[] waveY = new double[SkyFamily.values().length];
  private final double[] wavePhase = new double[SkyFamily.values().length];
  private final MoonLight moon;
  private final boolean coloured;
  private final double cloud;
  private final double cloudX;
  private final double cloudY;
  private final double cloudBend;

  FieldMaps(PlateDesign design, int exposure, MoonLight moon) {
    this.moon = moon;
    this.flat = !design.has(Effect.GRADIENTS);
    this.coloured = design.has(Effect.MOONLIGHT);
    Sizes sizes = design.site().sizes();
    RandomStreams night = Shot.nightOf(design).with("maps");
    RandomStreams now = RandomStreams.of(design).with("maps").with(exposure);
    for (SkyFamily f : SkyFamily.values()) {
      drawSlope(f, sizes, night.with(f), now.with(f));
      drawWave(f, sizes, design.exposureTime(), now.with(f));
    }
    boolean cloudy = night.with("cloudy").uniform(0, 1) < sizes.of(Effect.CLOUD, "share of nights");
    cloud = cloudy ? sizes.of(Effect.CLOUD, "depth") * now.with("cloud").uniform(0.5, 1.5) : 0;
    double slope = sizes.of(Effect.CLOUD, "slope");
    cloudX = 10 * slope * now.with("cloud x").gaussian();
    cloudY = 10 * slope * now.with("cloud y").gaussian();
    cloudBend = 2 * slope * now.with("cloud bend").gaussian();
  }

  private void drawSlope(SkyFamily family, Sizes sizes, RandomStreams night, RandomStreams now) {
    boolean glows =
        family != SkyFamily.ZODIACAL && family != SkyFamily.TOWN && family != SkyFamily.HYDROGEN;
    double slope =
        glows
            ? night
                .with("slope")
                .uniform(
                    sizes.of(Effect.GRADIENTS, "least slope"),
                    sizes.of(Effect.GRADIENTS, "greatest slope"))
            : sizes.of(Effect.GRADIENTS, "dark slope");
    double direction =
        night.with("direction").uniform(0, 2 * Math.PI) + 0.3 * now.with("direction").gaussian();
    slopeX[family.ordinal()] = slope * Math.cos(direction);
    slopeY[family.ordinal()] = slope * Math.sin(direction);
  }

  private void drawWave(SkyFamily family, Sizes sizes, double seconds, RandomStreams now) {
    int f = family.ordinal();
    if (family.wave() == 0) {
      return;
    }
    double length = now.with("wave length").uniform(8, 30); // km
    double passed = Math.PI * WAVE_SPEED * seconds / length;
    double smear = Math.sin(passed) / passed;
    wave[f] = sizes.of(Effect.GRADIENTS, "wave") * family.wave() * smear;
    double direction = now.with("wave direction").uniform(0, Math.PI);
    waveX[f] = 2 * Math.PI * KM_PER_DEG / length * Math.cos(direction);
    waveY[f] = 2 * Math.PI * KM_PER_DEG / length * Math.sin(direction);
    wavePhase[f] = now.with("wave phase").uniform(0, 2 * Math.PI);
  }

  /** Depth of the cloud at the plate's centre. */
  double cloudDepth() {
    return cloud;
  }

  /** Strength of a family at a place (deg) relative to the plate's centre. */
  double at(SkyFamily family, double x, double y) {
    double thickness = 1 + cloudX * x + cloudY * y + cloudBend * (x * x + y * y);
    boolean moonlit = family == SkyFamily.MOON || family == SkyFamily.MOON_HAZE;
    double change = family == SkyFamily.MOON_HAZE ? CLOUD_LIGHT : -1;
    double clouds = (1 + change * cloud * thickness) / (1 + change * cloud);
    if (flat) {
      return clouds;
    }
    if (moonlit) {
      return clouds * moonMap(family, x, y);
    }
    int f = family.ordinal();
    double place = waveX[f] * x + waveY[f] * y + wavePhase[f];
    double ripple = Math.sin(place) - Math.sin(wavePhase[f]);
    return clouds * (1 + slopeX[f] * x + slopeY[f] * y + wave[f] * ripple);
  }

  private double moonMap(SkyFamily family, double x, double y) {
    if (!coloured) {
      return moon.map(x, y);
    }
    return family == SkyFamily.MOON ? moon.moleculeMap(x, y) : moon.hazeMap(x, y);
  }

  void describe(Hidden hidden) {
    for (SkyFamily f : SkyFamily.values()) {
      String name = f.name().toLowerCase(Locale.ROOT);
      int k = f.ordinal();
      hidden.frame(Effect.GRADIENTS, "slope_x_" + name, "1/deg", "gradient in x", slopeX[k]);
      hidden.frame(Effect.GRADIENTS, "slope_y_" + name, "1/deg", "gradient in y", slopeY[k]);
    }
    hidden.frame(
        Effect.GRADIENTS,
        "wave_hydroxyl",
        "",
        "amplitude of OH waves after smearing",
        wave[SkyFamily.HYDROXYL.ordinal()]);
    hidden.frame(Effect.CLOUD, "cloud", "", "depth of thin cloud at the plate's centre", cloud);
  }
}
