package org.skymi.sky.memory;

import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.skymi.sky.frame.LineGroup;

/**
 * What a fibre's coefficients make of the parts of its sky: by how much each part is multiplied,
 * with the covariance of these factors. They are smooth in the wavelength, so that a table of them
 * at few places serves all pixels.
 *
 * <p>The lines' factor is another one for each group; the other parts' are not. A row of the table
 * holds the others first, then the lines of one group after the other.
 */
final class Corrected {
  static final int NODES = 96;

  /** Parts but the lines, in their order in the table: those without which no pixel is first. */
  private static final int OTHERS = CorrectionColumns.PARTS - 1;

  /** The first of these, which pixels without lines have: the continuum and the last parts. */
  private static final int SMOOTH = 1 + CorrectionColumns.PARTS - CorrectionColumns.TRANSMISSION;

  private static final int[] PLACE = new int[CorrectionColumns.PARTS];

  static {
    PLACE[CorrectionColumns.LINES] = OTHERS;
    for (int part = CorrectionColumns.FIRST_DERIVATIVE; part < PLACE.length; part++) {
      boolean isSmooth = part >= CorrectionColumns.TRANSMISSION;
      PLACE[part] =
          isSmooth
              ? 1 + part - CorrectionColumns.TRANSMISSION
              : SMOOTH + part - CorrectionColumns.FIRST_DERIVATIVE;
    }
  }

  /** Number of pairs of the first parts. */
  private static int pairs(int parts) {
    return parts * (parts + 1) / 2;
  }

  /** What all fibres of an arm share: the terms' functions, and where their products belong. */
  static final class Terms {
    /** By term and node. */
    private final double[][] functions;

    /** By pair of terms k and l <= k, and node. */
    private final double[][] products;

    /** Where a term, or a pair of them, is summed; -1 for two groups. */
    private final int[] toMean;

    private final int[] toVariance;

    /** The groups of lines in the order of the table. */
    private final List<LineGroup> groups;

    /** Their places there, by ordinal. */
    private final int[] groupAt = new int[LineGroup.values().length];

    Terms(CorrectionColumns.Terms terms) {
      List<CorrectionColumns.Term> list = terms.list();
      groups =
          list.stream()
              .map(CorrectionColumns.Term::group)
              .filter(Objects::nonNull)
              .distinct()
              .toList();
      groups.forEach(g -> groupAt[g.ordinal()] = groups.indexOf(g));
      functions = transposed(terms.nodes(NODES));
      products = new double[pairs(list.size())][NODES + 1];
      toMean = new int[list.size()];
      toVariance = new int[pairs(list.size())];
      for (int k = 0, pair = 0; k < list.size(); k++) {
        CorrectionColumns.Term term = list.get(k);
        toMean[k] = PLACE[term.part()] + (term.group() == null ? 0 : at(term.group()));
        for (int l = 0; l <= k; l++, pair++) {
          toVariance[pair] = place(term, list.get(l));
          for (int node = 0; node <= NODES; node++) {
            products[pair][node] = (k == l ? 1 : 2) * functions[k][node] * functions[l][node];
          }
        }
      }
    }

    private int place(CorrectionColumns.Term one, CorrectionColumns.Term other) {
      int a = PLACE[one.part()];
      int b = PLACE[other.part()];
      if (Math.max(a, b) < OTHERS) {
        return pairs(Math.max(a, b)) + Math.min(a, b);
      }
      LineGroup group = one.group() == null ? other.group() : one.group();
      boolean apart = a == b && one.group() != other.group();
      return apart ? -1 : lines(at(group)) + Math.min(a, b);
    }

    private int at(LineGroup group) {
      return groupAt[group.ordinal()];
    }

    /** Where pairs with the lines of a group begin. */
    private static int lines(int group) {
      return pairs(OTHERS) + group * CorrectionColumns.PARTS;
    }
  }

  /** A pixel, the same whatever the coefficients are. */
  static final class Pixel {
    private final Terms of;

    /** The parts of its sky: the lines, and the others in order. */
    private double light;

    private final double[] ordered = new double[OTHERS];

    /** Products of the others that the pixel has, by pair; not before a variance asks. */
    private final double[] products = new double[pairs(OTHERS)];

    private boolean hasProducts;

    /** A sum's terms. */
    private final double[] terms = new double[pairs(OTHERS)];

    /** The first of the nodes that it is between, and how far it is from there to the next. */
    private int node;

    private double share;

    /** Index of the group's lines, -1 for none. */
    private int group;

    Pixel(Terms of) {
      this.of = of;
    }

    /**
     * Moves to a pixel.
     *
     * @param parts of the sky there
     */
    void at(double u, LineGroup lines, double[] parts) {
      double place = Math.max(0, Math.min(1, (u + 1) / 2)) * NODES;
      node = Math.min(NODES - 1, (int) place);
      share = place - node;
      group = lines == null ? -1 : of.at(lines);
      light = parts[CorrectionColumns.LINES];
      ordered[0] = parts[CorrectionColumns.CONTINUUM];
      System.arraycopy(parts, CorrectionColumns.TRANSMISSION, ordered, 1, SMOOTH - 1);
      System.arraycopy(parts, CorrectionColumns.FIRST_DERIVATIVE, ordered, SMOOTH, OTHERS - SMOOTH);
      hasProducts = false;
    }

    /** Others that it has. */
    private int others() {
      return group < 0 ? SMOOTH : OTHERS;
    }

    private double[] products() {
      if (!hasProducts) {
        for (int a = 0, pair = 0; a < others(); a++) {
          for (int b = 0; b <= a; b++, pair++) {
            products[pair] = ordered[a] * ordered[b];
          }
        }
        hasProducts = true;
      }
      return products;
    }

    private double value(double[][] table, int at) {
      return table[node][at] + share * (table[node + 1][at] - table[node][at]);
    }

    /** The same as {@link #dot} from 0 on, of many: the products first, as vector instructions. */
    private double sum(double[][] table, double[] factors, int count) {
      double[] low = table[node];
      double[] high = table[node + 1];
      for (int k = 0; k < count; k++) {
        terms[k] = (low[k] + share * (high[k] - low[k])) * factors[k];
      }
      double sum = 0;
      double other = 0;
      int k = 0;
      for (; k + 1 < count; k += 2) {
        sum += terms[k];
        other += terms[k + 1];
      }
      return k < count ? sum + other + terms[k] : sum + other;
    }

    private double dot(double[][] table, int from, double[] factors, int count) {
      double[] low = table[node];
      double[] high = table[node + 1];
      double below = 0;
      double above = 0;
      double otherBelow = 0;
      double otherAbove = 0;
      int k = 0;
      // Two sums of each, so that additions need not wait for each other.
      for (; k + 1 < count; k += 2) {
        below += low[from + k] * factors[k];
        above += high[from + k] * factors[k];
        otherBelow += low[from + k + 1] * factors[k + 1];
        otherAbove += high[from + k + 1] * factors[k + 1];
      }
      if (k < count) {
        below += low[from + k] * factors[k];
        above += high[from + k] * factors[k];
      }
      below += otherBelow;
      above += otherAbove;
      return below + share * (above - below);
    }
  }

  private final Terms terms;
  private final Prediction z;

  /** By node. */
  private final double[][] means;

  /** Likewise; null until asked for. */
  private double[][] variances;

  Corrected(Terms terms, Prediction z) {
    this.terms = terms;
    this.z = z;
    double[][] meansOf = new double[OTHERS + terms.groups.size()][NODES + 1];
    for (int k = 0; k < terms.toMean.length; k++) {
      addProduct(z.mean()[k], terms.functions[k], meansOf[terms.toMean[k]]);
    }
    means = transposed(meansOf);
  }

  private double[][] variances() {
    double[][] variancesOf = new double[Terms.lines(terms.groups.size())][NODES + 1];
    double[] covariance = lower(z.covariance());
    for (int pair = 0; pair < covariance.length; pair++) {
      if (terms.toVariance[pair] >= 0 && covariance[pair] != 0) {
        addProduct(covariance[pair], terms.products[pair], variancesOf[terms.toVariance[pair]]);
      }
    }
    return transposed(variancesOf);
  }

  private static void addProduct(double factor, double[] of, double[] to) {
    for (int node = 0; node < to.length; node++) {
      to[node] += factor * of[node];
    }
  }

  private static double[][] transposed(double[][] table) {
    double[][] transposed = new double[table[0].length][table.length];
    for (int a = 0; a < table.length; a++) {
      for (int b = 0; b < transposed.length; b++) {
        transposed[b][a] = table[a][b];
      }
    }
    return transposed;
  }

  private static double[] lower(DMatrixRMaj matrix) {
    double[] lower = new double[pairs(matrix.numRows)];
    for (int k = 0, pair = 0; k < matrix.numRows; k++) {
      for (int l = 0; l <= k; l++, pair++) {
        lower[pair] = matrix.unsafe_get(k, l);
      }
    }
    return lower;
  }

  /** What is added to the classical sky, electron. */
  double mean(Pixel at) {
    double sum = at.dot(means, 0, at.ordered, at.others());
    return at.group < 0 ? sum : sum + at.value(means, OTHERS + at.group) * at.light;
  }

  /** Its variance, electron^2. */
  double variance(Pixel at) {
    if (variances == null) {
      variances = variances();
    }
    double sum = at.sum(variances, at.products(), pairs(at.others()));
    if (at.group >= 0) {
      int from = Terms.lines(at.group);
      sum += at.light * at.dot(variances, from, at.ordered, OTHERS);
      sum += at.light * at.light * at.value(variances, from + OTHERS);
    }
    return sum;
  }
}
