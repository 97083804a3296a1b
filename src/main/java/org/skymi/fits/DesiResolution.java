package org.skymi.fits;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.skymi.survey.LineWidths;

/**
 * DESI's HDU RESOLUTION, {@code [nFibre][nDiagonal][nPixel]}: column p of a fibre is what light of
 * pixel p's wavelength becomes, diagonal k of it in pixel p + k - nDiagonal/2 (desispec's
 * Resolution). What is wanted of it is the second moment, which is smooth in wavelength.
 */
final class DesiResolution {
  static final String NAME = "RESOLUTION";

  /** Wavelengths at which moments are taken: optics change over hundreds of pixels. */
  private static final int PLACES = 32;

  /** Pixels around a place that are averaged: a pixel's own moment ripples with its phase. */
  private static final int AROUND = 4;

  /** Diagonals that are written, as DESI does. */
  private static final int DIAGONALS = 11;

  private DesiResolution() {}

  /**
   * The widths that a file states.
   *
   * @param wavelength of its pixels, Angstrom
   * @return {@link LineWidths#NONE} if it has no such HDU
   * @throws FitsRejection if the HDU has another shape, or is not of reals
   */
  static LineWidths read(FitsFile file, int fibres, double[] wavelength) throws FitsRejection {
    Optional<Hdu> found = file.find(NAME);
    if (found.isEmpty()) {
      return LineWidths.NONE;
    }
    Hdu hdu = found.get();
    int width = wavelength.length;
    int diagonals = hdu.axis(2);
    boolean isFitting =
        hdu.cards().requiredInteger("NAXIS") == 3
            && hdu.axis(1) == width
            && hdu.axis(3) == fibres
            && diagonals % 2 == 1
            && hdu.bitpix() < 0;
    if (!isFitting) {
      throw hdu.badShape("not reals of " + width + " pixels, an odd number, " + fibres + " fibres");
    }
    int[] places = places(width, diagonals);
    if (places.length < 2) {
      return LineWidths.NONE;
    }
    float[][] moments = new float[fibres][];
    for (int i = 0; i < fibres; i++) {
      moments[i] = moments(hdu, i, places, wavelength);
    }
    double first = wavelength[places[0]];
    double last = wavelength[places[places.length - 1]];
    return new LineWidths(first, (last - first) / (places.length - 1), moments);
  }

  /** Evenly spaced pixels whose columns are whole. */
  private static int[] places(int width, int diagonals) {
    int margin = diagonals / 2 + AROUND;
    int room = width - 1 - 2 * margin;
    int count = Math.min(PLACES, room + 1);
    int[] places = new int[Math.max(0, count)];
    Arrays.setAll(
        places, k -> margin + (int) Math.round((double) k * room / Math.max(1, count - 1)));
    return places;
  }

  /** Moments of a fibre; NaN if they can't be told at every place. */
  private static float[] moments(Hdu hdu, int fibre, int[] places, double[] wavelength)
      throws FitsRejection {
    ByteBuffer data = hdu.data();
    boolean single = hdu.bitpix() == -32;
    int width = wavelength.length;
    int diagonals = hdu.axis(2);
    float[] moments = new float[places.length];
    for (int k = 0; k < places.length; k++) {
      double[] sums = new double[3];
      for (int d = 0; d < diagonals; d++) {
        int row = (fibre * diagonals + d) * width;
        int off = d - diagonals / 2;
        for (int p = places[k] - AROUND; p <= places[k] + AROUND; p++) {
          double value = single ? data.getFloat(4 * (row + p)) : data.getDouble(8 * (row + p));
          sums[0] += value;
          sums[1] += off * value;
          sums[2] += off * off * value;
        }
      }
      double mean = sums[1] / sums[0];
      double pixel = (wavelength[places[k] + 1] - wavelength[places[k] - 1]) / 2;
      double moment = (sums[2] / sums[0] - mean * mean) * pixel * pixel;
      if (!(sums[0] > 0 && moment > 0 && Double.isFinite(moment))) {
        Arrays.fill(moments, Float.NaN);
        return moments;
      }
      moments[k] = (float) moment;
    }
    return moments;
  }

  /** The HDU of Gaussian line spreads, {@code [nFibre][nDiagonal][nPixel]}. */
  static float[][] rows(LineWidths widths, double[] wavelength) {
    int n = widths.moment().length;
    float[][] rows = new float[n * DIAGONALS][wavelength.length];
    double[] column = new double[DIAGONALS];
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < wavelength.length; p++) {
        double pixel =
            (wavelength[wavelength.length - 1] - wavelength[0]) / (wavelength.length - 1);
        double moment = widths.at(i, wavelength[p]) / (pixel * pixel);
        double sum = 0;
        for (int d = 0; d < DIAGONALS; d++) {
          int off = d - DIAGONALS / 2;
          column[d] = Math.exp(-off * off / (2 * moment));
          sum += column[d];
        }
        for (int d = 0; d < DIAGONALS; d++) {
          rows[i * DIAGONALS + d][p] = (float) (column[d] / sum);
        }
      }
    }
    return rows;
  }
}
