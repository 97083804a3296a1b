package org.skymi.sky.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.skymi.math.NormalEquations;

/** Spectrographs of a few fibres whose coefficients are what the memory takes them for. */
final class SmallWorld {
  static final int COEFFICIENTS = 3;
  static final int FIBRES = 40;
  static final double VISIT = 0.005;

  /** Error of what a frame says of a coefficient. */
  double noise = 0.004;

  final double[][][] means;
  private final double[][][] loadings;
  private final Random random;

  /** From this night on, fibres of the first spectrograph are elsewhere. */
  int stepAt = Integer.MAX_VALUE;

  private final double[][] step;

  SmallWorld(int spectrographs, long seed) {
    random = new Random(seed);
    means = new double[spectrographs][FIBRES][];
    loadings = new double[spectrographs][FIBRES][];
    step = new double[FIBRES][];
    for (int i = 0; i < FIBRES; i++) {
      step[i] = gaussian(0.012);
    }
    for (int s = 0; s < spectrographs; s++) {
      for (int i = 0; i < FIBRES; i++) {
        double f = 2.0 * i / (FIBRES - 1) - 1;
        means[s][i] = gaussian(0.02);
        loadings[s][i] = gaussian(0.01);
        means[s][i][0] += 0.03 * f;
      }
    }
  }

  private double[] gaussian(double sigma) {
    double[] values = new double[COEFFICIENTS];
    for (int c = 0; c < values.length; c++) {
      values[c] = sigma * random.nextGaussian();
    }
    return values;
  }

  static MemoryShape shape(int bilinear) {
    double[] scale = {0.02, 0.02, 0.02};
    return new MemoryShape(
        FIBRES,
        new double[COEFFICIENTS],
        scale,
        new double[] {1, 1, 0},
        new MemoryShape.Orders(3, 1, bilinear, 0));
  }

  /** Frames of some nights, two exposures each, of all spectrographs. */
  List<FrameEquations> frames(int firstNight, int nights) {
    List<FrameEquations> frames = new ArrayList<>();
    for (int night = firstNight; night < firstNight + nights; night++) {
      for (int exposure = 0; exposure < 2; exposure++) {
        for (int s = 1; s <= means.length; s++) {
          frames.add(frame(s, night, exposure));
        }
      }
    }
    return frames;
  }

  private FrameEquations frame(int spectrograph, int night, int exposure) {
    double state = random.nextGaussian();
    double[] offset = gaussian(0.01);
    FrameEquations.Fibre[] fibres = new FrameEquations.Fibre[FIBRES];
    for (int i = 0; i < FIBRES; i++) {
      double[] z = gaussian(VISIT);
      for (int c = 0; c < z.length; c++) {
        z[c] += means[spectrograph - 1][i][c] + offset[c];
        z[c] += state * loadings[spectrograph - 1][i][c];
        z[c] += spectrograph == 1 && night >= stepAt ? step[i][c] : 0;
      }
      fibres[i] = fibre(i + 1, measured(z));
    }
    FrameEquations.When when = new FrameEquations.When(night, 10L * night + exposure);
    return new FrameEquations(when, spectrograph, 0, fibres);
  }

  static FrameEquations.Fibre fibre(int number, NormalEquations equations) {
    return new FrameEquations.Fibre(number, true, 0, 0, equations);
  }

  private NormalEquations measured(double[] z) {
    NormalEquations equations = new NormalEquations(COEFFICIENTS);
    for (int datum = 0; datum < 2 * COEFFICIENTS; datum++) {
      double[] row = gaussian(1);
      double value = noise * random.nextGaussian();
      for (int c = 0; c < z.length; c++) {
        value += row[c] * z[c];
      }
      equations.add(row, 1 / (noise * noise), value);
    }
    return equations;
  }

  /** The frame with other equations of one fibre. */
  static FrameEquations with(FrameEquations frame, int index, NormalEquations equations) {
    FrameEquations.Fibre[] fibres = frame.fibres().clone();
    fibres[index] = fibre(fibres[index].number(), equations);
    return new FrameEquations(frame.when(), frame.spectrograph(), frame.arm(), fibres);
  }

  /** Equations that are sure of something wild. */
  static NormalEquations wild() {
    NormalEquations equations = new NormalEquations(COEFFICIENTS);
    for (int c = 0; c < COEFFICIENTS; c++) {
      equations.addPrior(c, 0.5, 1e-6);
    }
    return equations;
  }
}
