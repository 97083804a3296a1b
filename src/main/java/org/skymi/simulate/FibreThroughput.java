package org.skymi.simulate;

/**
 * The fibres' own throughput: grey habits, the place in the patrol disc with its colour, nights,
 * exposures and rare jumps.
 */
final class FibreThroughput implements Transmission {
  private final double[] grey;
  private final double[] patrol;
  private final double[] slope;

  FibreThroughput(Shot shot, FocalPlane plane) {
    Sizes sizes = shot.sizes();
    int n = shot.fibres();
    grey = new double[n];
    slope = new double[n];
    patrol = new PatrolDisc(shot).throughput(plane);
    Habits habits = shot.habits();
    double size = sizes.of(Effect.THROUGHPUT, "fibre");
    var smooth = habits.with("throughput").field(0.4 * size);
    for (int i = 0; i < n; i++) {
      Habits fibre = habits.with("fibre").with(i);
      double own = smooth.applyAsDouble(shot.slit(i), 0);
      own += Math.sqrt(1 - 0.16) * size * fibre.with("throughput").gaussian();
      double night =
          sizes.of(Effect.THROUGHPUT, "night") * shot.night().with("fibre").with(i).gaussian();
      RandomStreams now = shot.now().with("fibre").with(i);
      double change = sizes.of(Effect.THROUGHPUT, "exposure") * now.gaussian();
      if (now.with("jumps").uniform(0, 1) < sizes.of(Effect.THROUGHPUT, "jump share")) {
        change -= sizes.of(Effect.THROUGHPUT, "jump") * now.with("jump").uniform(0.67, 1.33);
      }
      grey[i] = (1 + own) * (1 + night) * (1 + change);
      slope[i] =
          sizes.of(Effect.FOCAL_RATIO, "slope") * (1 + 0.3 * fibre.with("focal ratio").gaussian());
    }
  }

  @Override
  public double at(int fibre, double wavelength) {
    double colour = 1 + slope[fibre] * patrol[fibre] * (6000 / wavelength - 1);
    return grey[fibre] * (1 + patrol[fibre]) * colour;
  }

  @Override
  public void describe(Hidden hidden) {
    hidden.fibre(
        Effect.THROUGHPUT, "grey", "", "habit, night, exposure and jump of the throughput", grey);
    hidden.fibre(Effect.PATROL, "patrol", "", "change with the place in the patrol disc", patrol);
    hidden.fibre(
        Effect.FOCAL_RATIO,
        "focal_ratio_slope",
        "",
        "change of patrol with 6000/wavelength",
        slope);
  }
}
