package org.skymi.sky.memory;

/** The smooth functions of the correction columns, tabulated: they hardly change between pixels. */
final class SmoothTerms {
  private static final int NODES = 256;

  private final double[][] table;

  SmoothTerms(CorrectionColumns.Terms terms) {
    table = terms.nodes(NODES);
  }

  /** The functions at the node nearest to u, {@code [nCoefficient]}; not to be changed. */
  double[] at(double u) {
    long node = Math.round((u + 1) / 2 * NODES);
    return table[(int) Math.max(0, Math.min(NODES, node))];
  }
}
