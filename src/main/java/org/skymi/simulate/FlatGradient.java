package org.skymi.simulate;

/** A flat screen or twilight that is not even over the field: linear and radial. */
final class FlatGradient implements Transmission {
  private static final double EDGE = 2.5; // deg

  private final double[] factor;

  FlatGradient(Shot shot, FocalPlane plane) {
    Sizes sizes = shot.sizes();
    RandomStreams night = Shot.nightOf(shot.design()).with("flat");
    boolean bad =
        night.with("bad").uniform(0, 1) < sizes.of(Effect.FLAT_GRADIENT, "bad night share");
    double[] habit =
        draw(shot.design().site().streams().with("flat"), sizes.of(Effect.FLAT_GRADIENT, "site"));
    double[] now = draw(night, sizes.of(Effect.FLAT_GRADIENT, bad ? "bad night" : "night"));
    factor = new double[shot.fibres()];
    for (int i = 0; i < factor.length; i++) {
      double x = plane.map().x()[i] / EDGE;
      double y = plane.map().y()[i] / EDGE;
      factor[i] = (1 + value(habit, x, y)) * (1 + value(now, x, y));
    }
  }

  /** Slopes and radial term; the map's rms over the field is the size. */
  private static double[] draw(RandomStreams streams, double size) {
    return new double[] {
      size * Math.sqrt(4.0 / 3) * streams.with("x").gaussian(),
      size * Math.sqrt(4.0 / 3) * streams.with("y").gaussian(),
      size * Math.sqrt(12.0 / 3) * streams.with("radial").gaussian()
    };
  }

  private static double value(double[] c, double x, double y) {
    return c[0] * x + c[1] * y + c[2] * (x * x + y * y - 0.5);
  }

  @Override
  public double at(int fibre, double wavelength) {
    return factor[fibre];
  }

  @Override
  public void describe(Hidden hidden) {
    hidden.fibre(Effect.FLAT_GRADIENT, "flat", "", "what the flat's gradient leaves", factor);
  }
}
