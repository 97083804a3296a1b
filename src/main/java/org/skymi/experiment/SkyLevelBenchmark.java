package org.skymi.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.skymi.math.RobustStatistics;

/**
 * How well levels of held-out sky fibres are foretold: every night in turn has taught nothing, and
 * of each of its exposures every fifth of the fibres in turn is foretold from the others.
 */
public final class SkyLevelBenchmark {
  private static final int FOLDS = 5;

  private final SkyLevels levels;

  /** By exposure and row, the fold that holds it out. */
  private final int[][] folds;

  /**
   * @param seed of which fibres are held out together
   */
  public SkyLevelBenchmark(SkyLevels levels, long seed) {
    this.levels = levels;
    this.folds = new int[levels.size()][];
    SplittableRandom random = new SplittableRandom(seed);
    for (int e = 0; e < folds.length; e++) {
      folds[e] = shuffled(levels.fibres(e), random);
      for (int k = 0; k < folds[e].length; k++) {
        folds[e][k] %= FOLDS;
      }
    }
  }

  private static int[] shuffled(int size, SplittableRandom random) {
    int[] order = new int[size];
    for (int k = 0; k < size; k++) {
      int other = random.nextInt(k + 1);
      order[k] = order[other];
      order[other] = k;
    }
    return order;
  }

  /**
   * What a predictor came to.
   *
   * @param scatter robust scatter of what was recorded over what was foretold, %
   * @param error standard error of it, from the scatter between nights, %
   * @param share of held-out fibres beyond five times the scatter, %
   * @param fibres foretold
   */
  public record Score(String name, double scatter, double error, double share, int fibres) {}

  /** Judges a predictor. */
  public Score judge(LevelPredictor predictor) {
    List<double[]> byNight = new ArrayList<>();
    for (int night : levels.nights()) {
      byNight.add(judge(predictor, night));
    }
    double[] all = byNight.stream().flatMapToDouble(Arrays::stream).toArray();
    double scatter = RobustStatistics.nmad(all);
    double[] each = byNight.stream().mapToDouble(RobustStatistics::nmad).toArray();
    double beyond = Arrays.stream(all).filter(r -> Math.abs(r) > 5 * scatter).count();
    return new Score(
        predictor.name(), scatter, standardError(each), 100 * beyond / all.length, all.length);
  }

  private static double standardError(double[] values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(square / (values.length * (values.length - 1.0)));
  }

  private double[] judge(LevelPredictor predictor, int night) {
    List<LevelExposure> taught = new ArrayList<>();
    for (int e = 0; e < levels.size(); e++) {
      if (levels.night(e) != night) {
        taught.add(levels.exposure(e, k -> false));
      }
    }
    LevelPredictor.Fitted fitted = predictor.learn(taught);
    List<Double> off = new ArrayList<>();
    for (int e = 0; e < levels.size(); e++) {
      for (int fold = 0; fold < FOLDS && levels.night(e) == night; fold++) {
        int[] own = folds[e];
        int out = fold;
        IntPredicate held = k -> own[k] == out;
        double[][] z = fitted.predict(levels.exposure(e, held));
        int[][] frames = levels.frames(e);
        for (int f = 0; f < frames.length; f++) {
          for (int k = 0; k < frames[f].length; k++) {
            if (held.test(frames[f][k])) {
              off.add(100 * (levels.truth(e, frames[f][k], held) / z[f][k] - 1));
            }
          }
        }
      }
    }
    return off.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
