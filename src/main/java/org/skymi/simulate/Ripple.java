package org.skymi.simulate;

/** The etalon of a thin gap in each fibre's connector, whose phase drifts within hours. */
final class Ripple implements Transmission {
  private final double[] amplitude;
  private final double[] gap;
  private final double[] phase;

  Ripple(Shot shot) {
    Sizes sizes = shot.sizes();
    int n = shot.fibres();
    amplitude = new double[n];
    gap = new double[n];
    phase = new double[n];
    double low = 1e4 * sizes.form(Effect.RIPPLE, "thinnest gap");
    double high = 1e4 * sizes.form(Effect.RIPPLE, "widest gap");
    for (int i = 0; i < n; i++) {
      Habits fibre = shot.habits().with("fibre").with(i).with("ripple");
      RandomStreams night = shot.night().with("ripple").with(i);
      amplitude[i] =
          sizes.of(Effect.RIPPLE, "amplitude") * Math.exp(0.5 * fibre.gaussian() - 0.125);
      gap[i] = fibre.uniform(low, high);
      double drift = sizes.of(Effect.RIPPLE, "drift") * night.with("drift").gaussian();
      phase[i] = night.uniform(0, 2 * Math.PI) + drift * shot.hours();
    }
  }

  @Override
  public double at(int fibre, double wavelength) {
    double wave = Math.cos(4 * Math.PI * gap[fibre] / wavelength + phase[fibre]);
    return 1 + amplitude[fibre] * wave;
  }

  @Override
  public void describe(Hidden hidden) {
    hidden.fibre(Effect.RIPPLE, "ripple", "", "amplitude of the connector's ripple", amplitude);
    hidden.fibre(Effect.RIPPLE, "ripple_gap", "Angstrom", "width of the connector's gap", gap);
    hidden.fibre(Effect.RIPPLE, "ripple_phase", "rad", "phase of the ripple", phase);
  }
}
