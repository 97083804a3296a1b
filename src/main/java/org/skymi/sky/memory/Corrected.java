package org.skymi.sky.memory;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.skymi.sky.frame.LineGroup;

/**
 * What a fibre's coefficients make of the parts of its sky: by how much each part is multiplied,
 * with the covariance of these factors. They are smooth in the wavelength and differ between line
 * groups, so that a table of each group serves all pixels.
 */
final class Corrected {
  private static final int NODES = 96;
  private static final int PARTS = CorrectionColumns.PARTS;
  private static final int PAIRS = PARTS * (PARTS + 1) / 2;

  private final List<CorrectionColumns.Term> terms;
  private final Prediction z;
  private final double[][] functions;

  /** By group, null for no lines: factors and then their covariance, by node. */
  private final Map<LineGroup, double[][]> tables = new EnumMap<>(LineGroup.class);

  private double[] low;
  private double[] high;
  private double share;
  private boolean lines;

  Corrected(CorrectionColumns.Terms terms, Prediction z) {
    this.terms = terms.list();
    this.z = z;
    this.functions = terms.nodes(NODES);
  }

  /** Moves to a pixel. */
  void at(double u, LineGroup group) {
    // Without lines, any group's table will do: the parts are zero.
    LineGroup of = group == null ? LineGroup.OH : group;
    double[][] table = tables.computeIfAbsent(of, this::table);
    double place = Math.max(0, Math.min(1, (u + 1) / 2)) * NODES;
    int node = Math.min(NODES - 1, (int) place);
    low = table[node];
    high = table[node + 1];
    share = place - node;
    lines = group != null;
  }

  private double[][] table(LineGroup group) {
    int[] part = new int[terms.size()];
    for (int k = 0; k < part.length; k++) {
      CorrectionColumns.Term term = terms.get(k);
      part[k] = term.group() == null || term.group() == group ? term.part() : -1;
    }
    DMatrixRMaj covariance = z.covariance();
    double[][] table = new double[NODES + 1][PARTS + PAIRS];
    for (int node = 0; node <= NODES; node++) {
      double[] f = functions[node];
      double[] row = table[node];
      for (int k = 0; k < part.length; k++) {
        if (part[k] < 0) {
          continue;
        }
        row[part[k]] += f[k] * z.mean()[k];
        for (int l = 0; l < part.length; l++) {
          // Terms are in order of their parts.
          if (part[l] >= 0 && part[l] <= part[k]) {
            row[PARTS + pair(part[k], part[l])] += f[k] * f[l] * covariance.unsafe_get(k, l);
          }
        }
      }
    }
    return table;
  }

  private static int pair(int a, int b) {
    return a * (a + 1) / 2 + b;
  }

  private double value(int k) {
    return low[k] + share * (high[k] - low[k]);
  }

  /** What is added to the classical sky, electron. */
  double mean(double[] parts) {
    double sum = 0;
    for (int a = 0; a < PARTS; a++) {
      sum += value(a) * parts[a];
    }
    return sum;
  }

  /** Its variance, electron^2. */
  double variance(double[] parts) {
    double sum = 0;
    int k = PARTS;
    for (int a = 0; a < PARTS; a++) {
      if (!lines && a >= CorrectionColumns.LINES && a < CorrectionColumns.LIGHT) {
        k += a + 1;
        continue;
      }
      for (int b = 0; b < a; b++) {
        sum += 2 * value(k++) * parts[a] * parts[b];
      }
      sum += value(k++) * parts[a] * parts[a];
    }
    return sum;
  }
}
