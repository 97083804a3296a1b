package org.skymi.sky.prior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;
import org.skymi.math.BSpline;
import org.skymi.math.BandedNormal;
import org.skymi.math.NormalEquations;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.SkyGrid;

/**
 * What an archive says of a sky before its sky fibres are seen: it is made of a basis, up to how
 * far skies that the basis never saw were off it, relative to their brightness. Of that there are
 * two parts: a slack from coefficient to coefficient, and broad changes of the continuum's level,
 * which twenty fibres know even where each coefficient of theirs is noise. Where sky fibres know
 * less than the slack, in the far blue, a sky is what the basis can make; where they know more, in
 * the bright lines of the red, it is what they say.
 */
public final class SkyPrior {
  /** Components of a basis at the most, for continuum and lines each. */
  public static final int MOST_COMPONENTS = 12;

  /** Parts of the archive, whole plates, that are left out in turn. */
  private static final int PARTS = 8;

  private static final int PASSES = 3;

  /** Relative difference between skies that slack may hold, and no component has to. */
  private static final double FLOOR = 0.02;

  /** Coefficients on either side that share their slack. */
  private static final int REACH = 8;

  /** Relative slack that no archive is good enough to go below. */
  static final double LEAST = 0.002;

  /** How much more than the best-known coefficient a prior may weigh, for the solution's sake. */
  private static final double TIGHTEST = 1e3;

  /** Places along an arm where the continuum's level is free on its own; straight in between. */
  private static final int PLACES = 16;

  /** Relative change of the continuum's level to start from. */
  private static final double BROAD = 0.05;

  /**
   * How much freer the level is than left-out plates were: they are few, a moonlit sky among dark
   * ones is not well foretold by them, and freedom that is not needed costs next to nothing.
   */
  private static final double BROAD_MARGIN = 2;

  /** Keeps an unknown that nothing tells of from being free, relative to what tells of it. */
  static final double RIDGE = 1e-12;

  private final SkyBasis basis;
  private final double[] slack;
  private final double[] broad;
  private final Optional<Likeness> likeness;

  private SkyPrior(SkyBasis basis, double[] slack, double[] broad, Optional<Likeness> likeness) {
    this.basis = basis;
    this.slack = slack;
    this.broad = broad;
    this.likeness = likeness;
  }

  /**
   * A prior from its parts, for instance those of a stored model.
   *
   * @param slack relative, {@code [nCoefficient]}
   * @param broad relative, at evenly spaced places; of a model that knows of none, empty
   */
  public static SkyPrior of(SkyBasis basis, double[] slack, double[] broad) {
    return new SkyPrior(basis, slack, broad, Optional.empty());
  }

  /** The same of an archive that shows how alike the skies of an exposure's spectrographs are. */
  public SkyPrior with(Optional<Likeness> shown) {
    return new SkyPrior(basis, slack, broad, shown);
  }

  /** How alike the skies of an exposure's spectrographs are, if the archive shows it. */
  public Optional<Likeness> likeness() {
    return likeness;
  }

  /** The basis. */
  public SkyBasis basis() {
    return basis;
  }

  /** How far skies are off the basis, relative to their brightness, {@code [nCoefficient]}. */
  public double[] slack() {
    return slack;
  }

  /** How far the level of skies' continua is off the basis, relative, at evenly spaced places. */
  public double[] broad() {
    return broad;
  }

  /**
   * Learns a prior; see {@link SkyBasis#learn}.
   *
   * @param plates which plate each master is of, 0 .. nPlate-1: skies of one plate are alike, so
   *     that they have to be left out together
   */
  public static SkyPrior learn(
      SkyGrid grid, List<double[]> masters, List<double[]> variances, int[] plates, int most) {
    SkyBasis[] others = others(grid, masters, variances, plates, most);
    Scatter off = scatter(grid, masters, variances, plates, others);
    return of(basis(grid, masters, variances, most), off.slack, off.broad);
  }

  /**
   * What the others of a plate say of each of its skies: priors that never saw the master that they
   * are for, and so don't hold its noise.
   *
   * @return one for each master, in order
   */
  public static List<SkyPrior> leavingOut(
      SkyGrid grid, List<double[]> masters, List<double[]> variances, int most) {
    int[] each = IntStream.range(0, masters.size()).toArray();
    SkyBasis[] others = others(grid, masters, variances, each, most);
    Scatter off = scatter(grid, masters, variances, each, others);
    return IntStream.of(each)
        .mapToObj(s -> of(others[s % others.length], off.slack, off.broad))
        .toList();
  }

  /** The bases of all but every part of the plates; of everything if there is but one plate. */
  private static SkyBasis[] others(
      SkyGrid grid, List<double[]> masters, List<double[]> variances, int[] plates, int most) {
    int parts = Math.min(PARTS, 1 + Arrays.stream(plates).max().orElse(0));
    SkyBasis[] others = new SkyBasis[parts];
    for (int part = 0; part < parts; part++) {
      int out = part;
      int[] in =
          IntStream.range(0, masters.size())
              .filter(s -> parts == 1 || plates[s] % parts != out)
              .toArray();
      others[part] = basis(grid, pick(masters, in), pick(variances, in), most);
    }
    return others;
  }

  /** How far skies are off a basis that never saw them; see {@link #slack} and {@link #broad}. */
  private record Scatter(double[] slack, double[] broad) {}

  private static Scatter scatter(
      SkyGrid grid,
      List<double[]> masters,
      List<double[]> variances,
      int[] plates,
      SkyBasis[] others) {
    int n = masters.size();
    int size = grid.spline().size();
    int parts = others.length;
    double[][] level = new double[n][];
    Arrays.setAll(level, s -> level(masters.get(s)));
    double[] slack = new double[size];
    Arrays.fill(slack, parts > 1 ? 0 : 1);
    double[] broad = new double[PLACES];
    Arrays.fill(broad, BROAD);
    for (int pass = 0; pass < PASSES && parts > 1; pass++) {
      double[] square = new double[size];
      double[] total = new double[size];
      double[] level2 = new double[PLACES];
      for (int s = 0; s < n; s++) {
        double[] v = variances.get(s);
        Off off = off(grid, others[plates[s] % parts], masters.get(s), v, slack, broad, level[s]);
        for (int k = 0; k < size; k++) {
          if (Double.isFinite(v[k])) {
            // Relative, so that no exposure outweighs the others; its noise must not count.
            double unit = 1 / (level[s][k] * level[s][k] + v[k]);
            // Noise is stated of values. Coefficients scatter more; in line windows they tell
            // nevertheless, because lines differ by more than noise.
            double rest = grid.windowOf(k) < 0 ? BSpline.atCentre(off.rest, k) : off.rest[k];
            square[k] += (rest * rest - v[k]) * unit;
            total[k] += level[s][k] * level[s][k] * unit;
          }
        }
        for (int j = 0; j < PLACES; j++) {
          level2[j] += off.broad2[j] / n;
        }
      }
      slack = spread(square, total);
      Arrays.setAll(broad, j -> Math.max(LEAST, Math.sqrt(level2[j])));
    }
    if (parts > 1) {
      Arrays.setAll(broad, j -> BROAD_MARGIN * broad[j]);
    }
    return new Scatter(slack, broad);
  }

  /** The basis that {@link #learn} learns, without the slack. */
  public static SkyBasis basis(
      SkyGrid grid, List<double[]> masters, List<double[]> variances, int most) {
    return SkyBasis.learn(grid, masters, variances, most, FLOOR);
  }

  /** What is left of a master that a basis is fitted to, weighted by its own noise. */
  public static double[] residual(SkyBasis basis, double[] master, double[] variance) {
    double[] weight = weight(variance, new double[master.length], master);
    double[][] b = basis.components();
    return FibreCalibration.minus(master, sum(b, solved(NormalEquations.of(b, weight, master))));
  }

  private static List<double[]> pick(List<double[]> rows, int[] which) {
    List<double[]> picked = new ArrayList<>();
    for (int k : which) {
      picked.add(rows.get(k));
    }
    return picked;
  }

  static double[] spread(double[] square, double[] total) {
    double[] slack = new double[square.length];
    for (int k = 0; k < slack.length; k++) {
      double sum = 0;
      double weight = 0;
      for (int j = Math.max(0, k - REACH); j <= Math.min(slack.length - 1, k + REACH); j++) {
        sum += square[j];
        weight += total[j];
      }
      slack[k] = weight > 0 ? Math.sqrt(Math.max(LEAST * LEAST, sum / weight)) : 1;
    }
    return slack;
  }

  /** Brightness of a sky, without the zeros that noise makes. */
  static double[] level(double[] sky) {
    double[] level = new double[sky.length];
    for (int k = 0; k < sky.length; k++) {
      double sum = 0;
      int count = 0;
      for (int j = Math.max(0, k - REACH); j <= Math.min(sky.length - 1, k + REACH); j++) {
        sum += Math.abs(sky[j]);
        count++;
      }
      level[k] = Math.max(Math.abs(sky[k]), sum / count);
    }
    return level;
  }

  /**
   * How a master is off a basis that is fitted to it.
   *
   * @param rest what is left of it without broad changes
   * @param broad2 expected squares of broad changes, by place
   */
  private record Off(double[] rest, double[] broad2) {}

  private static Off off(
      SkyGrid grid,
      SkyBasis basis,
      double[] master,
      double[] variance,
      double[] slack,
      double[] broad,
      double[] level) {
    double[] weight = weight(variance, slack, level);
    double[][] b = basis.components();
    double[] state = solved(NormalEquations.of(b, weight, master));
    double[][] all = columns(b, grid.continuum(sum(b, state)), broad.length);
    NormalEquations equations = NormalEquations.of(all, weight, master);
    for (int j = 0; j < broad.length; j++) {
      equations.addPrior(b.length + j, 0, broad[j] * broad[j]);
    }
    SimpleMatrix inverse = inverse(SimpleMatrix.wrap(equations.gram()));
    double[] found = times(inverse, equations.rhs());
    double[] broad2 = new double[broad.length];
    for (int j = 0; j < broad.length; j++) {
      int a = b.length + j;
      broad2[j] = found[a] * found[a] + inverse.get(a, a);
    }
    return new Off(FibreCalibration.minus(master, sum(all, found)), broad2);
  }

  static double[] weight(double[] variance, double[] slack, double[] level) {
    double[] weight = new double[variance.length];
    for (int k = 0; k < weight.length; k++) {
      double tau = slack[k] * level[k];
      weight[k] = Double.isFinite(variance[k]) ? 1 / (variance[k] + tau * tau) : 0;
    }
    return weight;
  }

  /** The basis, and for every place the continuum around it. */
  static double[][] columns(double[][] components, double[] continuum, int places) {
    double[][] all = Arrays.copyOf(components, components.length + places);
    for (int j = 0; j < places; j++) {
      double[] column = new double[continuum.length];
      for (int k = 0; k < column.length; k++) {
        double place = (double) k * (places - 1) / Math.max(1, column.length - 1);
        column[k] = Math.max(0, 1 - Math.abs(place - j)) * Math.max(0, continuum[k]);
      }
      all[components.length + j] = column;
    }
    return all;
  }

  static double[] sum(double[][] columns, double[] factors) {
    double[] sum = new double[columns.length == 0 ? 0 : columns[0].length];
    for (int a = 0; a < columns.length; a++) {
      addProduct(factors[a], columns[a], sum);
    }
    return sum;
  }

  static double[] solved(NormalEquations equations) {
    return times(inverse(SimpleMatrix.wrap(equations.gram())), equations.rhs());
  }

  static double[] times(SimpleMatrix matrix, double[] vector) {
    return matrix.mult(new SimpleMatrix(vector.length, 1, true, vector)).getDDRM().getData();
  }

  /** The inverse of a symmetric matrix, each of whose unknowns has a unit of its own. */
  static SimpleMatrix inverse(SimpleMatrix gram) {
    int n = gram.getNumRows();
    double[] unit = new double[n];
    Arrays.setAll(unit, a -> gram.get(a, a) > 0 ? 1 / Math.sqrt(gram.get(a, a)) : 1);
    SimpleMatrix scaled = gram.copy();
    for (int a = 0; a < n; a++) {
      for (int c = 0; c < n; c++) {
        scaled.set(a, c, unit[a] * unit[c] * scaled.get(a, c));
      }
      scaled.set(a, a, scaled.get(a, a) + RIDGE);
    }
    SimpleMatrix inverse = scaled.invert();
    for (int a = 0; a < n; a++) {
      for (int c = 0; c < n; c++) {
        inverse.set(a, c, unit[a] * unit[c] * inverse.get(a, c));
      }
    }
    return inverse;
  }

  /**
   * The sky that sky fibres and the prior together make most likely: x minimises {@code x'Nx - 2b'x
   * + (x - Ba)'T(x - Ba) + a'Pa}, over the coefficients a of the basis and of broad changes, too,
   * where T and P are the inverse squares of what is expected of them (P is 0 for the basis).
   *
   * @param grid the arm
   * @param normal N and b, what the spectrograph's sky fibres say
   */
  public SkyBasis.Projection fit(SkyGrid grid, BandedNormal normal) {
    SkyFit fit = solve(grid, normal);
    return fit.projection(basis.components().length);
  }

  /** The fit, of which a state is the basis's and that of broad changes. */
  SkyFit solve(SkyGrid grid, BandedNormal normal) {
    double[] projected = basis.project(normal);
    double[] tight = tight(projected, normal);
    BandedNormal pull = new BandedNormal(tight.length);
    pull.addDiagonal(tight);
    double[][] b = columns(basis.components(), grid.continuum(projected), broad.length);
    SimpleMatrix precision = new SimpleMatrix(b.length, b.length);
    for (int j = 0; j < broad.length; j++) {
      int a = basis.components().length + j;
      precision.set(a, a, 1 / (broad[j] * broad[j]));
    }
    return new SkyFit(
        normal, normal.rightHandSide(), new SkyFit.Expected(b, precision, pull, tight));
  }

  /**
   * How tightly coefficients are held: the inverse squares of the slack.
   *
   * @param projected a sky on the basis
   * @param normal what is known of it
   */
  double[] tight(double[] projected, BandedNormal normal) {
    double[] rough = level(projected);
    double cap =
        TIGHTEST * IntStream.range(0, rough.length).mapToDouble(normal::diagonal).max().orElse(0);
    double[] tight = new double[rough.length];
    Arrays.setAll(
        tight,
        k -> Math.min(cap, 1 / Math.max(Double.MIN_NORMAL, Math.pow(slack[k] * rough[k], 2))));
    return tight;
  }

  private static void addProduct(double factor, double[] column, double[] to) {
    for (int k = 0; k < to.length; k++) {
      to[k] += factor * column[k];
    }
  }
}
