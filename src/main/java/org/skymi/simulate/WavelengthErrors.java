package org.skymi.simulate;

/**
 * How far the wavelength solution is off: a smooth quintic and local knots of each fibre, and what
 * temperature does to the whole arm in a night and an exposure.
 */
final class WavelengthErrors {
  private static final int DEGREE = 5;

  private final Shot shot;
  private final double[] range;
  private final double step;
  private final double[][] quintic;
  private final double[][] knots;
  private final double shift;
  private final double slope;
  private final double curvature;

  WavelengthErrors(Shot shot, double[] range) {
    this.shot = shot;
    this.range = range;
    Sizes sizes = shot.sizes();
    Habits habits = shot.armHabits().with("wavelength");
    step = sizes.form(Effect.WAVELENGTH_ERRORS, "knot distance");
    int n = shot.fibres();
    int k = (int) Math.ceil((range[1] - range[0]) / step) + 3;
    quintic = new double[n][DEGREE + 1];
    knots = new double[n][k];
    double smooth = sizes.of(Effect.WAVELENGTH_ERRORS, "smooth") / Math.sqrt(1.49);
    double local = sizes.of(Effect.WAVELENGTH_ERRORS, "knots");
    for (int d = 0; d <= DEGREE; d++) {
      var along = habits.with("quintic").with(d).field(0.8 * smooth / (d + 1));
      for (int i = 0; i < n; i++) {
        double own = habits.with("fibre").with(i).with("quintic").with(d).gaussian();
        quintic[i][d] =
            Math.sqrt(2 * d + 1)
                * (along.applyAsDouble(shot.slit(i), 0) + 0.6 * smooth / (d + 1) * own);
      }
    }
    for (int j = 0; j < k; j++) {
      var along = habits.with("knots").with(j).field(0.7 * local);
      for (int i = 0; i < n; i++) {
        double own = habits.with("fibre").with(i).with("knots").with(j).gaussian();
        knots[i][j] = along.applyAsDouble(shot.slit(i), 0) + 0.7 * local * own;
      }
    }
    RandomStreams night = shot.armNight().with("wavelength");
    shift =
        sizes.of(Effect.WAVELENGTH_ERRORS, "shift of night") * night.gaussian()
            + sizes.of(Effect.WAVELENGTH_ERRORS, "shift of exposure")
                * shot.armNow().with("wavelength").gaussian();
    double bend = sizes.of(Effect.WAVELENGTH_ERRORS, "slope of night");
    slope = bend * night.with("slope").gaussian();
    curvature = bend * night.with("curvature").gaussian();
  }

  /** Lines sit at true + this, Angstrom. */
  double at(int fibre, double wavelength) {
    double u = (2 * wavelength - range[0] - range[1]) / (range[1] - range[0]);
    double f = 2 * shot.slit(fibre) - 1;
    return shift
        + slope * 1.7 * u
        + curvature * 1.5 * (f * f - 1.0 / 3)
        + series(quintic[fibre], Math.max(-1, Math.min(1, u)))
        + local(knots[fibre], wavelength);
  }

  /** Legendre series. */
  private static double series(double[] c, double u) {
    double before = 1;
    double now = u;
    double sum = c[0] + c[1] * u;
    for (int d = 2; d < c.length; d++) {
      double next = ((2 * d - 1) * u * now - (d - 1) * before) / d;
      before = now;
      now = next;
      sum += c[d] * now;
    }
    return sum;
  }

  /** Cosine interpolation between knots. */
  private double local(double[] knot, double wavelength) {
    double place = Math.max(0, Math.min(knot.length - 1.001, (wavelength - range[0]) / step + 1));
    int j = (int) place;
    double part = 0.5 - 0.5 * Math.cos(Math.PI * (place - j));
    return knot[j] + part * (knot[j + 1] - knot[j]);
  }

  void describe(Hidden hidden) {
    double middle = 0.5 * (range[0] + range[1]);
    double[] habit = new double[shot.fibres()];
    for (int i = 0; i < habit.length; i++) {
      habit[i] = series(quintic[i], 0) + local(knots[i], middle);
    }
    Effect e = Effect.WAVELENGTH_ERRORS;
    String arm = shot.arm().label();
    hidden.fibre(e, "shift_habit", "Angstrom", "habit of the " + arm + " arm's middle", habit);
    hidden.frame(e, "shift_now", "Angstrom", "shift of night and exposure", shift);
    hidden.frame(e, "slope_now", "Angstrom", "rms slope along the arm, of the night", slope);
    hidden.frame(
        e, "curvature_now", "Angstrom", "rms bend along the slit, of the night", curvature);
  }
}
