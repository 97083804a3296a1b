package org.skymi.fits;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import nom.tam.fits.HeaderCard;
import nom.tam.fits.HeaderCardException;
import nom.tam.fits.utilities.FitsCheckSum;

/**
 * One HDU to be written: cards in the order given, then data, with DATASUM and CHECKSUM. Equal
 * content gives equal bytes: the library's own checksum cards carry the time of day.
 */
final class HduWriter {
  private static final String NO_CHECKSUM = "0000000000000000";
  private static final int CARD = 80;

  private final StringBuilder header = new StringBuilder();

  /** Begins a primary HDU or an extension of a kind. */
  static HduWriter primary() {
    return new HduWriter().card("SIMPLE", true, "conforms to the FITS standard");
  }

  static HduWriter extension(String kind) {
    return new HduWriter().card("XTENSION", kind, "");
  }

  HduWriter card(String name, String value, String comment) {
    try {
      return append(new HeaderCard(name, value, comment));
    } catch (HeaderCardException e) {
      throw new IllegalArgumentException(e);
    }
  }

  HduWriter card(String name, Number value, String comment) {
    try {
      return append(new HeaderCard(name, value, comment));
    } catch (HeaderCardException e) {
      throw new IllegalArgumentException(e);
    }
  }

  HduWriter card(String name, boolean value, String comment) {
    try {
      return append(new HeaderCard(name, (Boolean) value, comment));
    } catch (HeaderCardException e) {
      throw new IllegalArgumentException(e);
    }
  }

  HduWriter card(LamostKeyword keyword, String value) {
    return card(keyword.key(), value, keyword.comment());
  }

  HduWriter card(LamostKeyword keyword, Number value) {
    return card(keyword.key(), value, keyword.comment());
  }

  /** A number that may be unknown: NaN writes no card. */
  HduWriter cardIfKnown(LamostKeyword keyword, double value) {
    return Double.isNaN(value) ? this : card(keyword, value);
  }

  /** BITPIX and the axes, fastest first. */
  HduWriter shape(int bitpix, int... axes) {
    card("BITPIX", bitpix, "type of the data");
    card("NAXIS", axes.length, "");
    for (int i = 0; i < axes.length; i++) {
      card("NAXIS" + (i + 1), axes[i], "");
    }
    return this;
  }

  /** Writes the HDU; the data are padded with zeros. */
  void write(byte[] data, OutputStream out) throws IOException {
    byte[] padding = new byte[(int) (FitsFile.padded(data.length) - data.length)];
    int whole = data.length / 4 * 4;
    long sum = Checksum.of(data, 0, whole);
    byte[] rest = new byte[4];
    System.arraycopy(data, whole, rest, 0, data.length - whole);
    sum = Checksum.add(sum, Checksum.of(rest, 0, 4));
    card("DATASUM", Long.toString(sum), "");
    card("CHECKSUM", NO_CHECKSUM, "");
    byte[] cards = header();
    long all = Checksum.add(Checksum.of(cards, 0, cards.length), sum);
    byte[] encoded = FitsCheckSum.encode(all, true).getBytes(StandardCharsets.US_ASCII);
    int at = header.indexOf("CHECKSUM= '" + NO_CHECKSUM) + "CHECKSUM= '".length();
    System.arraycopy(encoded, 0, cards, at, encoded.length);
    out.write(cards);
    out.write(data);
    out.write(padding);
  }

  /** A card as stored, 80 characters. */
  HduWriter image(String card) {
    header.append(card);
    return this;
  }

  /** Ends the header; its bytes with their padding. */
  byte[] header() {
    image(String.format(Locale.ROOT, "%-80s", "END"));
    image(" ".repeat((int) FitsFile.padded(header.length()) - header.length()));
    return header.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private HduWriter append(HeaderCard card) {
    String image = card.toString();
    if (image.length() != CARD) {
      throw new IllegalArgumentException("too long for one card: " + image);
    }
    return image(image);
  }
}
