package org.skymi.fits;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files in the layouts of the LAMOST releases, a few pixels long, card by card so that every trap
 * of the real ones can be set. Cards are written as given: strings with their quotes.
 */
public final class MadeUpRelease {
  static final int N = 40;

  private final Map<String, String> cards = new LinkedHashMap<>();
  private final double[][] rows = new double[5][N];
  private int bitpix = -32;
  private boolean table;

  private MadeUpRelease() {
    for (int k = 0; k < N; k++) {
      rows[0][k] = 100 + k;
      rows[1][k] = 0.25 * (k % 4);
      rows[2][k] = (float) (3700 * Math.pow(10, 1e-4 * k));
      rows[3][k] = k % 3;
      rows[4][k] = 5;
    }
    with("EXTEND", "T").with("TELESCOP", "'LAMOST  '");
    with("DATE-OBS", "'2019-04-01T14:03:00'").with("LMJD", "58575").with("MJD", "58574");
    with("PLANID", "'HD10N36B01'").with("SPID", "3").with("FIBERID", "17");
    with("RA", "157.5").with("DEC", "36.25").with("VACUUM", "T").with("HELIO", "T");
    with("HELIO_RV", "18.92188").with("NSKIES", "38").with("MOONPHA", "26.51");
  }

  /** Pipeline v2.6.4: no wavelength row, numbers as numbers, no OBSID. */
  static MadeUpRelease dr1() {
    MadeUpRelease release = new MadeUpRelease();
    for (int k = 0; k < N; k++) {
      release.rows[2][k] = 1 + 1e-3 * k;
    }
    return release
        .with("EXTEN0", "'Flux Inverse Subcontinuum Andmask Ormask'")
        .with("VERSPIPE", "'v2.6.4  '")
        .with("MJD", "58576")
        .with("FIBERTYP", "'Obj     '")
        .with("OBJTYPE", "'star    '")
        .with("X_VALUE", "-539.035439226")
        .with("Y_VALUE", "326.269997491")
        .with("MAGTYPE", "'ugrizjh '")
        .with("MAG1", "99.00")
        .with("MAG2", "14.16")
        .with("COEFF0", "3.56820")
        .with("COEFF1", "0.000100000")
        .with("SN_U", "14.02")
        .with("SN_G", "71.41");
  }

  /** DR2 rewritten by others: doubles, FIBERID quoted, null strings. */
  static MadeUpRelease dr2() {
    MadeUpRelease release = new MadeUpRelease();
    release.bitpix = -64;
    return release
        .with("EXTEN0", "'Flux Inverse Wavelength Andmask Ormask'")
        .with("EXTNAME", "'Flux    '")
        .with("VERSPIPE", "'2.7.5   '")
        .with("FIBERID", "'17      '")
        .with("DUST", "''")
        .with("FIBERTYP", "'Obj     '")
        .with("MAGTYPE", "'V       '")
        .with("MAG1", "11.34")
        .with("SN_G", "1.47");
  }

  /** DR5 to DR8: X_VALUE quoted, SNRG, OBSID. */
  public static MadeUpRelease dr7() {
    return new MadeUpRelease()
        .with("EXTEN0", "'Flux, Inverse, Wavelength, Andmask, Ormask'")
        .with("EXTNAME", "'Flux    '")
        .with("VERSPIPE", "'v2.9.8  '")
        .with("OBSID", "740103017")
        .with("FIBERTYP", "'F-Std   '")
        .with("FIBERMAS", "64")
        .with("OBJTYPE", "'FS      '")
        .with("X_VALUE", "'-13.8554603310'")
        .with("Y_VALUE", "'831.8874955100'")
        .with("MAGTYPE", "'MODugriz'")
        .with("MAG2", "16.5")
        .with("SNRG", "33.93");
  }

  /** DR9 on: no image but stray axes, a table of one row. */
  static MadeUpRelease dr9() {
    MadeUpRelease release = dr7();
    release.table = true;
    release.cards.remove("EXTEN0");
    release.cards.remove("EXTNAME");
    release.cards.remove("FIBERTYP");
    release.cards.remove("FIBERMAS");
    release.cards.remove("MAGTYPE");
    return release
        .with("FIB_TYPE", "'Obj     '")
        .with("FIB_MASK", "2")
        .with("MAG_PS_G", "17.04")
        .with("TEMP_AIR", "")
        .with("TEMP_FP", "'        '")
        .with("OBS_TYPE", "0");
  }

  MadeUpRelease with(String card, String value) {
    cards.put(card, value);
    return this;
  }

  MadeUpRelease without(String card) {
    cards.remove(card);
    return this;
  }

  /** The five arrays, to be changed at will. */
  double[][] rows() {
    return rows;
  }

  String name() {
    return "spec-58575-HD10N36B01_sp03-017.fits";
  }

  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (table) {
        header(out, "SIMPLE", "T", "BITPIX", "16", "NAXIS", "0", "NAXIS1", "" + N, "NAXIS2", "5");
        writeTable(out);
      } else {
        header(
            out,
            "SIMPLE",
            "T",
            "BITPIX",
            "" + bitpix,
            "NAXIS",
            "2",
            "NAXIS1",
            "" + N,
            "NAXIS2",
            "5");
        data(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void header(ByteArrayOutputStream out, String... mandatory) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < mandatory.length; i += 2) {
      text.append(card(mandatory[i], mandatory[i + 1]));
    }
    text.append(String.format("%-80s", "COMMENT --------FILE INFORMATION"));
    cards.forEach((name, value) -> text.append(card(name, value)));
    end(out, text);
  }

  private void writeTable(ByteArrayOutputStream out) throws IOException {
    String[] names = {"FLUX", "IVAR", "WAVELENGTH", "ANDMASK", "ORMASK", "NORMALIZATION"};
    StringBuilder text = new StringBuilder();
    text.append(card("XTENSION", "'BINTABLE'")).append(card("BITPIX", "8"));
    text.append(card("NAXIS", "2")).append(card("NAXIS1", "" + 24 * N)).append(card("NAXIS2", "1"));
    text.append(card("PCOUNT", "0")).append(card("GCOUNT", "1")).append(card("TFIELDS", "6"));
    text.append(card("EXTNAME", "'COADD   '"));
    for (int i = 0; i < names.length; i++) {
      text.append(card("TTYPE" + (i + 1), "'" + names[i] + "'"));
      text.append(card("TFORM" + (i + 1), "'" + N + "E'"));
    }
    end(out, text);
    ByteBuffer data = ByteBuffer.allocate(2880);
    for (double[] row : rows) {
      for (double value : row) {
        data.putFloat((float) value);
      }
    }
    out.write(data.array());
  }

  private void data(ByteArrayOutputStream out) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(2880);
    for (double[] row : rows) {
      for (double value : row) {
        if (bitpix == -64) {
          data.putDouble(value);
        } else {
          data.putFloat((float) value);
        }
      }
    }
    out.write(data.array());
  }

  private static String card(String name, String value) {
    String shown = value.startsWith("'") ? String.format("%-20s", value) : value;
    String form = value.startsWith("'") ? "%-8s= %s /" : "%-8s= %20s /";
    return String.format("%-80s", String.format(form, name, shown));
  }

  private static void end(ByteArrayOutputStream out, StringBuilder text) throws IOException {
    text.append(String.format("%-80s", "END"));
    while (text.length() % 2880 != 0) {
      text.append(' ');
    }
    out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
