package org.skymi.smi;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;
import org.skymi.math.NormalEquations;
import org.skymi.sky.memory.FrameEquations;

/** Mean and scatter of coefficients over the fibres that teach: the units of networks' inputs. */
public final class CoefficientMoments implements Serializable {
  private static final long serialVersionUID = 1;

  private final double[] sum;
  private final double[] square;
  private final double[] known;

  /** Moments of nothing. */
  public CoefficientMoments(int coefficients) {
    sum = new double[coefficients];
    square = new double[coefficients];
    known = new double[coefficients];
  }

  /** Moments as {@link #sums} has them, three times as many numbers as coefficients. */
  CoefficientMoments(double[] sums) {
    this(sums.length / 3);
    System.arraycopy(sums, 0, sum, 0, sum.length);
    System.arraycopy(sums, sum.length, square, 0, sum.length);
    System.arraycopy(sums, 2 * sum.length, known, 0, sum.length);
  }

  /** All that is summed, to be stored. */
  double[] sums() {
    return Stream.of(sum, square, known).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Moments of frames. */
  public static CoefficientMoments of(Collection<FrameEquations> frames, int coefficients) {
    CoefficientMoments moments = new CoefficientMoments(coefficients);
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
  }

  private void add(NormalEquations equations) {
    NormalEquations bounded = new NormalEquations(sum.length);
    bounded.add(equations);
    for (int k = 0; k < sum.length; k++) {
      // Faint: it only makes solvable what the fibre leaves open.
      bounded.addPrior(k, 0, 1 / (1e-3 * equations.gram(k, k) + 1e-12));
    }
    double[] z = bounded.solve().mean();
    for (int k = 0; k < sum.length; k++) {
      if (equations.gram(k, k) > 0) {
        sum[k] += z[k];
        square[k] += z[k] * z[k];
        known[k]++;
      }
    }
  }

  /** Adds what others have seen. */
  public CoefficientMoments plus(CoefficientMoments other) {
    CoefficientMoments both = new CoefficientMoments(sum.length);
    for (int k = 0; k < sum.length; k++) {
      both.sum[k] = sum[k] + other.sum[k];
      both.square[k] = square[k] + other.square[k];
      both.known[k] = known[k] + other.known[k];
    }
    return both;
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
