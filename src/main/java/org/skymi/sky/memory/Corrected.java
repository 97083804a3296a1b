package org.skymi.sky.memory;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
  private static final int NODES = 96;

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
    private final double[][] functions;

    /** By pair of terms k and l <= k. */
    private final double[][] products;

    /** Where a term, or a pair of them, is summed; -1 for two groups. */
    private final int[] toMean;

    private final int[] toVariance;
    private final Map<LineGroup, Integer> groups = new EnumMap<>(LineGroup.class);

    Terms(CorrectionColumns.Terms terms) {
      List<CorrectionColumns.Term> list = terms.list();
      functions = terms.nodes(NODES);
      products = new double[functions.length][pairs(list.size())];
      toMean = new int[list.size()];
      toVariance = new int[pairs(list.size())];
      for (int k = 0, pair = 0; k < list.size(); k++) {
        CorrectionColumns.Term term = list.get(k);
        if (term.group() != null) {
          groups.putIfAbsent(term.group(), groups.size());
        }
        toMean[k] = PLACE[term.part()] + (term.group() == null ? 0 : groups.get(term.group()));
        for (int l = 0; l <= k; l++, pair++) {
          toVariance[pair] = place(term, list.get(l));
          for (int node = 0; node <= NODES; node++) {
            products[node][pair] = (k == l ? 1 : 2) * functions[node][k] * functions[node][l];
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
      return apart ? -1 : lines(groups.get(group)) + Math.min(a, b);
    }

    /** Where pairs with the lines of a group begin. */
    private static int lines(int group) {
      return pairs(OTHERS) + group * CorrectionColumns.PARTS;
    }
  }

  private final Terms terms;

  /** By node. */
  private final double[][] means;

  private final double[][] variances;

  private final double[] ordered = new double[OTHERS];
  private final double[] pairs = new double[pairs(OTHERS)];
  private int node;
  private double share;

  /** Index of the group's lines, -1 for none. */
  private int group;

  Corrected(Terms terms, Prediction z) {
    this.terms = terms;
    int groups = terms.groups.size();
    means = new double[NODES + 1][OTHERS + groups];
    variances = new double[NODES + 1][Terms.lines(groups)];
    double[] covariance = lower(z.covariance());
    for (int n = 0; n <= NODES; n++) {
      for (int k = 0; k < terms.toMean.length; k++) {
        means[n][terms.toMean[k]] += terms.functions[n][k] * z.mean()[k];
      }
      double[] products = terms.products[n];
      for (int pair = 0; pair < covariance.length; pair++) {
        if (terms.toVariance[pair] >= 0) {
          variances[n][terms.toVariance[pair]] += products[pair] * covariance[pair];
        }
      }
    }
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

  /** Moves to a pixel. */
  void at(double u, LineGroup lines) {
    double place = Math.max(0, Math.min(1, (u + 1) / 2)) * NODES;
    node = Math.min(NODES - 1, (int) place);
    share = place - node;
    group = lines == null ? -1 : terms.groups.get(lines);
  }

  /** What is added to the classical sky, electron. */
  double mean(double[] parts) {
    order(parts);
    double sum = dot(means, 0, ordered, group < 0 ? SMOOTH : OTHERS);
    return group < 0 ? sum : sum + value(means, OTHERS + group) * parts[CorrectionColumns.LINES];
  }

  /** Its variance, electron^2. */
  double variance(double[] parts) {
    order(parts);
    int used = group < 0 ? SMOOTH : OTHERS;
    for (int a = 0, pair = 0; a < used; a++) {
      for (int b = 0; b <= a; b++, pair++) {
        pairs[pair] = ordered[a] * ordered[b];
      }
    }
    double sum = dot(variances, 0, pairs, pairs(used));
    if (group >= 0) {
      double lines = parts[CorrectionColumns.LINES];
      int from = Terms.lines(group);
      sum += lines * dot(variances, from, ordered, OTHERS);
      sum += lines * lines * value(variances, from + OTHERS);
    }
    return sum;
  }

  private void order(double[] parts) {
    ordered[0] = parts[CorrectionColumns.CONTINUUM];
    System.arraycopy(parts, CorrectionColumns.TRANSMISSION, ordered, 1, SMOOTH - 1);
    System.arraycopy(parts, CorrectionColumns.FIRST_DERIVATIVE, ordered, SMOOTH, OTHERS - SMOOTH);
  }

  private double value(double[][] table, int at) {
    return table[node][at] + share * (table[node + 1][at] - table[node][at]);
  }

  private double dot(double[][] table, int from, double[] factors, int count) {
    double[] low = table[node];
    double[] high = table[node + 1];
    double below = 0;
    double above = 0;
    for (int k = 0; k < count; k++) {
      below += low[from + k] * factors[k];
      above += high[from + k] * factors[k];
    }
    return below + share * (above - below);
  }
}
