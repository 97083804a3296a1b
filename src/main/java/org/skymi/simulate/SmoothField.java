package org.skymi.simulate;

import java.util.SplittableRandom;

/**
 * Smooth random change along slit and arm: a few plane waves of random length, so that no
 * polynomial or full period holds it.
 */
final class SmoothField {
  private static final int WAVES = 6;

  private final double rms;
  private final double[] alongSlit = new double[WAVES];
  private final double[] alongArm = new double[WAVES];
  private final double[] phase = new double[WAVES];

  /**
   * A field.
   *
   * @param cycles most waves along the slit
   */
  SmoothField(RandomStreams streams, double rms, double cycles) {
    this.rms = rms;
    SplittableRandom random = streams.stream();
    for (int k = 0; k < WAVES; k++) {
      alongSlit[k] = 2 * Math.PI * cycles * (0.2 + 0.8 * random.nextDouble());
      alongArm[k] = 2 * Math.PI * 0.55 * (2 * random.nextDouble() - 1);
      phase[k] = 2 * Math.PI * random.nextDouble();
    }
  }

  /**
   * The value at a place.
   *
   * @param slit place along the slit, 0..1
   * @param arm place along the arm, -1..1
   */
  double at(double slit, double arm) {
    if (rms == 0) {
      return 0;
    }
    double sum = 0;
    for (int k = 0; k < WAVES; k++) {
      sum += Math.cos(alongSlit[k] * slit + alongArm[k] * arm + phase[k]);
    }
    return rms * sum * Math.sqrt(2.0 / WAVES);
  }
}
