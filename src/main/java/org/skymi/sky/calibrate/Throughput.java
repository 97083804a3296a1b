package org.skymi.sky.calibrate;

import java.util.List;
import org.skymi.math.NormalEquations;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.frame.LineWindow;
import org.skymi.survey.Instrument;

/**
 * How much light each fibre passes, from the sky lines of all arms of a spectrograph: {@code t(λ) =
 * grey·(1 + colour·v)}, v from -1 to 1 over what the instrument's arms record. The grey part is
 * common to all arms, so that a blue arm with one good line profits from a hundred in the red.
 */
public final class Throughput {
  /** Relative scatter of a window's amplitude beyond noise. */
  private static final double WINDOW_FLOOR = 0.01;

  /** Grey throughputs to expect: anything. */
  private static final double GREY_PRIOR = 100;

  /** Huber's bound, in standard errors. */
  private static final double BOUND = 2;

  /** Standard errors beyond which a window holds an object's line, and tells nothing. */
  private static final double CUT = 6;

  private static final int PASSES = 4;

  /** Passes after those, in which windows far off don't count at all. */
  private static final int LAST_PASSES = 2;

  private Throughput() {}

  /** A fibre's throughput. */
  public record Estimate(
      Instrument.Span span, double grey, double greyError, double colour, double colourError) {
    /** Throughput at a wavelength, Angstrom. */
    public double at(double wavelength) {
      return grey * (1 + colour * span.along(wavelength));
    }
  }

  /**
   * Fits one fibre, robustly.
   *
   * @param span of all arms
   * @param windows of the amplitudes
   * @param amplitude relative to the master, {@code [nWindow]}
   * @param error infinite where unknown
   * @param colours scatter of colours to expect, relative
   */
  public static Estimate fit(
      Instrument.Span span,
      List<LineWindow> windows,
      float[] amplitude,
      float[] error,
      double colours) {
    int n = windows.size();
    double grey = 1;
    double slope = 0;
    double g00 = 0;
    double g11 = 0;
    double det = 0;
    double[] row = {1, 0};
    for (int pass = 0; pass < PASSES + LAST_PASSES; pass++) {
      NormalEquations equations = new NormalEquations(2);
      equations.addPrior(0, 1, GREY_PRIOR * GREY_PRIOR);
      equations.addPrior(1, 0, colours * colours);
      for (int w = 0; w < n; w++) {
        if (Float.isInfinite(error[w])) {
          continue;
        }
        double v = span.along(windows.get(w).centre());
        double sigma = Math.sqrt(error[w] * error[w] + WINDOW_FLOOR * WINDOW_FLOOR);
        double off = Math.abs(amplitude[w] - grey - slope * v) / sigma;
        // The first pass has no model to be an outlier of.
        double huber = pass == 0 || off <= BOUND ? 1 : BOUND / off;
        double share = pass < PASSES ? huber : RobustStatistics.biweight(off, CUT);
        row[1] = v;
        equations.add(row, share / (sigma * sigma), amplitude[w]);
      }
      g00 = equations.gram(0, 0);
      g11 = equations.gram(1, 1);
      double g01 = equations.gram(1, 0);
      double r0 = equations.rhs(0);
      double r1 = equations.rhs(1);
      det = g00 * g11 - g01 * g01;
      grey = (g11 * r0 - g01 * r1) / det;
      slope = (g00 * r1 - g01 * r0) / det;
    }
    double safe = Math.max(grey, 0.05);
    return new Estimate(
        span, safe, Math.sqrt(g11 / det), slope / safe, Math.sqrt(g00 / det) / safe);
  }
}
