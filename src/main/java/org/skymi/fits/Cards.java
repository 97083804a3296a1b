package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_HEADER;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import nom.tam.fits.FitsFactory;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCard;
import nom.tam.util.FitsInputStream;

/** The cards of one header, read by what they say; names the file and HDU in every rejection. */
final class Cards {
  static {
    // Once per JVM. Real headers are sloppy only in ways that the readers here know of.
    FitsFactory.setAllowTerminalJunk(false);
    FitsFactory.setAllowHeaderRepairs(false);
    Header.setParserWarningsEnabled(false);
  }

  private final String path;
  private final String location;
  private final Header header;

  private Cards(String path, String location, Header header) {
    this.path = path;
    this.location = location;
    this.header = header;
  }

  /**
   * Parses a header.
   *
   * @param length the header's length with its padding, as {@link #headerLength} says
   */
  static Cards parse(String path, String location, byte[] bytes, int offset, int length)
      throws FitsRejection {
    byte[] clean = HeaderText.clean(path, location, bytes, offset, length);
    ByteArrayInputStream stream = new ByteArrayInputStream(clean);
    try (FitsInputStream in = new FitsInputStream(stream, length)) {
      return new Cards(path, location, new Header(in));
    } catch (IOException | RuntimeException e) {
      // The library throws several unchecked kinds on malformed cards.
      throw new FitsRejection(path, BAD_HEADER, location, "cannot be parsed: " + e.getMessage());
    }
  }

  /**
   * Length in bytes of the header that begins at an offset, with its padding to 2880; -1 if no END
   * card is found within the bytes.
   */
  static int headerLength(byte[] bytes, int offset) {
    for (long card = offset; card + 80 <= bytes.length; card += 80) {
      if (isEnd(bytes, (int) card)) {
        long end = offset + FitsFile.padded(card + 80 - offset);
        return end <= bytes.length ? (int) (end - offset) : -1;
      }
    }
    return -1;
  }

  private static boolean isEnd(byte[] bytes, int card) {
    if (bytes[card] != 'E' || bytes[card + 1] != 'N' || bytes[card + 2] != 'D') {
      return false;
    }
    for (int i = 3; i < 8; i++) {
      if (bytes[card + i] != ' ') {
        return false;
      }
    }
    return true;
  }

  boolean has(LamostKeyword keyword) {
    return keyword.names().stream().anyMatch(name -> text(name).isPresent());
  }

  /** The value as written, without quotes and blanks around it; empty if absent or blank. */
  Optional<String> text(String name) {
    HeaderCard card = header.findCard(name);
    String value = card == null ? null : card.getValue();
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
  }

  /** The value under the newest of the card's names that has one. */
  Optional<String> text(LamostKeyword keyword) {
    return keyword.names().stream().map(this::text).flatMap(Optional::stream).findFirst();
  }

  String requiredText(LamostKeyword keyword) throws FitsRejection {
    return text(keyword).orElseThrow(() -> missing(keyword.key()));
  }

  /** The number, quoted or not; NaN if absent, blank or no number. */
  double number(LamostKeyword keyword) {
    return text(keyword).map(Cards::parseNumber).orElse(Double.NaN);
  }

  /** A number by name, with the value it has if absent; NaN if it is no number. */
  double number(String name, double absent) {
    return text(name).map(Cards::parseNumber).orElse(absent);
  }

  double requiredNumber(LamostKeyword keyword) throws FitsRejection {
    String text = requiredText(keyword);
    return finite(keyword.key(), parseNumber(text), text);
  }

  /** A number that may be unknown, NaN if it is absent or blank; else it must be one. */
  double numberIfKnown(LamostKeyword keyword) throws FitsRejection {
    return has(keyword) ? requiredNumber(keyword) : Double.NaN;
  }

  /** A factor or offset of stored values, with the value it has if absent. */
  double coefficient(String name, double absent) throws FitsRejection {
    Optional<String> text = text(name);
    return text.isEmpty() ? absent : finite(name, parseNumber(text.get()), text.get());
  }

  private double finite(String name, double value, String text) throws FitsRejection {
    if (!Double.isFinite(value)) {
      throw reject(name + " = " + text + " is no number");
    }
    return value;
  }

  /** The integer, quoted or not; empty if absent. */
  OptionalLong integer(String name) throws FitsRejection {
    Optional<String> value = text(name);
    try {
      return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(parseInteger(value.get()));
    } catch (ArithmeticException | NumberFormatException e) {
      throw reject(name + " = " + value.get() + " is no integer");
    }
  }

  long requiredInteger(String name) throws FitsRejection {
    return integer(name).orElseThrow(() -> missing(name));
  }

  /** An integer within limits, both inclusive. */
  int requiredInteger(LamostKeyword keyword, int low, int high) throws FitsRejection {
    long value = requiredInteger(keyword.key());
    if (value < low || value > high) {
      throw reject(keyword.key() + " = " + value + " is not within " + low + ".." + high);
    }
    return (int) value;
  }

  /** Whether a logical card is F, or 0; an absent one is not. */
  boolean isFalse(LamostKeyword keyword) {
    return text(keyword)
        .filter(value -> value.equalsIgnoreCase("F") || value.equals("0"))
        .isPresent();
  }

  /** Whether a logical card is T. */
  boolean isTrue(String name) {
    return text(name).filter("T"::equals).isPresent();
  }

  FitsRejection reject(String detail) {
    return reject(BAD_HEADER, detail);
  }

  FitsRejection reject(FitsRejection.Reason reason, String detail) {
    return new FitsRejection(path, reason, location, detail);
  }

  private FitsRejection missing(String name) {
    return reject("no card " + name);
  }

  private static long parseInteger(String value) {
    return new BigDecimal(value.toUpperCase(Locale.ROOT).replace('D', 'E')).longValueExact();
  }

  /** A number as FITS writes it; NaN if it is none. */
  static double parseNumber(String value) {
    try {
      return Double.parseDouble(value.toUpperCase(Locale.ROOT).replace('D', 'E'));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
