package org.skymi.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.SkyLines;
import org.skymi.survey.Instrument;

/**
 * The cells on which released spectra are compared: steps of 1e-4, the releases' own, in log10 of
 * the wavelength in the observatory's frame, where the sky's lines stand still; and the windows of
 * these lines.
 */
final class TopocentricGrid {
  /** Cells, from 3733 to 9120 Angstrom. */
  static final int SIZE = 3879;

  /** The first that a model of stars looks at, at 4000 Angstrom. */
  private static final int FIRST_USED = 300;

  /** A line's light is spread over so many cells on either side. */
  static final int SPREAD = 3;

  private static final double START = 3.5721;
  private static final double STEP = 1e-4;

  /** Below this, Angstrom, stars have more lines than the sky. */
  private static final double FIRST = 5500;

  /**
   * Stellar and interstellar lines at which the sky has its own brightest: Na D, H alpha, Ca II
   * triplet; Angstrom. No statistics tells these apart.
   */
  private static final double[] OBJECT_LINES = {5891.6, 5897.6, 6564.6, 8500.4, 8544.4, 8664.5};

  /** Doppler shift of 290 km/s at Na D to 500 at the Ca II triplet, Angstrom. */
  private static final double OBJECT_LINE_WIDTH = 8;

  private static final List<LineWindow> WINDOWS = windows();

  /** Each cell's window, -1 for none. */
  private static final int[] WINDOW = windowOfCell(WINDOWS);

  /** The cells that a model looks at. */
  private static final int[] USED =
      IntStream.range(FIRST_USED, SIZE).filter(k -> WINDOW[k] >= 0 || k % 3 == 0).toArray();

  private TopocentricGrid() {}

  private static List<LineWindow> windows() {
    List<LineWindow> all = new ArrayList<>();
    for (Instrument.Optics arm : Instrument.LAMOST.optics()) {
      for (LineWindow w : SkyLines.windows(arm)) {
        boolean ofArm = isOf(arm, w) && w.low() > FIRST;
        boolean free =
            Arrays.stream(OBJECT_LINES)
                .allMatch(x -> w.high() < x - OBJECT_LINE_WIDTH || w.low() > x + OBJECT_LINE_WIDTH);
        if (ofArm && free) {
          all.add(w);
        }
      }
    }
    return List.copyOf(all);
  }

  /** Whether a window is of an arm; they overlap, and each part of the spectrum is of one. */
  static boolean isOf(Instrument.Optics arm, LineWindow window) {
    return Instrument.LAMOST.at(window.centre()) == arm;
  }

  /** Index of each cell's window, -1 for none. */
  static int[] windowOfCell(List<LineWindow> windows) {
    int[] of = new int[SIZE];
    Arrays.fill(of, -1);
    for (int k = 0; k < SIZE; k++) {
      for (int w = 0; w < windows.size(); w++) {
        if (windows.get(w).contains(wavelength(k))) {
          of[k] = w;
        }
      }
    }
    return of;
  }

  /** The windows, by wavelength. */
  static List<LineWindow> lines() {
    return WINDOWS;
  }

  /** The window of a cell, -1 if it is in none. */
  static int window(int cell) {
    return WINDOW[cell];
  }

  /**
   * The cells that a model looks at, ascending: all in windows, and every third elsewhere, which
   * tells a star's type as well.
   */
  static int[] used() {
    return USED;
  }

  /** Wavelength of a cell, vacuum Angstrom. */
  static double wavelength(int cell) {
    return Math.pow(10, START + cell * STEP);
  }

  /** The cell nearest to a wavelength, -1 beyond the grid. */
  static int cell(double wavelength) {
    int cell = (int) Math.round((Math.log10(wavelength) - START) / STEP);
    return cell >= 0 && cell < SIZE ? cell : -1;
  }
}
