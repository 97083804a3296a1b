package org.skymi.simulate;

/** Interference in the red detector's silicon that the flat does not take off. */
final class Fringes implements Transmission {
  private static final double FIRST = 7200; // Angstrom; full size from ONSET on
  private static final double ONSET = 7800;
  private static final double REFERENCE = 8400;

  private final double atOnset;
  private final double slope;
  private final double thickness;
  private final double[] phase;
  private final double nightPhase;

  Fringes(Shot shot) {
    Sizes sizes = shot.sizes();
    atOnset = sizes.of(Effect.FRINGES, "amplitude at 7800");
    slope = (sizes.of(Effect.FRINGES, "amplitude at 9000") - atOnset) / (9000 - ONSET);
    Habits habits = shot.armHabits().with("fringes");
    double spacing = sizes.form(Effect.FRINGES, "spacing") * habits.uniform(0.85, 1.15);
    thickness = REFERENCE * REFERENCE / (2 * spacing);
    nightPhase = shot.armNight().with("fringes").uniform(0, 2 * Math.PI);
    double shift = 0.15 * shot.armNow().with("fringes").gaussian();
    var smooth = habits.with("phase").field(4);
    phase = new double[shot.fibres()];
    for (int i = 0; i < phase.length; i++) {
      phase[i] = smooth.applyAsDouble(shot.slit(i), 0) + nightPhase + shift;
    }
  }

  @Override
  public double at(int fibre, double wavelength) {
    if (wavelength < FIRST) {
      return 1;
    }
    double onset = Math.min(1, (wavelength - FIRST) / (ONSET - FIRST));
    double amplitude = onset * atOnset + slope * Math.max(0, wavelength - ONSET);
    return 1 + amplitude * Math.cos(4 * Math.PI * thickness / wavelength + phase[fibre]);
  }

  @Override
  public void describe(Hidden hidden) {
    hidden.fibre(Effect.FRINGES, "fringe_phase", "rad", "phase of the detector's fringes", phase);
  }
}
