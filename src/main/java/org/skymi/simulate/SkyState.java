package org.skymi.simulate;

/**
 * The matched world's sky of one exposure: how strong each species is, and how each family varies
 * over the field.
 */
final class SkyState implements Sky {
  private static final double OH_NIGHT_SCATTER = 0.2;

  private final double[] strength = new double[SkySpecies.values().length];
  private final double[] slopeX = new double[SkyFamily.values().length];
  private final double[] slopeY = new double[SkyFamily.values().length];
  private final double[] wave = new double[SkyFamily.values().length];
  private final double[] waveNumber = new double[SkyFamily.values().length];
  private final double[] waveDirection = new double[SkyFamily.values().length];
  private final double[] wavePhase = new double[SkyFamily.values().length];
  private final MoonLight moon;
  private final double temperatureChange;
  private final boolean flat;

  /**
   * The sky of an exposure.
   *
   * @param exposure 0, 1, 2 ...
   */
  SkyState(PlateDesign design, int exposure) {
    RandomStreams night = RandomStreams.of(design).with("night sky");
    RandomStreams now = RandomStreams.of(design).with("sky").with(exposure);
    moon = MoonLight.of(design);
    flat = !design.has(Effect.GRADIENTS);
    double hydroxyl = OH_NIGHT_SCATTER * night.with("hydroxyl").gaussian();
    for (SkySpecies s : SkySpecies.values()) {
      double log =
          s.nightScatter() * night.with(s).gaussian()
              + s.exposureScatter() * now.with(s).gaussian();
      if (s.family() == SkyFamily.HYDROXYL) {
        log += hydroxyl;
      }
      strength[s.ordinal()] = s.level() * Math.exp(log);
    }
    strength[SkySpecies.MOON.ordinal()] *= moon.brightness();
    strength[SkySpecies.MOON_HAZE.ordinal()] = 0;
    temperatureChange =
        8 * night.with("temperature").gaussian() + 3 * now.with("temperature").gaussian();
    for (SkyFamily f : SkyFamily.values()) {
      drawMap(f, night.with(f), now.with(f));
    }
  }

  private void drawMap(SkyFamily family, RandomStreams night, RandomStreams now) {
    int f = family.ordinal();
    double slope = night.with("slope").uniform(family.leastSlope(), family.greatestSlope()) / 100;
    double direction =
        night.with("direction").uniform(0, 2 * Math.PI) + 0.3 * now.with("direction").gaussian();
    slopeX[f] = slope * Math.cos(direction);
    slopeY[f] = slope * Math.sin(direction);
    wave[f] = family.wave() / 100 * now.with("wave").uniform(0.7, 1.3);
    waveNumber[f] = 2 * Math.PI / now.with("wave length").uniform(1.5, 5);
    waveDirection[f] = now.with("wave direction").uniform(0, Math.PI);
    wavePhase[f] = now.with("wave phase").uniform(0, 2 * Math.PI);
  }

  @Override
  public double strength(SkySpecies species) {
    return strength[species.ordinal()];
  }

  @Override
  public double temperatureChange(SkySpecies band) {
    return temperatureChange;
  }

  @Override
  public MoonLight moon() {
    return moon;
  }

  @Override
  public double map(SkyFamily family, double x, double y) {
    if (flat) {
      return 1;
    }
    if (family == SkyFamily.MOON) {
      return moon.map(x, y);
    }
    int f = family.ordinal();
    double along = x * Math.cos(waveDirection[f]) + y * Math.sin(waveDirection[f]);
    double ripple = Math.sin(waveNumber[f] * along + wavePhase[f]) - Math.sin(wavePhase[f]);
    return 1 + slopeX[f] * x + slopeY[f] * y + wave[f] * ripple;
  }
}
