package org.skymi.simulate;

/**
 * Light of a fibre in its neighbours on the detector: two fibres to either side by the profile, and
 * a halo beyond.
 */
final class CrossTalkKernel {
  private static final int REACH = 20; // fibres
  private static final double HALO = 1.5; // power of the distance

  private final double[][] share = new double[2][REACH + 1];
  private final double slope;
  private final double bend;

  CrossTalkKernel(Shot shot) {
    Sizes sizes = shot.sizes();
    Habits habits = shot.armHabits().with("cross-talk");
    double near =
        habits.uniform(
            sizes.of(Effect.CROSS_TALK, "least"), sizes.of(Effect.CROSS_TALK, "greatest"));
    near *=
        1 + sizes.of(Effect.CROSS_TALK, "night") * shot.armNight().with("cross-talk").gaussian();
    double asymmetry = habits.with("asymmetry").uniform(-0.25, 0.25);
    double far = near / habits.with("far").uniform(7, 20);
    for (int side = 0; side < 2; side++) {
      double of = 1 + (side == 0 ? asymmetry : -asymmetry);
      share[side][1] = of * near;
      for (int k = 2; k <= REACH; k++) {
        share[side][k] = of * far * Math.pow(k / 2.0, -HALO);
      }
    }
    slope = habits.with("slope").uniform(-0.3, 0.3);
    bend = habits.with("bend").uniform(-0.2, 0.2);
  }

  /** Share of the light of the fibre that is {@code distance} rows after (or before) another. */
  double share(int distance) {
    int k = Math.abs(distance);
    return k == 0 || k > REACH ? 0 : share[distance < 0 ? 0 : 1][k];
  }

  /** Change of the shares along the arm, u from -1 to 1. */
  double along(double u) {
    return 1 + slope * u + bend * u * u;
  }

  /** The relative change of the shares from the arm's middle to its end. */
  double slope() {
    return slope;
  }

  /** Adds each fibre's light to its neighbours. */
  float[][] spread(float[][] light) {
    int n = light.length;
    int pixels = light[0].length;
    float[] along = new float[pixels];
    for (int p = 0; p < pixels; p++) {
      along[p] = (float) along(2.0 * p / (pixels - 1) - 1);
    }
    float[][] result = new float[n][];
    for (int i = 0; i < n; i++) {
      float[] sum = new float[pixels];
      for (int j = Math.max(0, i - REACH); j <= Math.min(n - 1, i + REACH); j++) {
        float of = (float) share(j - i);
        float[] other = light[j];
        for (int p = 0; of != 0 && p < pixels; p++) {
          sum[p] += of * other[p];
        }
      }
      for (int p = 0; p < pixels; p++) {
        sum[p] = light[i][p] + along[p] * sum[p];
      }
      result[i] = sum;
    }
    return result;
  }
}
