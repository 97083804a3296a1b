package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_COMPRESSION;
import static org.skymi.fits.FitsRejection.Reason.TOO_LARGE;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Data;
import nom.tam.fits.Fits;
import nom.tam.image.compression.hdu.CompressedImageHDU;
import nom.tam.image.compression.hdu.CompressedTableHDU;
import nom.tam.util.FitsOutputStream;

/**
 * Images and tables compressed by tiles (FITS 4.0, section 10; fpack): made plain again before
 * anything is read of them. The library decodes; nothing is asked of it that a header claims beyond
 * the limits.
 */
final class TileCompression {
  /** Cards of the compressed HDU that are not those of what is in it. */
  private static final Pattern OF_TILES =
      Pattern.compile(
          "XTENSION|SIMPLE|BITPIX|NAXIS\\d*|PCOUNT|GCOUNT|TFIELDS|TFORM\\d+|THEAP|CHECKSUM|DATASUM"
              + "|EXTEND|END|Z(IMAGE|TABLE|SIMPLE|TENSION|EXTEND|BITPIX|NAXIS\\d*|TILE\\d+|TILELEN"
              + "|CMPTYPE|NAME\\d+|VAL\\d+|QUANTIZ|DITHER0|BLANK|SCALE|ZERO|PCOUNT|GCOUNT|BLOCKED"
              + "|HECKSUM|DATASUM|MASKCMP|FORM\\d+|CTYP\\d+|THEAP)");

  private static final Pattern TTYPE = Pattern.compile("TTYPE\\d+");
  private static final int CARD = 80;
  private static final int MOST_AXES = 2;

  private TileCompression() {}

  /** Whether a header is of a compressed image or table. */
  static boolean isIn(Cards cards) {
    return cards.isTrue("ZIMAGE") || cards.isTrue("ZTABLE");
  }

  /**
   * Whether the primary HDU is a mere shell: the image that was the primary is compressed behind
   * it.
   */
  static boolean isShell(Cards primary, Cards second) throws FitsRejection {
    return primary.requiredInteger("NAXIS") == 0
        && !primary.has(LamostKeyword.PLAN_ID)
        && second.isTrue("ZIMAGE");
  }

  /**
   * The bytes of a file with its compressed HDUs as plain ones.
   *
   * @throws FitsRejection BAD_COMPRESSION or TOO_LARGE
   */
  static byte[] plain(List<Hdu> hdus, FitsLimits limits) throws FitsRejection {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean shell = hdus.size() > 1 && isShell(hdus.get(0).cards(), hdus.get(1).cards());
    for (Hdu hdu : shell ? hdus.subList(1, hdus.size()) : hdus) {
      if (!isIn(hdu.cards())) {
        out.write(hdu.bytes(), hdu.headerOffset(), (int) hdu.end() - hdu.headerOffset());
      } else {
        requireWithin(hdu, limits);
        decode(hdu, out);
      }
      if (out.size() > limits.inflatedBytes()) {
        throw hdu.reject(TOO_LARGE, "more than " + limits.inflatedBytes() + " bytes uncompressed");
      }
    }
    return out.toByteArray();
  }

  private static void requireWithin(Hdu hdu, FitsLimits limits) throws FitsRejection {
    Cards cards = hdu.cards();
    long axes = cards.requiredInteger("ZNAXIS");
    if (axes < 1 || axes > MOST_AXES) {
      throw hdu.reject(BAD_COMPRESSION, "ZNAXIS = " + axes);
    }
    double bytes = cards.isTrue("ZTABLE") ? 1 : Math.abs(cards.requiredInteger("ZBITPIX")) / 8.0;
    for (int i = 1; i <= axes; i++) {
      long axis = cards.requiredInteger("ZNAXIS" + i);
      long tile = cards.integer("ZTILE" + i).orElse(1);
      if (axis < 1 || tile < 1 || tile > axis) {
        throw hdu.reject(BAD_COMPRESSION, "axis " + i + " of " + axis + " in tiles of " + tile);
      }
      bytes *= axis;
    }
    if (bytes > limits.inflatedBytes()) {
      throw hdu.reject(TOO_LARGE, String.format(Locale.ROOT, "claims %.0f bytes", bytes));
    }
  }

  private static void decode(Hdu hdu, ByteArrayOutputStream out) throws FitsRejection {
    int length = hdu.dataOffset() - hdu.headerOffset();
    byte[] header =
        HeaderText.clean(hdu.path(), hdu.location(), hdu.bytes(), hdu.headerOffset(), length);
    try (Fits file = new Fits(alone(hdu, header));
        FitsOutputStream to = new FitsOutputStream(out)) {
      BasicHDU<?> compressed = file.getHDU(1);
      if (compressed instanceof CompressedTableHDU table) {
        Data rows = table.asBinaryTableHDU().getData();
        to.write(header(hdu.cards(), header, HduWriter.extension("BINTABLE"), true));
        rows.write(to);
      } else if (compressed instanceof CompressedImageHDU image) {
        Data pixels = image.asImageHDU().getData();
        HduWriter plain = out.size() == 0 ? HduWriter.primary() : HduWriter.extension("IMAGE");
        to.write(header(hdu.cards(), header, plain, false));
        pixels.write(to);
      } else {
        throw hdu.reject(BAD_COMPRESSION, "no table of tiles");
      }
    } catch (IOException | RuntimeException e) {
      // The library throws several unchecked kinds on damaged tiles.
      throw hdu.reject(BAD_COMPRESSION, "cannot be decompressed: " + e.getMessage());
    }
  }

  /** A file of the HDU behind an empty primary one. */
  private static InputStream alone(Hdu hdu, byte[] header) {
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                new ByteArrayInputStream(HduWriter.primary().shape(8).header()),
                new ByteArrayInputStream(header),
                new ByteArrayInputStream(
                    hdu.bytes(), hdu.dataOffset(), (int) hdu.end() - hdu.dataOffset()))));
  }

  /** The header of what is in the tiles: the mandatory cards, then all that are its own. */
  private static byte[] header(Cards cards, byte[] stored, HduWriter plain, boolean table)
      throws FitsRejection {
    int[] shape = new int[(int) cards.requiredInteger("ZNAXIS")];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = (int) cards.requiredInteger("ZNAXIS" + (i + 1));
    }
    plain.shape(table ? 8 : (int) cards.requiredInteger("ZBITPIX"), shape);
    plain.card("PCOUNT", table ? cards.integer("ZPCOUNT").orElse(0) : 0, "").card("GCOUNT", 1, "");
    long fields = table ? cards.requiredInteger("TFIELDS") : 0;
    if (table) {
      plain.card("TFIELDS", fields, "");
    }
    for (int c = 1; c <= Math.min(fields, TableHdu.MOST_COLUMNS); c++) {
      plain.card("TFORM" + c, cards.text("ZFORM" + c).orElse(""), "");
    }
    for (int at = 0; at + CARD <= stored.length; at += CARD) {
      String card = new String(stored, at, CARD, StandardCharsets.US_ASCII);
      String name = card.substring(0, 8).strip();
      if (!OF_TILES.matcher(name).matches() && (table || !TTYPE.matcher(name).matches())) {
        plain.image(card);
      }
    }
    return plain.header();
  }
}
