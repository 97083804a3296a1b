package org.skymi.simulate;

import java.util.SplittableRandom;

/** A random smooth run along the slit: three sinusoids of fibre number, of a given rms. */
final class SmoothRun {
  private final double[] amplitude = new double[3];
  private final double[] phase = new double[3];

  SmoothRun(RandomStreams streams, double rms) {
    SplittableRandom random = streams.stream();
    double square = 0;
    for (int k = 0; k < 3; k++) {
      amplitude[k] = (0.5 + random.nextDouble()) / (k + 1);
      phase[k] = 2 * Math.PI * random.nextDouble();
      square += amplitude[k] * amplitude[k] / 2;
    }
    for (int k = 0; k < 3; k++) {
      amplitude[k] *= rms / Math.sqrt(square);
    }
  }

  /** The value at a place along the slit, 0..1. */
  double at(double place) {
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      sum += amplitude[k] * Math.sin(2 * Math.PI * (k + 1) * place + phase[k]);
    }
    return sum;
  }
}
