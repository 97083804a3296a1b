package org.skymi.release;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.skymi.math.ManyNormals;
import org.skymi.math.NormalEquations;
import org.skymi.math.RobustStatistics;
import org.skymi.math.RowSums;
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

  /** Components of the residual sky, at the most. */
  static final int SKY_COMPONENTS = 12;

  /** ... and at the least. */
  private static final int FEWEST_SKIES = 3;

  /** Spectra that it takes to tell one more component of the sky from noise. */
  private static final int PER_COMPONENT = 6;

  /** Components of the sky that begin together, so that stars' and the sky's end together. */
  private static final int BEGIN = SKY_COMPONENTS / STAR_COMPONENTS;

  private static final int FIT_PASSES = 2;

  /** Cells done at a time: what all spectra say of them stays at hand. */
  private static final int RUN = 64;

  /** Of the power method. */
  private static final int ITERATIONS = 10;

  /** Depth of lines that stars have in common, and differ in, to expect; share of the continuum. */
  private static final double[] FEATURE = {0.05, 0.03};

  /** A cell counts no more than one this many standard errors off. */
  private static final double BOUND = 4;

  /** A window that stands out from those of the same lines by more is no sky. */
  private static final double OUTSTANDING = 4;

  private static final int STARS = 1 + STAR_COMPONENTS;
  private static final int SKIES = 1 + SKY_COMPONENTS;
  private static final int ALL = STARS + SKIES;

  /**
   * Stars' mean and components at {@link UsedCells}, then the sky's at those of them in windows.
   */
  private final double[][] factor = new double[ALL][];

  /** Covariance of the sky's factors at each cell in a window, lower triangle. */
  private final double[][] covariance = new double[UsedCells.LINES][];

  private final StatedSky stated;

  /** Which factors are in use so far; a mean always. */
  private int stars = 1;

  private int skies = 1;

  private ResidualSkyModel(StatedSky stated) {
    this.stated = stated;
    for (int j = 0; j < ALL; j++) {
      factor[j] = new double[j < STARS ? UsedCells.COUNT : UsedCells.LINES];
    }
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
   * @param gridded of any spectrographs, in units in which their skies are alike
   * @param stated the sky under them
   */
  static ResidualSkyModel learn(List<GriddedSpectrum> gridded, StatedSky stated) {
    ResidualSkyModel model = new ResidualSkyModel(stated);
    List<UsedCells> spectra = gridded.stream().map(GriddedSpectrum::used).toList();
    double[][] coefficients = new double[spectra.size()][ALL];
    for (double[] own : coefficients) {
      own[0] = 1;
      own[STARS] = 1;
    }
    int components = skyComponents(spectra.size());
    // Of few spectra all is less certain, and costs little.
    int passes = components < SKY_COMPONENTS ? 2 : 1;
    for (int pass = 0; pass < passes; pass++) {
      model.updateFactors(spectra, coefficients, false);
    }
    while (model.stars < STARS || model.skies <= components) {
      model.grow(spectra, coefficients, components);
      model.update(spectra, coefficients, passes);
    }
    model.updateFactors(spectra, coefficients, true);
    model.boundStrengths();
    return model;
  }

  /** How many components of the sky so many spectra tell. */
  private static int skyComponents(int spectra) {
    return Math.max(FEWEST_SKIES, Math.min(SKY_COMPONENTS, spectra / PER_COMPONENT));
  }

  /** Components of the sky, beside its mean, as many as it was learnt with. */
  int components() {
    return (int)
        Arrays.stream(factor, STARS + 1, ALL)
            .filter(own -> Arrays.stream(own).anyMatch(v -> v != 0))
            .count();
  }

  private void update(List<UsedCells> spectra, double[][] coefficients, int passes) {
    for (int pass = 0; pass < passes; pass++) {
      updateFactors(spectra, coefficients, false);
      updateCoefficients(spectra, coefficients);
    }
  }

  /** Writes what {@link #read} reads. */
  void write(DataOutputStream out) throws IOException {
    write(out, stated.sky());
    write(out, stated.gain());
    for (int n : UsedCells.byWavelength()) {
      for (double[] row : factor) {
        out.writeDouble(n < row.length ? row[n] : 0);
      }
    }
    for (double[] own : covariance) {
      write(out, own);
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
    for (int n : UsedCells.byWavelength()) {
      double[] own = doubles(in, ALL);
      for (int j = 0; j < (n < UsedCells.LINES ? ALL : STARS); j++) {
        model.factor[j][n] = own[j];
      }
    }
    for (int n = 0; n < UsedCells.LINES; n++) {
      model.covariance[n] = doubles(in, NormalEquations.packed(SKIES));
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

  /** A share of a spectrum's continuum, at the first cells. */
  private double[] star(UsedCells spectrum, double[] a, int count) {
    double[] star = new double[count];
    RowSums.add(a, factor, 0, stars, star, 0, count);
    for (int n = 0; n < count; n++) {
      star[n] *= spectrum.continuum()[n];
    }
    return star;
  }

  /** Adds the sky's part, to cells in windows. */
  private void addSky(double[] a, double[] to) {
    RowSums.add(a, factor, STARS, STARS + skies, to, 0, UsedCells.LINES);
  }

  /** What a spectrum has beyond what is made of it; of no meaning where unknown. */
  private double[] off(UsedCells spectrum, double[] a) {
    double[] off = star(spectrum, a, UsedCells.COUNT);
    addSky(a, off);
    for (int n = 0; n < off.length; n++) {
      off[n] = spectrum.excess()[n] - off[n];
    }
    return off;
  }

  private static double weight(UsedCells spectrum, int n, double off) {
    double weight = spectrum.weight()[n];
    double square = off * off * weight;
    return square <= BOUND * BOUND ? weight : weight * BOUND * BOUND / square;
  }

  /**
   * New components begin as what is left of most spectra, told in standard errors: a star's outside
   * the windows, the sky's inside.
   *
   * @param components of the sky at the end
   */
  private void grow(List<UsedCells> spectra, double[][] coefficients, int components) {
    double[][] star = new double[coefficients.length][];
    double[][] sky = new double[coefficients.length][];
    for (int i = 0; i < star.length; i++) {
      UsedCells s = spectra.get(i);
      double[] chi = off(s, coefficients[i]);
      for (int n = 0; n < chi.length; n++) {
        chi[n] = bounded(chi[n] * Math.sqrt(s.weight()[n]), BOUND);
      }
      sky[i] = Arrays.copyOf(chi, UsedCells.LINES);
      star[i] = Arrays.copyOfRange(chi, UsedCells.LINES, chi.length);
    }
    if (stars < STARS) {
      begin(stars++, leading(star), coefficients);
    }
    for (int n = 0; n < BEGIN && skies <= components; n++) {
      double[] share = leading(sky);
      begin(STARS + skies++, share, coefficients);
      takeOff(share, sky);
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
      share[i] = Math.sqrt(RowSums.dot(rows[i], rows[i]));
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] component = new double[rows[0].length];
      RowSums.add(share, rows, 0, rows.length, component, 0, component.length);
      for (int i = 0; i < rows.length; i++) {
        share[i] = RowSums.dot(rows[i], component);
      }
      double size = Math.sqrt(RowSums.dot(share, share) / share.length);
      for (int i = 0; i < rows.length && size > 0; i++) {
        share[i] /= size;
      }
    }
    return share;
  }

  /** Takes a principal component off rows, of which each has its share. */
  private static void takeOff(double[] share, double[][] rows) {
    double[] component = new double[rows[0].length];
    RowSums.add(share, rows, 0, rows.length, component, 0, component.length);
    double square = RowSums.dot(share, share);
    for (int i = 0; i < rows.length && square > 0; i++) {
      double[] own = {-share[i] / square};
      RowSums.add(own, new double[][] {component}, 0, 1, rows[i], 0, component.length);
    }
  }

  private static double bounded(double value, double most) {
    return Math.max(-most, Math.min(most, value));
  }

  /** Best coefficients of every spectrum, all factors fixed, to unit mean square each. */
  private void updateCoefficients(List<UsedCells> spectra, double[][] coefficients) {
    double[] square = new double[ALL];
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] =
          new Fit(spectra.get(i), coefficients[i], false).of(coefficients[i], -1, 1, 1).mean();
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
        for (int n = 0; n < factor[j].length; n++) {
          factor[j][n] *= size;
        }
      }
    }
  }

  /** Best values of all factors cell by cell, all coefficients fixed. */
  private void updateFactors(
      List<UsedCells> spectra, double[][] coefficients, boolean withCovariance) {
    double[][] off = new double[coefficients.length][];
    Arrays.setAll(off, i -> off(spectra.get(i), coefficients[i]));
    for (int from = 0; from < UsedCells.COUNT; ) {
      boolean areLines = from < UsedCells.LINES;
      int until = Math.min(from + RUN, areLines ? UsedCells.LINES : UsedCells.COUNT);
      ManyNormals equations = equations(spectra, coefficients, off, from, until);
      addPriors(equations, from, until);
      double[][] best = equations.solve();
      for (int a = 0; a < best.length; a++) {
        System.arraycopy(best[a], 0, factor[factor(a)], from, until - from);
      }
      for (int n = from; withCovariance && areLines && n < until; n++) {
        double[] known = packed(equations.of(n - from).solve().covariance(), stars);
        covariance[n] = Arrays.copyOf(known, NormalEquations.packed(SKIES));
      }
      from = until;
    }
  }

  /**
   * What spectra say of the factors of some cells, all of them in windows or none.
   *
   * @param off what each has beyond what was made of it
   */
  private ManyNormals equations(
      List<UsedCells> spectra, double[][] coefficients, double[][] off, int from, int until) {
    int count = coefficients.length;
    // By power of the continuum: 0, 1 and 2 of stars' factors in a product.
    double[][][] weight = new double[3][count][until - from];
    double[][][] weighted = new double[2][count][until - from];
    for (int i = 0; i < count; i++) {
      UsedCells s = spectra.get(i);
      for (int n = from; n < until; n++) {
        double own = weight(s, n, off[i][n]);
        double light = own * s.continuum()[n];
        weight[0][i][n - from] = own;
        weight[1][i][n - from] = light;
        weight[2][i][n - from] = light * s.continuum()[n];
        weighted[0][i][n - from] = own * s.excess()[n];
        weighted[1][i][n - from] = light * s.excess()[n];
      }
    }
    int size = from < UsedCells.LINES ? stars + skies : stars;
    ManyNormals equations = new ManyNormals(size, until - from);
    for (int a = 0; a < size; a++) {
      double[] own = column(coefficients, a);
      equations.addRhs(a, own, weighted[a < stars ? 1 : 0]);
      for (int b = 0; b <= a; b++) {
        double[] products = column(coefficients, b);
        for (int i = 0; i < count; i++) {
          products[i] *= own[i];
        }
        equations.addGram(a, b, products, weight[(a < stars ? 1 : 0) + (b < stars ? 1 : 0)]);
      }
    }
    return equations;
  }

  /** Which factor an unknown is: those in use. */
  private int factor(int unknown) {
    return unknown < stars ? unknown : STARS + unknown - stars;
  }

  /** What spectra have of an unknown. */
  private double[] column(double[][] coefficients, int unknown) {
    return Arrays.stream(coefficients).mapToDouble(a -> a[factor(unknown)]).toArray();
  }

  private void addPriors(ManyNormals equations, int from, int until) {
    for (int n = from; n < until; n++) {
      for (int j = 0; j < stars; j++) {
        double feature = FEATURE[Math.min(j, 1)];
        equations.addPrior(n - from, j, feature * feature);
      }
      double most = Math.max(stated.most(UsedCells.cell(n)), 1e-6);
      for (int j = stars; j < equations.size(); j++) {
        equations.addPrior(n - from, j, most * most / 4);
      }
    }
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
    for (int n = 0; n < UsedCells.LINES; n++) {
      int w = UsedCells.window(n);
      strength[w] += factor[STARS][n] * factor[STARS][n];
      cells[w]++;
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
    for (int n = 0; n < UsedCells.LINES; n++) {
      int w = UsedCells.window(n);
      // The blue arm's lines are of many origins.
      if (lines.get(w).group() != LineGroup.BLUE && strength[w] > 0) {
        double most = OUTSTANDING * usual.get(lines.get(w).group());
        double share = Math.min(1, most / strength[w]);
        for (int j = STARS; j < ALL; j++) {
          factor[j][n] *= share;
        }
      }
    }
  }

  /** Fits of a spectrum by the factors in use. */
  private final class Fit {
    private final UsedCells spectrum;

    /** Coefficients that are free; those of the means are 1. */
    private final int[] free;

    /** By free coefficient: what it adds to the spectrum. */
    private final double[][] columns;

    /** What they are to explain. */
    private final double[] data;

    /**
     * @param start coefficients, of which those that are not free stay
     * @param ofOthers whether the model is of other spectrographs: then the sky's mean is free, too
     */
    Fit(UsedCells spectrum, double[] start, boolean ofOthers) {
      this.spectrum = spectrum;
      this.free =
          IntStream.range(1, ALL).filter(j -> (j != STARS || ofOthers) && used(j)).toArray();
      double[] fixed = start.clone();
      columns = new double[free.length][];
      for (int m = 0; m < free.length; m++) {
        columns[m] = factor[free[m]];
        if (free[m] < STARS) {
          // Sky is no share of a star's light.
          columns[m] = columns[m].clone();
          for (int n = 0; n < columns[m].length; n++) {
            columns[m][n] *= spectrum.continuum()[n];
          }
        }
        fixed[free[m]] = 0;
      }
      data = off(spectrum, fixed);
    }

    /**
     * A spectrum's coefficients.
     *
     * @param start to begin with
     * @param part windows to leave out: those whose number is {@code part} modulo {@code parts};
     *     none if -1
     */
    NormalEquations.Solution of(double[] start, int part, int parts, int passes) {
      double[] a = start.clone();
      double[][] spread = new double[ALL][ALL];
      for (int pass = 0; pass < passes; pass++) {
        NormalEquations equations = NormalEquations.of(columns, weights(a, part, parts), data);
        for (int m = 0; m < free.length; m++) {
          equations.addPrior(m, free[m] == STARS ? 1 : 0, 1);
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

    /** What cells count. */
    private double[] weights(double[] a, int part, int parts) {
      double[] off = off(spectrum, a);
      double[] trust = trust(spectrum, off);
      for (int w = 0; w < trust.length; w++) {
        trust[w] = part >= 0 && w % parts == part ? 0 : trust[w];
      }
      double[] weights = new double[off.length];
      for (int n = 0; n < off.length; n++) {
        weights[n] = weight(spectrum, n, off[n]);
      }
      for (int n = 0; n < UsedCells.LINES; n++) {
        weights[n] *= trust[UsedCells.window(n)];
      }
      return weights;
    }
  }

  /**
   * What each window counts: less where a spectrum has something that the model does not know, such
   * as a band of its star. The sky's other windows tell of the sky.
   */
  private static double[] trust(UsedCells spectrum, double[] off) {
    double[] chi2 = new double[spectrum.known().length];
    for (int n = 0; n < UsedCells.LINES; n++) {
      chi2[UsedCells.window(n)] += Math.min(off[n] * off[n] * spectrum.weight()[n], BOUND * BOUND);
    }
    return trust(chi2, spectrum.known());
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
    UsedCells used = spectrum.used();
    Fit fits = new Fit(used, start, ofOthers);
    for (int part = 0; part < parts; part++) {
      NormalEquations.Solution fit = fits.of(start, part, parts, FIT_PASSES);
      double[] star = star(used, fit.mean(), UsedCells.LINES);
      double[] sky = new double[UsedCells.LINES];
      addSky(fit.mean(), sky);
      for (int n = 0; n < UsedCells.LINES; n++) {
        if (UsedCells.window(n) % parts == part) {
          int k = UsedCells.cell(n);
          result.star[k] = star[n];
          result.sky[k] = bounded(sky[n], stated.most(k));
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
                + fit.covariance()[i][j] * factor[i][n] * factor[j][n];
        sum += a == b ? both : 2 * both;
      }
    }
    return sum;
  }
}
