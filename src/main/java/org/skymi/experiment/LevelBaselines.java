package org.skymi.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.skymi.experiment.LevelExposure.LevelFrame;
import org.skymi.math.NormalEquations;
import org.skymi.math.RobustStatistics;

/** Predictors that remember nothing: medians of an exposure, and a plane over its field. */
final class LevelBaselines {
  private static final int PASSES = 5;

  /** Huber's bound, in units of the scatter. */
  private static final double BOUND = 2;

  private LevelBaselines() {}

  static List<LevelPredictor> all() {
    return List.of(
        new Forgetful("median of the exposure's other sky fibres", LevelBaselines::median),
        new Forgetful("... of its own spectrograph's", LevelBaselines::ownMedian),
        new Forgetful("... and a plane over the field", LevelBaselines::plane));
  }

  /** What needs no other exposure. */
  private record Forgetful(String name, Function<LevelExposure, double[][]> levels)
      implements LevelPredictor {
    @Override
    public Fitted learn(List<LevelExposure> exposures) {
      return levels::apply;
    }
  }

  private static double[][] filled(LevelExposure exposure) {
    return exposure.frames().stream().map(f -> new double[f.x().length]).toArray(double[][]::new);
  }

  private static double[][] median(LevelExposure exposure) {
    double[][] z = filled(exposure);
    double[] all = exposure.frames().stream().flatMapToDouble(f -> Arrays.stream(z(f))).toArray();
    double median = RobustStatistics.median(all);
    for (double[] frame : z) {
      Arrays.fill(frame, median);
    }
    return z;
  }

  private static double[][] ownMedian(LevelExposure exposure) {
    double[][] z = filled(exposure);
    for (int f = 0; f < z.length; f++) {
      double median = RobustStatistics.median(z(exposure.frames().get(f)));
      // A spectrograph all of whose sky fibres are held out is like the others.
      Arrays.fill(z[f], Double.isNaN(median) ? 1 : median);
    }
    return z;
  }

  private static double[][] plane(LevelExposure exposure) {
    double[][] z = ownMedian(exposure);
    double[] plane = new double[3];
    double bound = Double.POSITIVE_INFINITY;
    for (int pass = 0; pass < PASSES; pass++) {
      NormalEquations equations = new NormalEquations(plane.length);
      double[] off = new double[0];
      for (int f = 0; f < z.length; f++) {
        LevelFrame frame = exposure.frames().get(f);
        double[] own = z(frame);
        double[] left = new double[own.length];
        for (int k = 0; k < own.length; k++) {
          double r = own[k] / z[f][k] - 1;
          left[k] = r - plane(plane, frame, k);
          if (Double.isFinite(left[k])) {
            double weight = Math.min(1, bound / Math.abs(left[k]));
            equations.add(new double[] {1, frame.x()[k], frame.y()[k]}, weight, r);
          }
        }
        off = join(off, left);
      }
      bound = BOUND * RobustStatistics.nmad(off);
      plane = equations.solve().mean();
    }
    for (int f = 0; f < z.length; f++) {
      for (int k = 0; k < z[f].length; k++) {
        z[f][k] *= 1 + plane(plane, exposure.frames().get(f), k);
      }
    }
    return z;
  }

  private static double plane(double[] plane, LevelFrame frame, int fibre) {
    return plane[0] + plane[1] * frame.x()[fibre] + plane[2] * frame.y()[fibre];
  }

  private static double[] join(double[] a, double[] b) {
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** What the fibres say themselves; NaN where held out. */
  private static double[] z(LevelFrame frame) {
    return Arrays.stream(frame.equations().fibres())
        .map(f -> f.equations())
        .mapToDouble(e -> e == null ? Double.NaN : e.rhs(0) / e.gram(0, 0))
        .toArray();
  }
}
