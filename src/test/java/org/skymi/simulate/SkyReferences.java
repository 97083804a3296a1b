package org.skymi.simulate;

import java.io.IOException;
import java.nio.file.Files;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import org.skymi.SharedData;

/** Public references of the night sky in ../shared/data/sky; tests without them are skipped. */
final class SkyReferences {
  private SkyReferences() {}

  /** A spectrum: wavelength, Angstrom in vacuum, and what the method says. */
  record Spectrum(double[] wavelength, double[] value) {
    /** Smoothed by a Gaussian. */
    Spectrum smoothed(double fwhm) {
      double sigma = fwhm / 2.354820;
      double step = wavelength[1] - wavelength[0];
      int reach = (int) Math.ceil(4 * sigma / step);
      double[] kernel = new double[2 * reach + 1];
      double sum = 0;
      for (int k = 0; k < kernel.length; k++) {
        double u = (k - reach) * step / sigma;
        kernel[k] = Math.exp(-0.5 * u * u);
        sum += kernel[k];
      }
      double[] result = new double[value.length];
      for (int i = 0; i < value.length; i++) {
        for (int k = 0; k < kernel.length; k++) {
          int j = Math.max(0, Math.min(value.length - 1, i + k - reach));
          result[i] += kernel[k] / sum * value[j];
        }
      }
      return new Spectrum(wavelength, result);
    }

    /** The value at a wavelength, linearly interpolated. */
    double at(double w) {
      int i = java.util.Arrays.binarySearch(wavelength, w);
      i = i >= 0 ? i : -i - 2;
      i = Math.max(0, Math.min(wavelength.length - 2, i));
      double u = (w - wavelength[i]) / (wavelength[i + 1] - wavelength[i]);
      return value[i] + u * (value[i + 1] - value[i]);
    }
  }

  /** The UVES atlas, 1e-17 erg/s/cm^2/Angstrom/arcsec^2. */
  static Spectrum uves() throws IOException, FitsException {
    try (Fits fits = new Fits(SharedData.path("sky/uves-sky-atlas.fits").toFile())) {
      BinaryTableHDU table = (BinaryTableHDU) fits.getHDU(1);
      return new Spectrum((double[]) table.getColumn(0), (double[]) table.getColumn(1));
    }
  }

  /** SkyCalc's sky of a lunar day, 0 new to 14 full, 1e-17 erg/s/cm^2/Angstrom/arcsec^2. */
  static Spectrum skyCalc(int lunarDay) throws IOException {
    return table("sky/skycalc-lunar/LVM_LVM160_SKY_" + lunarDay + ".dat", 1e17);
  }

  /** LAMOST's 1/ivar of its faintest targets, arbitrary unit. */
  static Spectrum lamost(String set) throws IOException {
    return table("sky/lamost-sky-shape-" + set + ".csv", 1);
  }

  private static Spectrum table(String file, double scale) throws IOException {
    double[][] rows;
    try (var lines = Files.lines(SharedData.path(file))) {
      rows =
          lines
              .filter(line -> !line.isBlank() && Character.isDigit(line.strip().charAt(0)))
              .map(line -> line.strip().split("[,\\s]+"))
              .map(f -> new double[] {Double.parseDouble(f[0]), scale * Double.parseDouble(f[1])})
              .toArray(double[][]::new);
    }
    double[] wavelength = new double[rows.length];
    double[] value = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      wavelength[i] = rows[i][0];
      value[i] = rows[i][1];
    }
    return new Spectrum(wavelength, value);
  }
}
