package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.MISSING_HDU;
import static org.skymi.fits.FitsRejection.Reason.UNKNOWN_KIND;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.skymi.math.Binary;

/**
 * The arrays of a release spectrum, whichever layout they are stored in; all have one entry per
 * pixel.
 *
 * @param source the HDU they are from, for rejections
 * @param wavelength vacuum Angstrom, unchecked
 */
record ReleasePixels(
    Hdu source, double[] wavelength, float[] flux, float[] ivar, int[] andMask, int[] orMask) {
  /** Flux, ivar, wavelength, and mask, or mask. */
  private static final int ROWS = 5;

  private static final String COADD = "COADD";

  /** Any wavelength row begins and ends within these, Angstrom. */
  private static final double BLUEST = 3000;

  private static final double REDDEST = 11000;

  /**
   * The arrays of a file, pixels that cannot be used dropped.
   *
   * @throws FitsRejection if no layout of any release fits
   */
  static ReleasePixels of(FitsFile file) throws FitsRejection {
    Hdu primary = file.primary();
    // A table's file has stray NAXIS1 and NAXIS2 cards in its primary header; NAXIS = 0 tells.
    if (primary.cards().requiredInteger("NAXIS") != 0) {
      return ofImage(primary);
    }
    Optional<Hdu> table = file.find(COADD);
    if (table.isEmpty() && (file.find("COADD_B").isPresent() || file.find("COADD_R").isPresent())) {
      throw primary.reject(UNKNOWN_KIND, "medium resolution by its tables, low by its header");
    }
    if (table.isEmpty()) {
      throw primary.reject(MISSING_HDU, "neither an image nor an HDU " + COADD);
    }
    return ofTable(table.get());
  }

  /**
   * Flux and ivar as they are stored.
   *
   * @param flux a view of the file's bytes
   * @param ivar a view of the file's bytes
   */
  record Stored(StoredReals flux, StoredReals ivar) {}

  /**
   * Where a file that {@link #of} reads has its flux and ivar.
   *
   * @throws FitsRejection if they are no plain reals
   */
  static Stored stored(FitsFile file) throws FitsRejection {
    if (file.primary().cards().requiredInteger("NAXIS") != 0) {
      ImageHdu image = ImageHdu.of(file.primary());
      return new Stored(image.reals(0), image.reals(1));
    }
    TableHdu table = new TableHdu(file.require(COADD));
    return new Stored(table.reals("FLUX", 0), table.reals("IVAR", 0));
  }

  /** DR1 to DR8: five rows; the third was no wavelength in pipeline v2.6.4. */
  private static ReleasePixels ofImage(Hdu hdu) throws FitsRejection {
    ImageHdu image = ImageHdu.of(hdu);
    if (image.height() != ROWS) {
      throw hdu.badShape(image.height() + " rows, not " + ROWS);
    }
    double[] third = image.doubles(2);
    double[] wavelength =
        lacksWavelength(hdu.cards(), third) ? logLinear(hdu.cards(), third.length) : third;
    return usable(
        hdu, wavelength, image.floats(0), image.floats(1), image.doubles(3), image.doubles(4));
  }

  /** DR9 on: one row of arrays. */
  private static ReleasePixels ofTable(Hdu hdu) throws FitsRejection {
    TableHdu table = new TableHdu(hdu);
    if (table.rows() != 1) {
      throw hdu.badShape(table.rows() + " rows, not 1");
    }
    double[][] columns = new double[ROWS][];
    String[] names = {"FLUX", "IVAR", "WAVELENGTH", "ANDMASK", "ORMASK"};
    for (int i = 0; i < ROWS; i++) {
      columns[i] = table.numbers(names[i], 0);
      if (columns[i].length != columns[0].length) {
        throw hdu.badShape("FLUX and " + names[i] + " differ in length");
      }
    }
    Wavelengths.requireVacuum(hdu.cards());
    Wavelengths.toAngstrom(hdu, table.unit(names[2]), new double[][] {columns[2]});
    return usable(
        hdu,
        columns[2],
        Binary.floats(columns[0]),
        Binary.floats(columns[1]),
        columns[3],
        columns[4]);
  }

  static ReleasePixels usable(
      Hdu source, double[] wavelength, float[] flux, float[] ivar, double[] and, double[] or) {
    for (int k = 0; k < ivar.length; k++) {
      if (!Double.isFinite(and[k]) || !Double.isFinite(or[k])) {
        // A mask is float32 in the files: what it would have said is lost.
        ivar[k] = 0;
      }
    }
    Pixels.dropUnusable(new float[][] {flux}, new float[][] {ivar});
    return new ReleasePixels(source, wavelength, flux, ivar, bits(and), bits(or));
  }

  /** Whether the third row of an image is the continuum-subtracted flux of pipeline v2.6.4. */
  private static boolean lacksWavelength(Cards cards, double[] thirdRow) {
    String rows = cards.text(LamostKeyword.ROWS).orElse("").toLowerCase(Locale.ROOT);
    double[] given = Arrays.stream(thirdRow).filter(value -> value > 0).toArray();
    boolean looksLikeWavelength =
        given.length > 0
            && given[0] > BLUEST
            && given[given.length - 1] > given[0]
            && given[given.length - 1] < REDDEST;
    return rows.contains("subcontinuum") || (!rows.contains("wavelength") && !looksLikeWavelength);
  }

  private static double[] logLinear(Cards cards, int n) throws FitsRejection {
    double first = cards.requiredNumber(LamostKeyword.LOG_WAVELENGTH_0);
    double step = cards.requiredNumber(LamostKeyword.LOG_WAVELENGTH_1);
    double[] wavelength = new double[n];
    for (int k = 0; k < n; k++) {
      wavelength[k] = Math.pow(10, first + step * k);
    }
    return wavelength;
  }

  private static int[] bits(double[] values) {
    int[] bits = new int[values.length];
    for (int k = 0; k < values.length; k++) {
      bits[k] = (int) (long) values[k];
    }
    return bits;
  }
}
