package org.skymi.release;

import java.util.stream.IntStream;

/**
 * A spectrum at the cells that a model looks at, side by side, those in windows first: loops over
 * them become vector instructions.
 *
 * @param excess {@code [COUNT]}, flux above the continuum; 0 where unknown, as the others are
 * @param continuum likewise
 * @param weight likewise
 * @param known by window, how many of its cells are known
 */
record UsedCells(double[] excess, double[] continuum, double[] weight, double[] known) {
  /** Their cells of {@link TopocentricGrid}, in windows and elsewhere by wavelength each. */
  private static final int[] CELLS =
      IntStream.concat(
              IntStream.of(TopocentricGrid.used()).filter(UsedCells::isLine),
              IntStream.of(TopocentricGrid.used()).filter(k -> !isLine(k)))
          .toArray();

  /** Number of cells. */
  static final int COUNT = CELLS.length;

  /** Number of cells in windows. */
  static final int LINES = (int) IntStream.of(CELLS).filter(UsedCells::isLine).count();

  private static final int[] BY_WAVELENGTH =
      IntStream.range(0, COUNT)
          .boxed()
          .sorted((a, b) -> Integer.compare(CELLS[a], CELLS[b]))
          .mapToInt(Integer::intValue)
          .toArray();

  private static boolean isLine(int cell) {
    return TopocentricGrid.window(cell) >= 0;
  }

  /** Picks them out. */
  static UsedCells of(GriddedSpectrum spectrum) {
    UsedCells used =
        new UsedCells(
            new double[COUNT],
            new double[COUNT],
            new double[COUNT],
            new double[TopocentricGrid.lines().size()]);
    for (int n = 0; n < COUNT; n++) {
      if (spectrum.knows(CELLS[n])) {
        used.excess[n] = spectrum.excess[CELLS[n]];
        used.continuum[n] = spectrum.continuum[CELLS[n]];
        used.weight[n] = spectrum.weight[CELLS[n]];
        if (n < LINES) {
          used.known[window(n)]++;
        }
      }
    }
    return used;
  }

  /** The cell of {@link TopocentricGrid}. */
  static int cell(int n) {
    return CELLS[n];
  }

  /** The window of one of the first {@link #LINES}. */
  static int window(int n) {
    return TopocentricGrid.window(CELLS[n]);
  }

  /** All of them by wavelength; not to be changed. */
  static int[] byWavelength() {
    return BY_WAVELENGTH;
  }
}
