package org.skymi.simulate;

import java.util.SplittableRandom;

/**
 * The discs in which the fibres are moved, by two arms of half the disc's radius each; how much
 * light a fibre takes follows its tilt and the arms' angles.
 */
final class PatrolDisc {
  /** Shares of the variance: radial, tilt, cubic, central arm, elbow. */
  private static final double[] SHARES = {0.25, 0.25, 0.15, 0.2, 0.15};

  private final Shot shot;

  PatrolDisc(Shot shot) {
    this.shot = shot;
  }

  /** Radius, deg. */
  static double radius(Site site) {
    return site.sizes().form(Effect.PATROL, "radius");
  }

  /** A place in a disc around 0, uniform, deg. */
  static double[] place(double radius, SplittableRandom random) {
    double r = radius * Math.sqrt(random.nextDouble());
    double angle = 2 * Math.PI * random.nextDouble();
    return new double[] {r * Math.cos(angle), r * Math.sin(angle)};
  }

  /** Relative change of each fibre's throughput at its place. */
  double[] throughput(FocalPlane plane) {
    double radius = radius(shot.design().site());
    double size = shot.sizes().of(Effect.PATROL, "throughput");
    double[] result = new double[shot.fibres()];
    for (int i = 0; i < result.length; i++) {
      double x = (plane.map().x()[i] - plane.map().homeX()[i]) / radius;
      double y = (plane.map().y()[i] - plane.map().homeY()[i]) / radius;
      result[i] = size * form(shot.habits().with("fibre").with(i).with("patrol"), x, y);
    }
    return result;
  }

  /** Of rms 1 over the disc and over fibres; x and y from -1 to 1. */
  private static double form(Habits habit, double x, double y) {
    double square = x * x + y * y;
    double bend = Math.acos(Math.min(1, Math.sqrt(square)));
    double central = Math.atan2(y, x) - bend;
    double radial = (square - 0.5) * Math.sqrt(12);
    double tilt = 2 * along(habit.with("tilt"), x, y);
    double cubic = Math.sqrt(8) * square * along(habit.with("cubic"), x, y);
    double swing = wave(habit.with("swing"), central) + wave(habit.with("swing 2"), 2 * central);
    return Math.sqrt(SHARES[0]) * habit.with("radial").gaussian() * radial
        + Math.sqrt(SHARES[1]) * habit.with("tilt size").gaussian() * tilt
        + Math.sqrt(SHARES[2]) * habit.with("cubic size").gaussian() * cubic
        + Math.sqrt(SHARES[3] / 2) * habit.with("swing size").gaussian() * swing
        + Math.sqrt(SHARES[4]) * habit.with("elbow").gaussian() * wave(habit, 2 * bend);
  }

  private static double along(Habits habit, double x, double y) {
    double angle = habit.uniform(0, 2 * Math.PI);
    return x * Math.cos(angle) + y * Math.sin(angle);
  }

  private static double wave(Habits habit, double angle) {
    return Math.sqrt(2) * Math.cos(angle + habit.uniform(0, 2 * Math.PI));
  }
}
