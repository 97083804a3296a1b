package org.skymi.sky.memory;

import java.util.List;

/** The smooth functions of the correction columns, tabulated: they hardly change between pixels. */
final class SmoothTerms {
  private static final int NODES = 256;

  private final double[][] table;

  SmoothTerms(CorrectionColumns.Terms terms) {
    List<CorrectionColumns.Term> list = terms.list();
    table = new double[NODES + 1][list.size()];
    for (int n = 0; n <= NODES; n++) {
      for (int k = 0; k < list.size(); k++) {
        table[n][k] = list.get(k).at(2.0 * n / NODES - 1);
      }
    }
  }

  /** The functions at the node nearest to u, {@code [nCoefficient]}; not to be changed. */
  double[] at(double u) {
    long node = Math.round((u + 1) / 2 * NODES);
    return table[(int) Math.max(0, Math.min(NODES, node))];
  }
}
