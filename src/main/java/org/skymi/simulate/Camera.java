package org.skymi.simulate;

/**
 * What reading does to the light of an arm: every camera is slightly non-linear and its bias
 * wanders; a few have a step between amplifiers and lose charge on the way to them.
 */
final class Camera {
  private static final double TAIL = 3; // pixels

  private final double nonLinearity;
  private final double step;
  private final double loss;
  private final double[] bias;

  Camera(Shot shot) {
    Sizes sizes = shot.sizes();
    Habits habits = shot.armHabits().with("camera");
    boolean bad = habits.with("bad").uniform(0, 1) < sizes.of(Effect.DETECTOR, "share of cameras");
    double most = sizes.of(Effect.DETECTOR, "non-linearity");
    nonLinearity = habits.with("non-linearity").uniform(-most, most);
    RandomStreams night = shot.armNight().with("camera");
    double electrons =
        night.uniform(
            sizes.of(Effect.DETECTOR, "least step"), sizes.of(Effect.DETECTOR, "greatest step"));
    step = bad ? electrons * (night.with("sign").uniform(-1, 1) < 0 ? -1 : 1) : 0;
    loss = bad ? sizes.of(Effect.DETECTOR, "transfer loss") : 0;
    RandomStreams now = shot.armNow().with("camera");
    double wander = sizes.of(Effect.DETECTOR, "bias");
    bias = new double[] {wander * now.with("low").gaussian(), wander * now.with("high").gaussian()};
  }

  /** Changes flux in place, and the sky in it where that is linear. */
  void read(float[][] flux, float[][] sky) {
    for (int i = 0; i < flux.length; i++) {
      transfer(flux[i]);
      transfer(sky[i]);
      int pixels = flux[i].length;
      for (int p = 0; p < pixels; p++) {
        int half = 2 * p < pixels ? 0 : 1;
        double bent = 1 + nonLinearity * flux[i][p] / Detector.FULL_WELL;
        flux[i][p] = (float) (flux[i][p] * bent + bias[half] + step * (half - 0.5));
      }
    }
  }

  /** Charge left behind in each row comes out within the next few. */
  private void transfer(float[] light) {
    if (loss == 0) {
      return;
    }
    double held = 0;
    for (int p = 0; p < light.length; p++) {
      double lost = loss * p / light.length * light[p];
      double freed = held / TAIL;
      held += lost - freed;
      light[p] += (float) (freed - lost);
    }
  }

  void describe(Hidden hidden) {
    Effect e = Effect.DETECTOR;
    hidden.frame(e, "non_linearity", "", "quadratic term at the full well", nonLinearity);
    hidden.frame(e, "amplifier_step", "electron", "between the halves of the arm", step);
    hidden.frame(e, "transfer_loss", "", "charge left behind from the arm's last pixel", loss);
    hidden.frame(e, "bias_low", "electron", "bias of the arm's first half", bias[0]);
    hidden.frame(e, "bias_high", "electron", "bias of its second half", bias[1]);
  }
}
