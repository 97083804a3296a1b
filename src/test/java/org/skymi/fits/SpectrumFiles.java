package org.skymi.fits;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/** Writes small files in the layouts of SDSS's {@code spec-} and LAMOST's {@code med-} spectra. */
public final class SpectrumFiles {
  private SpectrumFiles() {}

  /** A primary HDU and those behind it. */
  private static byte[] file(HduWriter primary, Written.Writer... parts) {
    return Written.by(
        out -> {
          primary.write(new byte[0], out);
          for (Written.Writer part : parts) {
            part.write(out);
          }
        });
  }

  /** Cards of a spectrum of plate 3655. */
  static HduWriter sdss(int fibre, String unit) {
    return HduWriter.primary()
        .shape(16)
        .card("TELESCOP", "SDSS 2.5-M", "")
        .card("PLATEID", 3655, "")
        .card("MJD", 55240, "")
        .card("FIBERID", fibre, "")
        .card("EXPTIME", 4502.0, "")
        .card("HELIO_RV", 17.37, "")
        .card("VACUUM", true, "")
        .card("BUNIT", unit, "")
        .card("EXPID001", (fibre > 500 ? "b2" : "b1") + "-00108341-00108346-00108347", "");
  }

  static final String UNIT = "1E-17 erg/cm^2/s/Ang";

  /**
   * A spectrum of plate 3655, MJD 55240.
   *
   * @param first of its pixels on the grid of 1e-4 in log10 Angstrom
   */
  public static byte[] sdss(
      int fibre, String type, int first, float[] flux, float[] sky, float[] ivar) {
    return sdss(fibre, type, first, flux, sky, ivar, new int[flux.length]);
  }

  /**
   * The same.
   *
   * @param rejected OR_MASK
   */
  public static byte[] sdss(
      int fibre, String type, int first, float[] flux, float[] sky, float[] ivar, int[] rejected) {
    return file(
        sdss(fibre, UNIT), pixels(first, flux, sky, ivar, rejected), catalogue(fibre, type));
  }

  /** The first HDUs of one. */
  static byte[] sdss(HduWriter primary, int parts) {
    float[] ones = {1, 1, 1, 1};
    Written.Writer[] all = {pixels(36000, ones, ones, ones, new int[4]), catalogue(2, "QSO")};
    return file(primary, Arrays.copyOf(all, parts));
  }

  private static Written.Writer pixels(
      int first, float[] flux, float[] sky, float[] ivar, int[] rejected) {
    float[] log = new float[flux.length];
    for (int p = 0; p < log.length; p++) {
      log[p] = (float) ((first + p) * 1e-4);
    }
    return out ->
        new TableHduWriter(flux.length)
            .floats("FLUX", "", flux)
            .floats("LOGLAM", "", log)
            .floats("IVAR", "", ivar)
            .integers("AND_MASK", new int[flux.length])
            .floats("SKY", "", sky)
            .integers("OR_MASK", rejected)
            .write("COADD", out);
  }

  private static Written.Writer catalogue(int fibre, String type) {
    return out ->
        new TableHduWriter(1)
            .texts("OBJTYPE", 16, i -> type)
            .doubles("PLUG_RA", "", new double[] {110 + 0.01 * fibre})
            .doubles("PLUG_DEC", "", new double[] {40})
            .floats("XFOCAL", "", new float[] {217.7358f})
            .floats("YFOCAL", "", new float[] {-10f + fibre})
            .write("SPALL", out);
  }

  /** Cards of a fibre's medium-resolution spectra. */
  private static HduWriter mediumCards() {
    return HduWriter.primary()
        .shape(16)
        .card("FILENAME", "med-58646-TD10N42K01_sp12-076.fits", "")
        .card("OBSID", 747412076, "")
        .card("DATE-OBS", "2019-06-11T17:59:00", "")
        .card("LMJD", 58646, "")
        .card("PLANID", "TD10N42K01", "")
        .card("SPID", 12, "")
        .card("FIBERID", 76, "")
        .card("HELIO_RV", -9.6, "")
        .card("EXTNAME", "Information", "");
  }

  static byte[] medium(Written.Writer... parts) {
    return file(mediumCards(), parts);
  }

  /** A table of a row per pixel, DR6 to DR8; masks of both kinds if co-added. */
  static Written.Writer rows(String name, double[] wavelength, float[] flux, float[] ivar) {
    float[] log = new float[flux.length];
    for (int p = 0; p < log.length; p++) {
      log[p] = (float) Math.log10(wavelength[p]);
    }
    return out -> {
      TableHduWriter table =
          new TableHduWriter(flux.length)
              .floats("FLUX", "", flux)
              .floats("IVAR", "", ivar)
              .floats("LOGLAM", "", log);
      if (name.startsWith("COADD")) {
        table.integers("ANDMASK", new int[flux.length]).integers("ORMASK", new int[flux.length]);
      } else {
        table.integers("PIXMASK", new int[flux.length]);
      }
      table.write(name, out);
    };
  }

  /** A table of one row of arrays, since DR9. */
  static Written.Writer arrays(String name, double[] wavelength, float[] flux, float[] ivar) {
    int n = flux.length;
    String[] masks =
        name.startsWith("COADD") ? new String[] {"ANDMASK", "ORMASK"} : new String[] {"PIXMASK"};
    return out -> {
      int columns = 3 + masks.length;
      HduWriter hdu =
          HduWriter.extension("BINTABLE")
              .shape(8, 4 * n * columns, 1)
              .card("PCOUNT", 0, "")
              .card("GCOUNT", 1, "")
              .card("TFIELDS", columns, "");
      String[] names = new String[columns];
      names[0] = "FLUX";
      names[1] = "IVAR";
      names[2] = "WAVELENGTH";
      System.arraycopy(masks, 0, names, 3, masks.length);
      for (int c = 0; c < columns; c++) {
        hdu.card("TTYPE" + (c + 1), names[c], "");
        hdu.card("TFORM" + (c + 1), String.format(Locale.ROOT, "%d%s", n, c < 3 ? "E" : "J"), "");
      }
      ByteBuffer data = ByteBuffer.allocate(4 * n * columns);
      for (float f : flux) {
        data.putFloat(f);
      }
      for (float i : ivar) {
        data.putFloat(i);
      }
      for (double w : wavelength) {
        data.putFloat((float) w);
      }
      hdu.card("EXTNAME", name, "").write(data.array(), out);
    };
  }
}
