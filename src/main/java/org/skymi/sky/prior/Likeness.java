package org.skymi.sky.prior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;
import org.skymi.math.BSpline;
import org.skymi.math.Legendre;
import org.skymi.math.NormalEquations;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.LineDerivatives;
import org.skymi.sky.frame.LineGroup;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.SkyGrid;

/**
 * How alike the skies are that the spectrographs of one exposure see, as an archive shows it. Above
 * them is the same sky; what differs is the instrument (brightness along the arm, line spread,
 * wavelengths) and a little of the sky (strengths of lines). Columns stand for that, each with a
 * spread over spectrographs, and a slack for what no column explains.
 *
 * @param slack that is left from coefficient to coefficient, relative to the sky's brightness,
 *     {@code [nCoefficient]}
 * @param spread of each column's coefficient, {@code [nColumn]}: those of components relative to
 *     the strength of the lines, others of themselves
 */
public record Likeness(double[] slack, double[] spread) {
  /** Legendre terms of the lines' strengths, group by group. */
  private static final int STRENGTH_TERMS = 2;

  /** Derivatives that errors of wavelength and line spread make, and Legendre terms of each. */
  private static final int DERIVATIVES = 4;

  private static final int DERIVATIVE_TERMS = 4;

  private static final int PASSES = 12;

  /** Masters that are held against their exposure's others, evenly drawn of more. */
  private static final int MOST = 64;

  /** Spread of a column to start from. */
  private static final double START = 0.05;

  /** Spread of a column that is none. */
  static final double NONE = 1e-6;

  /**
   * Learns from masters.
   *
   * @param prior of the same masters
   * @param exposures which exposure each master is of
   * @return empty if no exposure has two
   */
  public static Optional<Likeness> learn(
      SkyPrior prior,
      SkyGrid grid,
      List<double[]> masters,
      List<double[]> variances,
      int[] exposures) {
    Pairing pairing = new Pairing(prior, grid, masters, variances, exposures);
    return pairing.pairs.isEmpty() ? Optional.empty() : Optional.of(pairing.learnt());
  }

  /**
   * What skies of spectrographs differ by: components of lines, then broad changes of the
   * continuum, as far as a prior's state has them; then strengths of lines, and derivatives.
   *
   * @param sky that they have in common, spline coefficients
   */
  static double[][] columns(SkyPrior prior, SkyGrid grid, double[] sky) {
    int size = sky.length;
    double[] continuum = grid.continuum(sky);
    double[] lines = FibreCalibration.minus(sky, continuum);
    double[][] state =
        SkyPrior.columns(prior.basis().components(), continuum, prior.broad().length);
    List<double[]> columns = new ArrayList<>();
    IntStream.of(ofState(prior, grid)).forEach(a -> columns.add(state[a]));
    double[] u = new double[size];
    Arrays.setAll(u, k -> grid.u(grid.spline().centre(k)));
    for (LineGroup group : groups(grid)) {
      for (int term = 0; term < STRENGTH_TERMS; term++) {
        double[] column = new double[size];
        for (int k = 0; k < size; k++) {
          boolean isOwn = grid.groupAt(grid.spline().centre(k)) == group;
          column[k] = isOwn ? lines[k] * Legendre.at(term, u[k]) : 0;
        }
        columns.add(column);
      }
    }
    for (int order = 1; order <= DERIVATIVES; order++) {
      double[] derivative = LineDerivatives.of(grid, sky, order);
      for (int term = 0; term < DERIVATIVE_TERMS; term++) {
        double[] column = new double[size];
        for (int k = 0; k < size; k++) {
          column[k] = derivative[k] * Legendre.at(term, u[k]);
        }
        columns.add(column);
      }
    }
    return columns.toArray(double[][]::new);
  }

  private static List<LineGroup> groups(SkyGrid grid) {
    return grid.windows().stream().map(LineWindow::group).distinct().sorted().toList();
  }

  /**
   * Which numbers of a prior's state the first columns stand for. Continua differ by their level
   * alone: the components of continua are not among them.
   */
  static int[] ofState(SkyPrior prior, SkyGrid grid) {
    double[][] components = prior.basis().components();
    return IntStream.range(0, components.length + prior.broad().length)
        .filter(a -> a >= components.length || isOfLines(grid, components[a]))
        .toArray();
  }

  private static boolean isOfLines(SkyGrid grid, double[] component) {
    double in = 0;
    double out = 0;
    for (int k = 0; k < component.length; k++) {
      if (grid.windowOf(k) >= 0) {
        in += component[k] * component[k];
      } else {
        out += component[k] * component[k];
      }
    }
    return out < 0.01 * in;
  }

  /** The variances of the columns' coefficients for a sky. */
  double[] variances(SkyPrior prior, SkyGrid grid, double[] sky) {
    return variances(spread, units(prior, grid, sky));
  }

  private static double[] variances(double[] spread, double[] units) {
    double[] variances = new double[spread.length];
    for (int c = 0; c < spread.length; c++) {
      double unit = c < units.length ? units[c] : 1;
      variances[c] = Math.pow(Math.max(NONE, spread[c]) * unit, 2);
    }
    return variances;
  }

  /** What makes components of lines as large as a sky's lines. */
  private static double[] units(SkyPrior prior, SkyGrid grid, double[] sky) {
    double own = norm(FibreCalibration.minus(sky, grid.continuum(sky)));
    double lines = Math.max(own, NONE * norm(sky));
    double[][] components = prior.basis().components();
    return IntStream.of(ofState(prior, grid))
        .filter(a -> a < components.length)
        .mapToDouble(a -> lines / norm(components[a]))
        .toArray();
  }

  private static double norm(double[] v) {
    return Math.sqrt(Arrays.stream(v).map(x -> x * x).sum());
  }

  /**
   * By how much one sky's continuum is brighter than another's.
   *
   * @return positive, or NaN if it can't be told
   */
  static double ratio(double[] continuum, double[] other) {
    double both = 0;
    double square = 0;
    for (int k = 0; k < continuum.length; k++) {
      both += continuum[k] * other[k];
      square += other[k] * other[k];
    }
    return both > 0 && square > 0 ? both / square : Double.NaN;
  }

  /** Masters, each beside the mean of its exposure's others. */
  private static final class Pairing {
    private final SkyPrior prior;
    private final SkyGrid grid;
    private final List<double[]> projected = new ArrayList<>();
    private final List<double[]> continua = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();

    /**
     * @param off a master less the others' mean, electron
     * @param variance of that
     * @param level brightness of the sky
     */
    private record Pair(
        double[] off, double[] variance, double[] level, double[][] columns, double[] units) {}

    Pairing(
        SkyPrior prior,
        SkyGrid grid,
        List<double[]> masters,
        List<double[]> variances,
        int[] exposures) {
      this.prior = prior;
      this.grid = grid;
      double[][] components = prior.basis().components();
      for (int s = 0; s < masters.size(); s++) {
        double[] none = new double[masters.get(s).length];
        double[] weight = SkyPrior.weight(variances.get(s), none, none);
        projected.add(
            SkyPrior.sum(
                components,
                SkyPrior.solved(NormalEquations.of(components, weight, masters.get(s)))));
        continua.add(grid.continuum(projected.get(s)));
      }
      int[] paired =
          IntStream.range(0, masters.size()).filter(s -> others(exposures, s).length > 0).toArray();
      for (int s : spread(paired)) {
        pairs.add(pair(masters, variances, s, others(exposures, s)));
      }
    }

    private static int[] spread(int[] all) {
      int count = Math.min(MOST, all.length);
      return IntStream.range(0, count)
          .map(k -> all[(int) ((long) k * all.length / count)])
          .toArray();
    }

    private static int[] others(int[] exposures, int own) {
      return IntStream.range(0, exposures.length)
          .filter(o -> o != own && exposures[o] == exposures[own])
          .toArray();
    }

    private Pair pair(List<double[]> masters, List<double[]> variances, int own, int[] others) {
      int size = grid.spline().size();
      double[] sum = new double[size];
      double[] weights = new double[size];
      for (int o : others) {
        double ratio = ratio(continua.get(own), continua.get(o));
        double[] variance = variances.get(o);
        for (int k = 0; k < size && ratio > 0; k++) {
          if (Double.isFinite(variance[k])) {
            double weight = 1 / (ratio * ratio * variance[k]);
            sum[k] += weight * ratio * masters.get(o)[k];
            weights[k] += weight;
          }
        }
      }
      double[] off = new double[size];
      double[] variance = new double[size];
      for (int k = 0; k < size; k++) {
        boolean isKnown = weights[k] > 0;
        off[k] = isKnown ? masters.get(own)[k] - sum[k] / weights[k] : 0;
        variance[k] = isKnown ? variances.get(own)[k] + 1 / weights[k] : Double.POSITIVE_INFINITY;
      }
      double[] sky = projected.get(own);
      return new Pair(
          off,
          variance,
          SkyPrior.level(sky),
          Likeness.columns(prior, grid, sky),
          Likeness.units(prior, grid, sky));
    }

    /** Spreads and slack that make what is seen most likely (MacKay 1992, Neural Comp. 4, 415). */
    Likeness learnt() {
      double[] spread = new double[pairs.get(0).columns.length];
      Arrays.fill(spread, START);
      double[] slack = prior.slack();
      for (int pass = 0; pass < PASSES; pass++) {
        double[] square = new double[slack.length];
        double[] total = new double[slack.length];
        double[] found2 = new double[spread.length];
        double[] known = new double[spread.length];
        for (Pair p : pairs) {
          double[] variances = variances(spread, p.units);
          double[] weight = SkyPrior.weight(p.variance, slack, p.level);
          NormalEquations equations = NormalEquations.of(p.columns, weight, p.off);
          for (int c = 0; c < spread.length; c++) {
            equations.addPrior(c, 0, variances[c]);
          }
          SimpleMatrix covariance = SkyPrior.inverse(SimpleMatrix.wrap(equations.gram()));
          double[] found = SkyPrior.times(covariance, equations.rhs());
          for (int c = 0; c < spread.length; c++) {
            double unit2 = variances[c] / Math.pow(Math.max(NONE, spread[c]), 2);
            found2[c] += found[c] * found[c] / unit2;
            known[c] += Math.max(0, 1 - covariance.get(c, c) / variances[c]);
          }
          double[] rest = FibreCalibration.minus(p.off, SkyPrior.sum(p.columns, found));
          for (int k = 0; k < rest.length; k++) {
            if (Double.isFinite(p.variance[k])) {
              double value = BSpline.atCentre(rest, k);
              double unit = 1 / (p.level[k] * p.level[k] + p.variance[k]);
              square[k] += (value * value - p.variance[k]) * unit;
              total[k] += p.level[k] * p.level[k] * unit;
            }
          }
        }
        for (int c = 0; c < spread.length; c++) {
          spread[c] = known[c] > 0 ? Math.sqrt(found2[c] / known[c]) : 0;
        }
        slack = SkyPrior.spread(square, total);
      }
      return new Likeness(slack, spread);
    }
  }
}
