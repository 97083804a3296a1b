package org.skymi.release;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.skymi.math.NormalEquations;
import org.skymi.math.RobustStatistics;
import org.skymi.math.RunningMedian;
import org.skymi.release.ResidualSkyModel.Parts;
import org.skymi.sky.frame.LineGroup;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.SkyLines;
import org.skymi.survey.Instrument;

/**
 * What may be left of the sky in the spectra of one spectrograph, in a few numbers: a share of the
 * lines of each origin, their shift and width, of the sky that the stated noise tells of; and a
 * share of the sky's continuum with the lines of the sun, which is scattered moonlight or twilight.
 * Nothing else can be taken off. It is what networks speak of, on top of {@link ResidualSkyModel}
 * where that has a say.
 *
 * <p>Where the model of stars has none (Na D, lines below 5500 Angstrom, the sun's lines), a star
 * has what stars have in the median, and counts by as much less as they differ.
 */
final class ResidualColumns {
  /** Groups that cells are told by, in order; the last is of the sun's lines. */
  static final List<String> GROUPS =
      List.of("[OI] 5577", "Na D", "blue, Hg", "[OI] 6300", "O2 8645", "OH", "sun 3733-4500");

  private static final int SUN = GROUPS.size() - 1;

  /** Up to here, Angstrom, the sun's lines are strong and crowded. */
  private static final double LAST_OF_SUN = 4500;

  /** Cells of the sun's lines that are left out together. */
  private static final int RUN = 100;

  /** Middle and half width of the OH bands, Angstrom: what follows wavelength does in this. */
  private static final double MIDDLE = 8000;

  private static final double HALF = 1000;

  /** Spectra that tell what stars have: of at least this signal-to-noise ratio. */
  private static final double BRIGHT = 20;

  /** By how much a star's lines in the blue may be stronger or weaker than the median's. */
  private static final double STRENGTH = 0.3;

  /** A cell counts no more than one this many standard errors off. */
  private static final double BOUND = 4;

  /** Size of a share of the sky, and of shifts and widths in cells, to expect. */
  private static final double SHARE = 0.01;

  private static final double SHIFT = 0.03;

  private static final List<LineWindow> WINDOWS = windows();
  private static final int[] WINDOW = TopocentricGrid.windowOfCell(WINDOWS);

  /** Derivatives of a group's lines, and powers of the wavelength that these are taken with. */
  private record Term(LineGroup group, int derivative, int power) {}

  private static final List<Term> TERMS =
      List.of(
          new Term(LineGroup.OI5577, 0, 0),
          new Term(LineGroup.OI5577, 1, 0),
          new Term(LineGroup.SODIUM, 0, 0),
          new Term(LineGroup.SODIUM, 1, 0),
          new Term(LineGroup.BLUE, 0, 0),
          new Term(LineGroup.BLUE, 1, 0),
          new Term(LineGroup.OI6300, 0, 0),
          new Term(LineGroup.OI6300, 1, 0),
          new Term(LineGroup.O2, 0, 0),
          new Term(LineGroup.O2, 1, 0),
          new Term(LineGroup.OH, 0, 0),
          new Term(LineGroup.OH, 0, 1),
          new Term(LineGroup.OH, 1, 0),
          new Term(LineGroup.OH, 1, 1),
          new Term(LineGroup.OH, 2, 0));

  /** Number of coefficients: the last is of the sun's lines. */
  static final int COUNT = TERMS.size() + 1;

  /** {@code [cell][COUNT]}; null where nothing can be left. */
  private final double[][] rows = new double[TopocentricGrid.SIZE][];

  /** What stars have in the median, and how far they differ; shares of the continuum. */
  private final double[] star = new double[TopocentricGrid.SIZE];

  private final double[] spread = new double[TopocentricGrid.SIZE];
  private final StatedSky stated;

  /**
   * @param spectra of one spectrograph, those that are held out not among them
   */
  ResidualColumns(List<GriddedSpectrum> spectra, StatedSky stated) {
    this.stated = stated;
    stars(spectra);
    double[] sky = stated.sky();
    double[] continuum = RunningMedian.of(sky, GriddedSpectrum.CONTINUUM_HALF);
    double[][] lines = new double[3][sky.length];
    for (int k = 0; k < sky.length; k++) {
      lines[0][k] = WINDOW[k] >= 0 ? Math.max(0, sky[k] - continuum[k]) : 0;
    }
    for (int k = 1; k + 1 < sky.length; k++) {
      lines[1][k] = (lines[0][k + 1] - lines[0][k - 1]) / 2;
      lines[2][k] = lines[0][k + 1] - 2 * lines[0][k] + lines[0][k - 1];
    }
    for (int k = 0; k < sky.length; k++) {
      int group = group(k);
      if (group == SUN) {
        rows[k] = new double[COUNT];
        rows[k][COUNT - 1] = continuum[k] * star[k];
      } else if (group >= 0) {
        rows[k] = new double[COUNT];
        double u = (TopocentricGrid.wavelength(k) - MIDDLE) / HALF;
        for (int j = 0; j < TERMS.size(); j++) {
          Term term = TERMS.get(j);
          if (term.group == WINDOWS.get(WINDOW[k]).group()) {
            rows[k][j] = lines[term.derivative][k] * Math.pow(u, term.power);
          }
        }
      }
    }
  }

  private static List<LineWindow> windows() {
    return Instrument.LAMOST.optics().stream()
        .flatMap(
            arm ->
                SkyLines.windows(arm).stream()
                    .filter(w -> TopocentricGrid.isOf(arm, w))
                    .filter(w -> w.low() > TopocentricGrid.wavelength(0)))
        .toList();
  }

  private static final Map<LineGroup, Integer> NUMBER = numbers();

  private static Map<LineGroup, Integer> numbers() {
    Map<LineGroup, Integer> numbers = new EnumMap<>(LineGroup.class);
    numbers.put(LineGroup.OI5577, 0);
    numbers.put(LineGroup.SODIUM, 1);
    numbers.put(LineGroup.BLUE, 2);
    numbers.put(LineGroup.OI6300, 3);
    numbers.put(LineGroup.O2, 4);
    numbers.put(LineGroup.OH, 5);
    return numbers;
  }

  /** Index of a cell's group, -1 where nothing can be left. */
  static int group(int cell) {
    if (WINDOW[cell] >= 0) {
      return NUMBER.get(WINDOWS.get(WINDOW[cell]).group());
    }
    return TopocentricGrid.wavelength(cell) < LAST_OF_SUN ? SUN : -1;
  }

  /** Number of what is left out together with a cell. */
  static int window(int cell) {
    return WINDOW[cell] >= 0 ? WINDOW[cell] : WINDOWS.size() + cell / RUN;
  }

  /** Windows, those of the sun's lines among them. */
  static int windowCount() {
    return WINDOWS.size() + TopocentricGrid.SIZE / RUN + 1;
  }

  /** Expected size of each coefficient. */
  static double[] scale() {
    double[] scale = new double[COUNT];
    Arrays.fill(scale, SHARE);
    for (int j = 0; j < TERMS.size(); j++) {
      scale[j] = TERMS.get(j).derivative > 0 ? SHIFT : SHARE;
    }
    return scale;
  }

  private void stars(List<GriddedSpectrum> spectra) {
    double[] values = new double[spectra.size()];
    for (int k = 0; k < star.length; k++) {
      for (int i = 0; i < values.length; i++) {
        GriddedSpectrum s = spectra.get(i);
        boolean tells = s.knows(k) && s.signalToNoise() > BRIGHT && s.continuum[k] > 0;
        values[i] = tells ? s.excess[k] / s.continuum[k] : Double.NaN;
      }
      double median = RobustStatistics.median(values);
      star[k] = Double.isNaN(median) ? 0 : median;
      double nmad = RobustStatistics.nmad(values);
      spread[k] = Double.isNaN(nmad) ? 1 : nmad;
    }
  }

  /** Whether the component model of sky and stars has a say there. */
  private static boolean isModelled(int cell) {
    return TopocentricGrid.window(cell) >= 0;
  }

  /** What a spectrum has above its continuum and its star, before any sky is taken off. */
  double light(GriddedSpectrum s, Parts parts, int cell) {
    return s.excess[cell]
        - (isModelled(cell) ? parts.star()[cell] : s.continuum[cell] * star[cell]);
  }

  /** Variance that is stated of {@link #light}; of stars' part where no model knows it. */
  double noise(GriddedSpectrum s, int cell) {
    return isModelled(cell) ? s.variance[cell] : variance(s, cell);
  }

  /** Variance of {@link #light}, the star's part in it among it. */
  double variance(GriddedSpectrum s, int cell) {
    double own = spread[cell] * s.continuum[cell];
    return isModelled(cell) ? 1 / s.weight[cell] : s.variance[cell] + own * own;
  }

  /**
   * What a spectrum says of its coefficients.
   *
   * @param parts what the component model says of it, which did not see it
   * @param number of parts that windows are divided into
   * @return by part
   */
  NormalEquations[] equations(GriddedSpectrum s, Parts parts, int number) {
    NormalEquations[] equations = new NormalEquations[number];
    // One unknown more: how strong the star's lines are in the blue.
    Arrays.setAll(equations, p -> new NormalEquations(COUNT + 1));
    double[] trust = trust(s, parts);
    double[] row = new double[COUNT + 1];
    for (int k = 0; k < rows.length; k++) {
      if (rows[k] == null || !s.knows(k)) {
        continue;
      }
      System.arraycopy(rows[k], 0, row, 0, COUNT);
      row[COUNT] = group(k) == SUN ? s.continuum[k] * star[k] : 0;
      double off = light(s, parts, k) - parts.sky()[k];
      double variance = variance(s, k);
      double weight = Math.min(1, BOUND * BOUND * variance / (off * off)) / variance;
      equations[window(k) % number].add(row, weight * trust[window(k)], off);
    }
    for (int p = 0; p < number; p++) {
      equations[p] = without(equations[p]);
    }
    return equations;
  }

  private double[] trust(GriddedSpectrum s, Parts parts) {
    double[] chi2 = new double[windowCount()];
    double[] known = new double[chi2.length];
    for (int k = 0; k < rows.length; k++) {
      if (rows[k] != null && s.knows(k)) {
        double off = light(s, parts, k) - parts.sky()[k];
        chi2[window(k)] += Math.min(BOUND * BOUND, off * off / variance(s, k));
        known[window(k)]++;
      }
    }
    return ResidualSkyModel.trust(chi2, known);
  }

  /** Without the last unknown, whatever it is. */
  private static NormalEquations without(NormalEquations all) {
    double square = all.gram(COUNT, COUNT) + 1 / (STRENGTH * STRENGTH);
    NormalEquations rest = new NormalEquations(COUNT);
    for (int a = 0; a < COUNT; a++) {
      rest.addRhs(a, all.rhs(a) - all.gram(a, COUNT) * all.rhs(COUNT) / square);
      for (int b = 0; b <= a; b++) {
        rest.addGram(a, b, all.gram(a, b) - all.gram(a, COUNT) * all.gram(b, COUNT) / square);
      }
    }
    return rest;
  }

  /** Variance of the sky that coefficients make at a cell. */
  double skyVariance(DMatrixRMaj covariance, int cell) {
    double sum = 0;
    for (int a = 0; a < COUNT && rows[cell] != null; a++) {
      for (int b = 0; b < COUNT && rows[cell][a] != 0; b++) {
        sum += rows[cell][a] * rows[cell][b] * covariance.get(a, b);
      }
    }
    return sum;
  }

  /** The sky that coefficients make at a cell, no more than the stated sky allows. */
  double sky(double[] z, int cell) {
    double sum = 0;
    for (int j = 0; j < COUNT && rows[cell] != null; j++) {
      sum += z[j] * rows[cell][j];
    }
    return bounded(sum, cell);
  }

  /** No more than the stated sky allows at a cell, either way. */
  double bounded(double value, int cell) {
    double most = stated.most(cell);
    return Math.max(-most, Math.min(most, value));
  }
}
