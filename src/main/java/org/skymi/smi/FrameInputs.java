package org.skymi.smi;

import java.io.Serializable;
import java.util.List;
import java.util.function.ToIntFunction;
import org.skymi.math.NormalEquations;
import org.skymi.sky.memory.FrameEquations;

/**
 * Makes frames into what networks see.
 *
 * @param mean of the coefficients over the archive, {@code [nCoefficient]}
 * @param scale their scatter, likewise
 * @param layout of the instrument
 */
record FrameInputs(double[] mean, double[] scale, Layout layout) implements Serializable {
  /** Weight of a fibre that is no sky fibre in the loss. */
  private static final double OBJECT = 0.3;

  /** Inputs are cut off here, in units of their scatter: outliers must not rule. */
  private static final double BOUND = 5;

  /**
   * An instrument's layout.
   *
   * @param fibres of a spectrograph
   * @param reach of a fibre from its home, deg
   */
  record Layout(int fibres, double reach) implements Serializable {}

  /** Learns the units from frames. */
  static FrameInputs of(List<FrameEquations> frames, int coefficients, Layout layout) {
    double[] sum = new double[coefficients];
    double[] square = new double[coefficients];
    double[] known = new double[coefficients];
    for (FrameEquations frame : frames) {
      for (FrameEquations.Fibre fibre : frame.fibres()) {
        if (fibre.equations() != null && fibre.teaches()) {
          add(fibre.equations(), sum, square, known);
        }
      }
    }
    double[] scale = new double[coefficients];
    for (int k = 0; k < coefficients; k++) {
      double mean = known[k] > 0 ? sum[k] / known[k] : 0;
      double variance = known[k] > 0 ? square[k] / known[k] - mean * mean : 0;
      sum[k] = mean;
      scale[k] = variance > 0 ? Math.sqrt(variance) : 1;
    }
    return new FrameInputs(sum, scale, layout);
  }

  private static void add(NormalEquations n, double[] sum, double[] square, double[] known) {
    NormalEquations.Solution z = alone(n, new double[n.size()], null);
    for (int k = 0; k < sum.length; k++) {
      double weight = n.gram(k, k) > 0 ? 1 : 0;
      sum[k] += weight * z.mean()[k];
      square[k] += weight * z.mean()[k] * z.mean()[k];
      known[k] += weight;
    }
  }

  /** What a fibre alone says, under a prior; a null scale stands for a faint one. */
  private static NormalEquations.Solution alone(
      NormalEquations equations, double[] mean, double[] scale) {
    NormalEquations both = new NormalEquations(equations.size());
    both.add(equations);
    for (int k = 0; k < mean.length; k++) {
      double faint = 1e-3 * equations.gram(k, k) + 1e-12;
      both.addPrior(k, mean[k], scale == null ? 1 / faint : scale[k] * scale[k]);
    }
    return both.solve();
  }

  /**
   * A frame's inputs.
   *
   * @param rows of the networks, at least as many as the frame has fibres
   * @param memory {@code [nFibre]} what the linear memory expects of each fibre
   * @param fibre index of a fibre's embedding by its number in the spectrograph
   */
  NetworkFrame of(
      FrameEquations frame,
      int rows,
      NetworkFrame.Expectation[] memory,
      ToIntFunction<FrameEquations.Fibre> fibre) {
    int size = mean.length;
    NetworkFrame.Rows inputs =
        new NetworkFrame.Rows(
            new float[rows][2 * size],
            new int[rows],
            new float[rows][NetworkFrame.sideWidth(size)],
            new float[rows],
            new float[rows]);
    float[][] labels = new float[rows][CoefficientLoss.labels(size)];
    NetworkFrame.Expectation[] expected = new NetworkFrame.Expectation[rows];
    for (int i = 0; i < frame.fibres().length; i++) {
      FrameEquations.Fibre own = frame.fibres()[i];
      inputs.embedding()[i] = fibre.applyAsInt(own);
      inputs.slit()[i] = (float) (2.0 * (own.number() - 1) / (layout.fibres() - 1) - 1);
      if (memory[i] != null) {
        expected[i] = memory[i];
        fillSide(own, inputs.slit()[i], memory[i], inputs.side()[i]);
      }
      if (own.equations() != null) {
        inputs.share()[i] = (float) fillSeen(own.equations(), inputs.seen()[i]);
        if (memory[i] != null) {
          labels[i] =
              CoefficientLoss.pack(
                  NetworkFrame.relative(own.equations(), memory[i]),
                  size,
                  own.teaches() ? 1 : OBJECT);
        }
      }
    }
    return new NetworkFrame(frame.when(), inputs, labels, expected);
  }

  private double fillSeen(NormalEquations equations, float[] seen) {
    int size = mean.length;
    NormalEquations.Solution z = alone(equations, mean, scale);
    double known = 0;
    for (int k = 0; k < size; k++) {
      seen[k] = bounded((z.mean()[k] - mean[k]) / scale[k]);
      seen[size + k] = (float) (1 - z.covariance()[k][k] / (scale[k] * scale[k]));
      known += seen[size + k] / size;
    }
    return known;
  }

  private void fillSide(
      FrameEquations.Fibre fibre, float slit, NetworkFrame.Expectation memory, float[] side) {
    double x = fibre.dx() / layout.reach();
    double y = fibre.dy() / layout.reach();
    int k = 0;
    side[k++] = slit;
    side[k++] = slit * slit;
    side[k++] = bounded(x);
    side[k++] = bounded(y);
    side[k++] = bounded(x * x);
    side[k++] = bounded(x * y);
    side[k++] = bounded(y * y);
    for (int c = 0; c < mean.length; c++) {
      side[k++] = bounded((memory.mean()[c] - mean[c]) / scale[c]);
      side[k++] = bounded(Math.log(Math.sqrt(memory.variance()[c]) / scale[c]));
    }
  }

  private static float bounded(double value) {
    return (float) Math.max(-BOUND, Math.min(BOUND, value));
  }
}
