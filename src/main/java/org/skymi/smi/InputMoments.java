package org.skymi.smi;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;
import org.skymi.math.NormalEquations;
import org.skymi.sky.memory.FrameEquations;

/**
 * Mean and scatter of what networks see, their inputs' units: coefficients, over the fibres that
 * teach, then the features of frames' skies.
 */
public final class InputMoments implements Serializable {
  private static final long serialVersionUID = 1;

  private final int coefficients;
  private final double[] sum;
  private final double[] square;
  private final double[] known;

  /** Moments of nothing, in networks' sizes. */
  public InputMoments(NetworkSettings.Sizes sizes) {
    this(sizes.coefficients(), sizes.coefficients() + sizes.sky());
  }

  private InputMoments(int coefficients, int inputs) {
    this.coefficients = coefficients;
    sum = new double[inputs];
    square = new double[inputs];
    known = new double[inputs];
  }

  /** Moments as {@link #sums} has them. */
  InputMoments(NetworkSettings.Sizes sizes, double[] sums) {
    this(sizes);
    System.arraycopy(sums, 0, sum, 0, sum.length);
    System.arraycopy(sums, sum.length, square, 0, sum.length);
    System.arraycopy(sums, 2 * sum.length, known, 0, sum.length);
  }

  /** All that is summed, to be stored. */
  double[] sums() {
    return Stream.of(sum, square, known).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Moments of frames. */
  public static InputMoments of(Collection<FrameEquations> frames, NetworkSettings.Sizes sizes) {
    InputMoments moments = new InputMoments(sizes);
    frames.forEach(moments::add);
    return moments;
  }

  /** Adds a frame. */
  public void add(FrameEquations frame) {
    for (FrameEquations.Fibre fibre : frame.fibres()) {
      if (fibre.equations() != null && fibre.teaches()) {
        add(fibre.equations());
      }
    }
    for (int k = coefficients; k < sum.length; k++) {
      add(k, frame.sky()[k - coefficients]);
    }
  }

  private void add(NormalEquations equations) {
    NormalEquations bounded = new NormalEquations(coefficients);
    bounded.add(equations);
    for (int k = 0; k < coefficients; k++) {
      // Faint: it only makes solvable what the fibre leaves open.
      bounded.addPrior(k, 0, 1 / (1e-3 * equations.gram(k, k) + 1e-12));
    }
    double[] z = bounded.solve().mean();
    for (int k = 0; k < coefficients; k++) {
      if (equations.gram(k, k) > 0) {
        add(k, z[k]);
      }
    }
  }

  private void add(int input, double value) {
    sum[input] += value;
    square[input] += value * value;
    known[input]++;
  }

  /** Adds what others have seen. */
  public InputMoments plus(InputMoments other) {
    InputMoments both = new InputMoments(coefficients, sum.length);
    for (int k = 0; k < sum.length; k++) {
      both.sum[k] = sum[k] + other.sum[k];
      both.square[k] = square[k] + other.square[k];
      both.known[k] = known[k] + other.known[k];
    }
    return both;
  }

  /** Number of coefficients; the other inputs are features of the sky. */
  int coefficients() {
    return coefficients;
  }

  double[] mean() {
    double[] mean = new double[sum.length];
    for (int k = 0; k < mean.length; k++) {
      mean[k] = known[k] > 0 ? sum[k] / known[k] : 0;
    }
    return mean;
  }

  /** Standard deviations; 1 where nothing varies. */
  double[] scale() {
    double[] mean = mean();
    double[] scale = new double[sum.length];
    for (int k = 0; k < scale.length; k++) {
      double variance = known[k] > 0 ? square[k] / known[k] - mean[k] * mean[k] : 0;
      scale[k] = variance > 0 ? Math.sqrt(variance) : 1;
    }
    return scale;
  }
}
