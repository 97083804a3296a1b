package org.skymi.release;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.skymi.math.NormalEquations;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.frame.LineGroup;
import org.skymi.sky.frame.LineWindow;

/**
 * What the spectra of one spectrograph hold above their continua, told apart by what it scales
 * with: lines and bands of stars are a share of the star's continuum, at any wavelength; what a
 * pipeline left of the sky is as bright under a bright star as under a faint one, stands in the
 * windows of the sky's lines, in the relative strength of lines of one origin, and is no more than
 * {@link StatedSky} allows. Both are a mean and a few components, which spectra have in different
 * measure, learnt together by alternating weighted least squares.
 */
final class ResidualSkyModel {
  /** Components of stars: their type is known from all that is outside the windows. */
  private static final int STAR_COMPONENTS = 3;

  /** Components of the residual sky. */
  static final int SKY_COMPONENTS = 3;

  private static final int PASSES = 2;
  private static final int FIT_PASSES = 3;

  /** Cells done at a time. */
  private static final int RUN = 64;

  /** Of the power method. */
  private static final int ITERATIONS = 10;

  /** Depth of lines that stars have in common, and differ in, to expect; share of the continuum. */
  private static final double[] FEATURE = {0.05, 0.03};

  /** A cell counts no more than one this many standard errors off. */
  private static final double BOUND = 4;

  /** A window that stands out from those of the same lines by more is no sky. */
  private static final double OUTSTANDING = 4;

  private static final int[] USED = TopocentricGrid.used();
  private static final int STARS = 1 + STAR_COMPONENTS;
  private static final int SKIES = 1 + SKY_COMPONENTS;
  private static final int ALL = STARS + SKIES;

  /**
   * Stars' mean and components, then the sky's, of each cell in use: {@code USED.length * ALL}
   * numbers, because a cell's are wanted together.
   */
  private final double[] factor = new double[USED.length * ALL];

  /** Covariance of the sky's factors at each cell in use, lower triangle. */
  private final double[][] covariance = new double[USED.length][];

  private final StatedSky stated;

  /** Which factors are in use so far; a mean always. */
  private int stars = 1;

  private int skies = 1;

  private ResidualSkyModel(StatedSky stated) {
    this.stated = stated;
  }

  /**
   * Learns a model.
   *
   * @param spectra of one spectrograph
   */
  static ResidualSkyModel learn(List<GriddedSpectrum> spectra) {
    return learn(spectra, new StatedSky(spectra));
  }

  /**
   * Learns a model.
   *
   * @param spectra of any spectrographs, in units in which their skies are alike
   * @param stated the sky under them
   */
  static ResidualSkyModel learn(List<GriddedSpectrum> spectra, StatedSky stated) {
    ResidualSkyModel model = new ResidualSkyModel(stated);
    double[][] coefficients = new double[spectra.size()][ALL];
    for (double[] own : coefficients) {
      own[0] = 1;
      own[STARS] = 1;
    }
    for (int pass = 0; pass < PASSES; pass++) {
      model.updateFactors(spectra, coefficients, false);
    }
    while (model.stars < STARS || model.skies < SKIES) {
      model.grow(spectra, coefficients);
      for (int pass = 0; pass < PASSES; pass++) {
        model.updateFactors(spectra, coefficients, false);
        model.updateCoefficients(spectra, coefficients);
      }
    }
    model.updateFactors(spectra, coefficients, true);
    model.boundStrengths();
    return model;
  }

  /** Writes what {@link #read} reads. */
  void write(DataOutputStream out) throws IOException {
    write(out, stated.sky());
    write(out, stated.gain());
    write(out, factor);
    for (int n = 0; n < USED.length; n++) {
      if (isLine(USED[n])) {
        write(out, covariance[n]);
      }
    }
  }

  private static void write(DataOutputStream out, double[] values) throws IOException {
    for (double v : values) {
      out.writeDouble(v);
    }
  }

  /**
   * Reads a model.
   *
   * @throws IOException if the stream ends too soon
   */
  static ResidualSkyModel read(DataInputStream in) throws IOException {
    double[] sky = doubles(in, TopocentricGrid.SIZE);
    ResidualSkyModel model =
        new ResidualSkyModel(new StatedSky(sky, doubles(in, TopocentricGrid.SIZE)));
    System.arraycopy(doubles(in, model.factor.length), 0, model.factor, 0, model.factor.length);
    for (int n = 0; n < USED.length; n++) {
      if (isLine(USED[n])) {
        model.covariance[n] = doubles(in, NormalEquations.packed(SKIES));
      }
    }
    model.stars = STARS;
    model.skies = SKIES;
    return model;
  }

  private static double[] doubles(DataInputStream in, int count) throws IOException {
    double[] values = new double[count];
    for (int k = 0; k < count; k++) {
      values[k] = in.readDouble();
    }
    return values;
  }

  /** Whether a factor is in use. */
  private boolean used(int j) {
    return j < STARS ? j < stars : j - STARS < skies;
  }

  /** What is made of a spectrum at a cell in use, by its index among these. */
  private double value(GriddedSpectrum spectrum, double[] a, int n) {
    int at = n * ALL;
    double star = 0;
    for (int j = 0; j < stars; j++) {
      star += a[j] * factor[at + j];
    }
    double value = star * spectrum.continuum[USED[n]];
    return isLine(USED[n]) ? value + sky(a, n) : value;
  }

  /** The sky's part in it; 0 outside the windows, as its factors are. */
  private double sky(double[] a, int n) {
    double sky = 0;
    for (int j = STARS; j < STARS + skies; j++) {
      sky += a[j] * factor[n * ALL + j];
    }
    return sky;
  }

  /** What a spectrum has beyond it, at the cells in use; 0 where nothing is known. */
  private double[] off(GriddedSpectrum spectrum, double[] a) {
    double[] off = new double[USED.length];
    for (int n = 0; n < off.length; n++) {
      off[n] = spectrum.knows(USED[n]) ? spectrum.excess[USED[n]] - value(spectrum, a, n) : 0;
    }
    return off;
  }

  private static double weight(GriddedSpectrum spectrum, int cell, double off) {
    double weight = spectrum.weight[cell];
    double square = off * off * weight;
    return square <= BOUND * BOUND ? weight : weight * BOUND * BOUND / square;
  }

  /**
   * New components begin as what is left of most spectra, told in standard errors: a star's outside
   * the windows, the sky's inside.
   */
  private void grow(List<GriddedSpectrum> spectra, double[][] coefficients) {
    double[][] star = new double[coefficients.length][USED.length];
    double[][] sky = new double[coefficients.length][USED.length];
    for (int i = 0; i < star.length; i++) {
      GriddedSpectrum s = spectra.get(i);
      double[] off = off(s, coefficients[i]);
      int stellar = 0;
      int lines = 0;
      for (int n = 0; n < off.length; n++) {
        double chi = bounded(off[n] * Math.sqrt(s.weight[USED[n]]), BOUND);
        if (isLine(USED[n])) {
          sky[i][lines++] = chi;
        } else {
          star[i][stellar++] = chi;
        }
      }
      star[i] = Arrays.copyOf(star[i], stellar);
      sky[i] = Arrays.copyOf(sky[i], lines);
    }
    if (stars < STARS) {
      begin(stars++, leading(star), coefficients);
    }
    if (skies < SKIES) {
      begin(STARS + skies++, leading(sky), coefficients);
    }
  }

  private static void begin(int j, double[] start, double[][] coefficients) {
    for (int i = 0; i < start.length; i++) {
      coefficients[i][j] = start[i];
    }
  }

  /** How much each row has of the rows' first principal component, to unit mean square. */
  private static double[] leading(double[][] rows) {
    double[] share = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      share[i] = Math.sqrt(dot(rows[i], rows[i]));
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] component = new double[rows[0].length];
      for (int i = 0; i < rows.length; i++) {
        for (int k = 0; k < component.length; k++) {
          component[k] += share[i] * rows[i][k];
        }
      }
      for (int i = 0; i < rows.length; i++) {
        share[i] = dot(rows[i], component);
      }
      double size = Math.sqrt(dot(share, share) / share.length);
      for (int i = 0; i < rows.length && size > 0; i++) {
        share[i] /= size;
      }
    }
    return share;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static double bounded(double value, double most) {
    return Math.max(-most, Math.min(most, value));
  }

  /** Best coefficients of every spectrum, all factors fixed, to unit mean square each. */
  private void updateCoefficients(List<GriddedSpectrum> spectra, double[][] coefficients) {
    double[] square = new double[ALL];
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] = fit(spectra.get(i), coefficients[i], -1, 1, 1, false).mean();
      for (int j = 0; j < ALL; j++) {
        square[j] += coefficients[i][j] * coefficients[i][j] / coefficients.length;
      }
    }
    for (int j = 0; j < ALL; j++) {
      if (used(j) && j != 0 && j != STARS && square[j] > 0) {
        double size = Math.sqrt(square[j]);
        for (double[] own : coefficients) {
          own[j] /= size;
        }
        for (int n = 0; n < USED.length; n++) {
          factor[n * ALL + j] *= size;
        }
      }
    }
  }

  /** Best values of all factors cell by cell, all coefficients fixed. */
  private void updateFactors(
      List<GriddedSpectrum> spectra, double[][] coefficients, boolean withCovariance) {
    // Runs of cells, because a spectrum's cells lie side by side in memory.
    for (int start = 0; start < USED.length; start += RUN) {
      int end = Math.min(start + RUN, USED.length);
      NormalEquations[] equations = new NormalEquations[end - start];
      for (int n = start; n < end; n++) {
        equations[n - start] = new NormalEquations(stars + (isLine(USED[n]) ? skies : 0));
      }
      double[] row = new double[stars + skies];
      for (int i = 0; i < coefficients.length; i++) {
        GriddedSpectrum s = spectra.get(i);
        double[] a = coefficients[i];
        System.arraycopy(a, STARS, row, stars, skies);
        for (int n = start; n < end; n++) {
          int k = USED[n];
          if (s.knows(k)) {
            for (int j = 0; j < stars; j++) {
              row[j] = a[j] * s.continuum[k];
            }
            double weight = weight(s, k, s.excess[k] - value(s, a, n));
            equations[n - start].add(row, weight, s.excess[k]);
          }
        }
      }
      for (int n = start; n < end; n++) {
        solve(equations[n - start], n, withCovariance);
      }
    }
  }

  private void solve(NormalEquations equations, int n, boolean withCovariance) {
    for (int j = 0; j < stars; j++) {
      double feature = FEATURE[Math.min(j, 1)];
      equations.addPrior(j, 0, feature * feature);
    }
    double most = Math.max(stated.most(USED[n]), 1e-6);
    for (int j = stars; j < equations.size(); j++) {
      equations.addPrior(j, 0, most * most / 4);
    }
    double[] best;
    if (withCovariance && isLine(USED[n])) {
      NormalEquations.Solution solution = equations.solve();
      best = solution.mean();
      covariance[n] = packed(solution.covariance(), stars);
    } else {
      best = equations.mean();
    }
    for (int j = 0; j < best.length; j++) {
      factor[n * ALL + (j < stars ? j : STARS + j - stars)] = best[j];
    }
  }

  private static boolean isLine(int cell) {
    return TopocentricGrid.window(cell) >= 0;
  }

  private static double[] packed(double[][] covariance, int from) {
    double[] packed = new double[NormalEquations.packed(covariance.length - from)];
    int n = 0;
    for (int a = from; a < covariance.length; a++) {
      for (int b = from; b <= a; b++) {
        packed[n++] = covariance[a][b];
      }
    }
    return packed;
  }

  /** Lines of one origin brighten together: no window may stand out from the others of its kind. */
  private void boundStrengths() {
    List<LineWindow> lines = TopocentricGrid.lines();
    double[] strength = new double[lines.size()];
    int[] cells = new int[lines.size()];
    for (int n = 0; n < USED.length; n++) {
      int w = TopocentricGrid.window(USED[n]);
      if (w >= 0) {
        strength[w] += factor[n * ALL + STARS] * factor[n * ALL + STARS];
        cells[w]++;
      }
    }
    Map<LineGroup, Double> usual = new EnumMap<>(LineGroup.class);
    for (int w = 0; w < strength.length; w++) {
      // Residuals of a window of many lines add up like their squares.
      strength[w] = Math.sqrt(strength[w] * cells[w]) / lines.get(w).strength();
    }
    for (LineGroup group : LineGroup.values()) {
      double[] own = new double[strength.length];
      for (int w = 0; w < own.length; w++) {
        own[w] = lines.get(w).group() == group ? strength[w] : Double.NaN;
      }
      usual.put(group, RobustStatistics.median(own));
    }
    for (int n = 0; n < USED.length; n++) {
      int w = TopocentricGrid.window(USED[n]);
      // The blue arm's lines are of many origins.
      if (w >= 0 && lines.get(w).group() != LineGroup.BLUE && strength[w] > 0) {
        double most = OUTSTANDING * usual.get(lines.get(w).group());
        double share = Math.min(1, most / strength[w]);
        for (int j = STARS; j < ALL; j++) {
          factor[n * ALL + j] *= share;
        }
      }
    }
  }

  /**
   * A spectrum's coefficients; those of the means are 1.
   *
   * @param start coefficients to begin with
   * @param part windows to leave out: those whose number is {@code part} modulo {@code parts}; none
   *     if -1
   * @param ofOthers whether the model is of other spectrographs: then the sky's mean is free, too
   */
  private NormalEquations.Solution fit(
      GriddedSpectrum spectrum, double[] start, int part, int parts, int passes, boolean ofOthers) {
    int[] free = new int[stars - 1 + skies - (ofOthers ? 0 : 1)];
    for (int j = 1, n = 0; j < ALL; j++) {
      if ((j != STARS || ofOthers) && used(j)) {
        free[n++] = j;
      }
    }
    double[] a = start.clone();
    double[] row = new double[free.length];
    double[][] spread = new double[ALL][ALL];
    for (int pass = 0; pass < passes; pass++) {
      NormalEquations equations = new NormalEquations(free.length);
      double[] off = off(spectrum, a);
      double[] trust = trust(spectrum, off);
      for (int n = 0; n < off.length; n++) {
        int k = USED[n];
        int window = TopocentricGrid.window(k);
        if (!spectrum.knows(k) || (window >= 0 && part >= 0 && window % parts == part)) {
          continue;
        }
        double target = off[n];
        for (int m = 0; m < free.length; m++) {
          int j = free[m];
          // Sky is no share of a star's light.
          row[m] = factor[n * ALL + j] * (j < STARS ? spectrum.continuum[k] : 1);
          target += a[j] * row[m];
        }
        double weight = weight(spectrum, k, off[n]);
        equations.add(row, window < 0 ? weight : weight * trust[window], target);
      }
      for (int n = 0; n < free.length; n++) {
        equations.addPrior(n, free[n] == STARS ? 1 : 0, 1);
      }
      NormalEquations.Solution solution = equations.solve();
      for (int n = 0; n < free.length; n++) {
        a[free[n]] = solution.mean()[n];
        for (int m = 0; m < free.length; m++) {
          spread[free[n]][free[m]] = solution.covariance()[n][m];
        }
      }
    }
    return new NormalEquations.Solution(a, spread);
  }

  /**
   * What each window counts: less where a spectrum has something that the model does not know, such
   * as a band of its star. The sky's other windows tell of the sky.
   */
  private static double[] trust(GriddedSpectrum spectrum, double[] off) {
    double[] chi2 = new double[TopocentricGrid.lines().size()];
    double[] known = new double[chi2.length];
    for (int n = 0; n < off.length; n++) {
      int window = TopocentricGrid.window(USED[n]);
      if (window >= 0 && spectrum.knows(USED[n])) {
        chi2[window] += Math.min(off[n] * off[n] * spectrum.weight[USED[n]], BOUND * BOUND);
        known[window]++;
      }
    }
    return trust(chi2, known);
  }

  /**
   * What windows count by how far they are off.
   *
   * @param chi2 sum of each window, changed
   * @param known cells that it is over
   */
  static double[] trust(double[] chi2, double[] known) {
    double[] trust = new double[chi2.length];
    for (int w = 0; w < trust.length; w++) {
      chi2[w] = known[w] > 0 ? chi2[w] / known[w] : Double.NaN;
    }
    double usual = Math.max(1, RobustStatistics.median(chi2));
    for (int w = 0; w < trust.length; w++) {
      double excess = chi2[w] / usual;
      trust[w] = excess > 1 ? 1 / (excess * excess) : 1;
    }
    return trust;
  }

  /**
   * What a spectrum is made of, on the grid and in its unit.
   *
   * @param sky the residual sky, 0 outside the windows
   * @param variance of {@code sky}, infinite outside the windows
   * @param star lines and bands of the object, as far as other objects have them
   */
  record Parts(double[] sky, double[] variance, double[] star) {
    /** Nothing known. */
    static Parts none() {
      double[] variance = new double[TopocentricGrid.SIZE];
      Arrays.fill(variance, Double.POSITIVE_INFINITY);
      return new Parts(
          new double[TopocentricGrid.SIZE], variance, new double[TopocentricGrid.SIZE]);
    }

    /** In another unit of flux. */
    Parts scaled(double factor) {
      double square = factor * factor;
      return new Parts(
          Arrays.stream(sky).map(v -> factor * v).toArray(),
          Arrays.stream(variance).map(v -> square * v).toArray(),
          Arrays.stream(star).map(v -> factor * v).toArray());
    }

    /**
     * With an error more, that is a share of the residual sky; of the largest within a line's
     * reach, since another spectrograph's lines stand and are spread a little otherwise.
     */
    Parts withError(double share) {
      double[] more = variance.clone();
      for (int k = 0; k < more.length; k++) {
        double most = 0;
        int end = Math.min(more.length - 1, k + TopocentricGrid.SPREAD);
        for (int n = Math.max(0, k - TopocentricGrid.SPREAD); n <= end; n++) {
          most = Math.max(most, Math.abs(sky[n]));
        }
        more[k] += share * share * most * most;
      }
      return new Parts(sky, more, star);
    }
  }

  /**
   * Takes a spectrum apart, every window by what the spectrum's other windows say.
   *
   * @param parts into which windows are divided for that
   */
  Parts predict(GriddedSpectrum spectrum, int parts) {
    return predict(spectrum, parts, false);
  }

  /**
   * The same of a spectrum of another spectrograph, in which the sky may be of another strength.
   */
  Parts predictOther(GriddedSpectrum spectrum, int parts) {
    return predict(spectrum, parts, true);
  }

  private Parts predict(GriddedSpectrum spectrum, int parts, boolean ofOthers) {
    Parts result = Parts.none();
    double[] start = new double[ALL];
    start[0] = 1;
    start[STARS] = 1;
    for (int part = 0; part < parts; part++) {
      NormalEquations.Solution fit = fit(spectrum, start, part, parts, FIT_PASSES, ofOthers);
      double[] a = fit.mean();
      for (int n = 0; n < USED.length; n++) {
        int k = USED[n];
        int window = TopocentricGrid.window(k);
        if (window >= 0 && window % parts == part) {
          double sky = sky(a, n);
          result.star[k] = value(spectrum, a, n) - sky;
          result.sky[k] = bounded(sky, stated.most(k));
          result.variance[k] = variance(fit, n);
        }
      }
    }
    return result;
  }

  /** What the model's spectra say of the sky under them. */
  StatedSky stated() {
    return stated;
  }

  /** Variance of the residual sky at a cell: that of the factors and that of the coefficients. */
  private double variance(NormalEquations.Solution fit, int n) {
    double sum = 0;
    int packed = 0;
    for (int a = 0; a < SKIES; a++) {
      for (int b = 0; b <= a; b++) {
        int i = STARS + a;
        int j = STARS + b;
        double both =
            covariance[n][packed++] * fit.mean()[i] * fit.mean()[j]
                + fit.covariance()[i][j] * factor[n * ALL + i] * factor[n * ALL + j];
        sum += a == b ? both : 2 * both;
      }
    }
    return sum;
  }
}
