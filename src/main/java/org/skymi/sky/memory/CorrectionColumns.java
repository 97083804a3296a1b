package org.skymi.sky.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.skymi.math.BSpline;
import org.skymi.math.Binary;
import org.skymi.math.Legendre;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.LineDerivatives;
import org.skymi.sky.frame.LineGroup;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.recipe.FrameRecipe;
import org.skymi.sky.recipe.Rounding;
import org.skymi.sky.supersky.SkyColumns;
import org.skymi.survey.Instrument;

/**
 * What a fibre's sky may differ by from the classical sky of its exposure: parts of that sky, times
 * smooth functions of the wavelength, linear in a few coefficients. Nothing can be invented that
 * the sky does not have.
 *
 * <p>Parts and their terms: the continuum times cosines; every line group times 1, OH times u, too;
 * the first to fourth derivative of the lines times Legendre polynomials (errors of the
 * wavelengths, width, asymmetry, kurtosis of the line spread); patterns of the lines ({@link
 * Patterns}), which have the line spread's other shapes; all of the sky times patterns of the
 * transmission; the frame's smoothed light (scattered light). Derivatives are {@link
 * LineDerivatives}.
 */
public final class CorrectionColumns {
  private static final int COSINES = 8;

  /** Legendre terms of the first to fourth derivative. */
  private static final int[] DERIVATIVE_TERMS = {5, 3, 3, 2};

  /** Unit of scattered light, share of the frame's mean light. */
  private static final double SCATTERED = 0.01;

  /** Scatter over fibres to start learning from: continuum, lines, derivatives, scattered light. */
  private static final double CONTINUUM_SCALE = 0.02;

  private static final double LINE_SCALE = 0.02;
  private static final double[] DERIVATIVE_SCALES = {0.04, 0.1, 0.1, 0.2};
  private static final double SCATTERED_SCALE = 0.1;

  /** Of patterns, whose unit is their own scatter. */
  private static final double PATTERN_SCALE = 1;

  static final int CONTINUUM = 0;
  static final int LINES = 1;
  static final int FIRST_DERIVATIVE = 2;
  static final int PATTERN = FIRST_DERIVATIVE + DERIVATIVE_TERMS.length;
  static final int TRANSMISSION = PATTERN + Patterns.LINES;
  static final int LIGHT = TRANSMISSION + Patterns.TRANSMISSIONS;

  /** Number of parts of a sky. */
  static final int PARTS = LIGHT + 1;

  private final SkyGrid grid;
  private final List<LineGroup> groups;

  /** By a group's ordinal, where a fibre's coefficients have its strength. */
  private final int[] strengths = new int[LineGroup.values().length];

  /** By pattern of the lines, coefficients over the light of their window. */
  private final double[][] linePatterns;

  /** By pattern of the transmission, in bins. */
  private final double[][] transmissions;

  private final Terms terms;

  /** By term, its part and its group: pixels are many. */
  private final int[] partOf;

  private final LineGroup[] groupOf;

  /** Spline coefficients of the lines, and of those with shapes of fibres' own. */
  private final double[] lines;

  private final double[] shaped;

  /** Of all lines, the fourth derivative: the classical sky's. */
  private final double[] fourth;

  /** Those of all parts, by coefficient: {@code [nCoefficient * PARTS]}. */
  private final double[] parts;

  /**
   * A coefficient.
   *
   * @param part of the sky
   * @param group of lines, null if all
   * @param order of the function of wavelength
   */
  record Term(int part, LineGroup group, int order, double scale) {
    /** The smooth function that the part is multiplied by, at u = -1..1. */
    double at(double u) {
      if (part == CONTINUUM) {
        return Math.cos(Math.PI * order * (u + 1) / 2);
      }
      return Legendre.at(order, u);
    }
  }

  /** The coefficients of an arm, in order. */
  record Terms(List<Term> list) {
    static Terms of(Instrument.Optics arm) {
      List<Term> list = new ArrayList<>();
      for (int j = 0; j < COSINES; j++) {
        list.add(new Term(CONTINUUM, null, j, CONTINUUM_SCALE / (1 + 0.5 * j)));
      }
      for (LineGroup group : SkyColumns.groups(arm)) {
        list.add(new Term(LINES, group, 0, LINE_SCALE));
      }
      if (SkyColumns.groups(arm).contains(LineGroup.OH)) {
        list.add(new Term(LINES, LineGroup.OH, 1, LINE_SCALE));
      }
      for (int d = 0; d < DERIVATIVE_TERMS.length; d++) {
        for (int j = 0; j < DERIVATIVE_TERMS[d]; j++) {
          list.add(new Term(FIRST_DERIVATIVE + d, null, j, DERIVATIVE_SCALES[d] / (1 + j)));
        }
      }
      for (int k = 0; k < Patterns.LINES; k++) {
        list.add(new Term(PATTERN + k, null, 0, PATTERN_SCALE));
      }
      for (int k = 0; k < Patterns.TRANSMISSIONS; k++) {
        list.add(new Term(TRANSMISSION + k, null, 0, PATTERN_SCALE));
      }
      list.add(new Term(LIGHT, null, 0, SCATTERED_SCALE));
      return new Terms(List.copyOf(list));
    }

    /** What is expected of a fibre of which nothing is known. */
    Prediction unknown() {
      DMatrixRMaj scatter = new DMatrixRMaj(list.size(), list.size());
      for (int k = 0; k < list.size(); k++) {
        scatter.set(k, k, Math.pow(list.get(k).scale, 2));
      }
      return new Prediction(new double[list.size()], scatter);
    }

    /** All smooth functions at evenly spaced u from -1 to 1, {@code [n + 1][nCoefficient]}. */
    double[][] nodes(int n) {
      double[][] table = new double[n + 1][list.size()];
      for (int node = 0; node <= n; node++) {
        for (int k = 0; k < list.size(); k++) {
          table[node][k] = list.get(k).at(2.0 * node / n - 1);
        }
      }
      return table;
    }
  }

  /**
   * @param grid the arm
   * @param sky spline coefficients of the exposure's sky, electron
   * @param light the frame's smoothed mean light, electron per pixel, spline coefficients
   * @param patterns of the arm
   */
  public CorrectionColumns(SkyGrid grid, double[] sky, double[] light, Patterns patterns) {
    this.grid = grid;
    this.groups = SkyColumns.groups(grid.optics());
    groups.forEach(g -> strengths[g.ordinal()] = SkyColumns.CONTINUUM_TERMS + groups.indexOf(g));
    this.terms = Terms.of(grid.optics());
    partOf = terms.list().stream().mapToInt(Term::part).toArray();
    groupOf = terms.list().stream().map(Term::group).toArray(LineGroup[]::new);
    parts = new double[sky.length * PARTS];
    double[] continuum = grid.continuum(sky);
    lines = FibreCalibration.minus(sky, continuum);
    set(CONTINUUM, continuum, 1);
    set(LINES, lines, 1);
    fourth = LineDerivatives.of(grid, lines, DERIVATIVE_TERMS.length);
    shaped = shaped(grid, lines);
    for (int d = 0; d < DERIVATIVE_TERMS.length; d++) {
      set(FIRST_DERIVATIVE + d, LineDerivatives.of(grid, shaped, d + 1), 1);
    }
    double[][] shapes = patterns.ofLines(grid, shaped);
    for (int k = 0; k < shapes.length; k++) {
      set(PATTERN + k, shapes[k], 1);
    }
    set(LIGHT, light, SCATTERED);
    linePatterns = patterns.lines(sky.length);
    transmissions = patterns.transmissions(sky.length);
    double[][] everywhere = patterns.ofTransmission(grid);
    for (int k = 0; k < everywhere.length; k++) {
      set(TRANSMISSION + k, everywhere[k], 1);
    }
  }

  /**
   * The lines whose shapes may differ from fibre to fibre: not the weak blue ones, far from the
   * bright ones that hold the polynomials of derivatives.
   */
  private static double[] shaped(SkyGrid grid, double[] lines) {
    double[] shaped = lines.clone();
    for (int k = 0; k < shaped.length; k++) {
      int window = grid.windowOf(k);
      if (window >= 0 && grid.windows().get(window).group() == LineGroup.BLUE) {
        shaped[k] = 0;
      }
    }
    return shaped;
  }

  private void set(int part, double[] coefficients, double unit) {
    for (int k = 0; k < coefficients.length; k++) {
      parts[k * PARTS + part] = unit * coefficients[k];
    }
  }

  /** Number of coefficients of an arm. */
  public static int count(Instrument.Optics arm) {
    return Terms.of(arm).list().size();
  }

  /**
   * What a memory of an arm's coefficients is made of.
   *
   * @param fibres of a spectrograph
   */
  public static MemoryShape shape(Instrument.Optics arm, int fibres, MemoryShape.Orders orders) {
    List<Term> list = Terms.of(arm).list();
    double[] grey = new double[list.size()];
    for (int k = 0; k < grey.length; k++) {
      Term term = list.get(k);
      grey[k] = (term.part == CONTINUUM || term.part == LINES) && term.order == 0 ? 1 : 0;
    }
    double[] scale = list.stream().mapToDouble(Term::scale).toArray();
    return new MemoryShape(fibres, new double[grey.length], scale, grey, orders);
  }

  Terms terms() {
    return terms;
  }

  /**
   * The columns as they are kept.
   *
   * @param light of the frame
   * @param variance of the sky's spline coefficients, electron^2
   * @param intervals over which the terms' functions are straight
   * @param slack by method's key
   */
  FrameRecipe.Columns recipe(
      FrameLight light, double[] variance, int intervals, Map<String, double[]> slack) {
    int n = lines.length;
    double[] sky = new double[n];
    for (int k = 0; k < n; k++) {
      sky[k] = (float) (parts[k * PARTS + CONTINUUM] + lines[k]);
    }
    List<Term> list = terms.list();
    return new FrameRecipe.Columns(
        new FrameRecipe.CommonSky(sky, Rounding.coefficients(lines), Binary.floats(variance)),
        Rounding.coefficients(shaped),
        new FrameRecipe.Patterns(Binary.floats(Binary.flat(linePatterns)), transmissions),
        Arrays.stream(light.mean()).map(b -> SCATTERED * b).toArray(),
        new FrameRecipe.Terms(
            list.stream().mapToInt(Term::part).toArray(),
            list.stream().mapToInt(t -> t.group == null ? -1 : groups.indexOf(t.group)).toArray(),
            list.stream().mapToInt(Term::order).toArray(),
            intervals),
        slack);
  }

  /** What the exposure's sky is like. */
  double[] features() {
    double[] continuum = new double[lines.length];
    Arrays.setAll(continuum, k -> parts[k * PARTS + CONTINUUM]);
    return SkyFeatures.of(grid, continuum, lines);
  }

  /** Light of the lines by window, see {@link Patterns}. */
  double[] lightOfWindows() {
    return Patterns.light(grid, lines);
  }

  /** What of the columns is one fibre's own. */
  static final class Fibre {
    private final double[] classical;
    private final DoubleUnaryOperator width;
    private final double kurtosis;

    /**
     * @param classical the fibre's coefficients in {@link SkyColumns}
     * @param width second moment of its line spread at a wavelength minus the master's, Angstrom^2
     * @param kurtosis of its line spread minus the master's, see {@link LineDerivatives}
     */
    Fibre(double[] classical, DoubleUnaryOperator width, double kurtosis) {
      this.classical = classical;
      this.width = width;
      this.kurtosis = kurtosis;
    }

    /** Its continuum over the sky's in the arm's middle. */
    double level() {
      return classical[0];
    }
  }

  /** Scratch for {@link #parts}. */
  static double[] scratch() {
    return new double[BSpline.ORDER];
  }

  /**
   * The parts of a fibre's sky at one pixel; continuum and lines together are its classical sky.
   *
   * @param x the aligned wavelength, Angstrom
   * @param out {@code [PARTS]}, set
   * @return the line group, null where there are only wings of lines, or none
   */
  LineGroup parts(double x, Fibre fibre, double[] scratch, double[] out) {
    BSpline spline = grid.spline();
    int first = spline.first(x);
    spline.values(x, first, scratch);
    double u = grid.u(x);
    double[] z = fibre.classical;
    double level = z[0] + u * (z[1] + u * z[2]);
    LineGroup group = grid.groupAt(x);
    int at = first * PARTS;
    if (group == null) {
      Arrays.fill(out, LINES, TRANSMISSION, 0);
      out[CONTINUUM] = level * value(at + CONTINUUM, scratch);
      out[LIGHT] = value(at + LIGHT, scratch);
      for (int part = TRANSMISSION; part < LIGHT; part++) {
        out[part] = out[CONTINUUM] * value(at + part, scratch);
      }
      return null;
    }
    double strength = z[strengths[group.ordinal()]];
    strength += group == LineGroup.OH ? u * z[z.length - 1] : 0;
    setValues(at, scratch, out);
    out[CONTINUUM] *= level;
    out[LINES] += fibre.kurtosis * BSpline.dot(fourth, first, scratch);
    spline.curvatures(x, first, scratch);
    out[LINES] += 0.5 * fibre.width.applyAsDouble(x) * value(at + LINES, scratch);
    for (int part = LINES; part < TRANSMISSION; part++) {
      out[part] *= strength;
    }
    double sky = out[CONTINUUM] + out[LINES];
    for (int part = TRANSMISSION; part < LIGHT; part++) {
      out[part] *= sky;
    }
    return group;
  }

  /** All parts at a point, by the weights of the coefficients that touch it. */
  private void setValues(int at, double[] weights, double[] out) {
    double a = weights[0];
    double b = weights[1];
    double c = weights[2];
    double d = weights[3];
    // Weights that the loop need not look up again: it becomes vector instructions.
    for (int k = 0; k < PARTS; k++) {
      out[k] =
          parts[at + k] * a
              + parts[at + PARTS + k] * b
              + parts[at + 2 * PARTS + k] * c
              + parts[at + 3 * PARTS + k] * d;
    }
  }

  /** A part at a point, by the weights of the coefficients that touch it. */
  private double value(int at, double[] weights) {
    return parts[at] * weights[0]
        + parts[at + PARTS] * weights[1]
        + parts[at + 2 * PARTS] * weights[2]
        + parts[at + 3 * PARTS] * weights[3];
  }

  /**
   * Values of the columns at one pixel.
   *
   * @param values of {@link #parts}
   * @param smooth {@link Term#at} of each term
   * @param row {@code [nCoefficient]}, set
   */
  void row(double[] values, LineGroup group, double[] smooth, double[] row) {
    for (int k = 0; k < row.length; k++) {
      boolean other = groupOf[k] != null && groupOf[k] != group;
      row[k] = other ? 0 : values[partOf[k]] * smooth[k];
    }
  }
}
