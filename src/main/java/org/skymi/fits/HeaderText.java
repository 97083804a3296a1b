package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_HEADER;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A header's text before it is parsed: printable ASCII wherever a value is (FITS 4.0, 4.1.1; else a
 * value could be an order to the terminal that it is printed on), and no two values of a card that
 * is read here. Comments are nobody's input: other bytes in them become '?'.
 */
final class HeaderText {
  private static final int CARD = 80;
  private static final int NAME = 8;

  /** Cards that hold values without saying so. */
  private static final Set<String> LONG = Set.of("CONTINUE", "HIERARCH");

  /** Cards beyond those of {@link LamostKeyword} whose values decide what is read. */
  private static final Set<String> STRUCTURE =
      Set.of(
          "SIMPLE BITPIX NAXIS PCOUNT GCOUNT TFIELDS XTENSION EXTNAME BSCALE BZERO BLANK SKYSUB"
              .split(" "));

  private static final Pattern INDEXED =
      Pattern.compile("(Z?NAXIS|ZTILE|TTYPE|TFORM|TUNIT|TSCAL|TZERO|TNULL|MAG|CUNIT|CTYPE)\\d+");

  private static final Set<String> READ = read();

  private HeaderText() {}

  /**
   * A copy of a header that is safe to be parsed.
   *
   * @param length a multiple of 80
   * @throws FitsRejection BAD_HEADER if a value holds other bytes, or a card that is read is there
   *     twice with different values
   */
  static byte[] clean(String path, String location, byte[] bytes, int offset, int length)
      throws FitsRejection {
    byte[] clean = Arrays.copyOfRange(bytes, offset, offset + length);
    Map<String, String> values = new HashMap<>();
    boolean ended = false;
    for (int card = 0; card + CARD <= length; card += CARD) {
      if (ended) {
        Arrays.fill(clean, card, card + CARD, (byte) ' ');
        continue;
      }
      int comment = commentOf(clean, card);
      for (int at = card; at < card + CARD; at++) {
        if (clean[at] < ' ' || clean[at] > '~') {
          if (at < comment) {
            throw new FitsRejection(
                path,
                BAD_HEADER,
                "byte " + (offset + at),
                String.format(Locale.ROOT, "0x%02X is no character of a header", clean[at]));
          }
          clean[at] = '?';
        }
      }
      String name = text(clean, card, card + NAME);
      ended = name.equals("END");
      if (isValue(clean, card) && isRead(name)) {
        String value = text(clean, card + NAME + 2, comment);
        String other = values.putIfAbsent(name, value);
        if (other != null && !agree(other, value)) {
          throw new FitsRejection(
              path, BAD_HEADER, location, "two cards " + name + ": " + other + " and " + value);
        }
      }
    }
    return clean;
  }

  /** Where a card's comment begins; its end if it has none. */
  private static int commentOf(byte[] header, int card) {
    if (!isValue(header, card) && !LONG.contains(text(header, card, card + NAME))) {
      return card + NAME;
    }
    boolean quoted = false;
    for (int at = card + NAME; at < card + CARD; at++) {
      if (header[at] == '\'') {
        quoted = !quoted;
      } else if (header[at] == '/' && !quoted) {
        return at;
      }
    }
    return card + CARD;
  }

  private static boolean isValue(byte[] header, int card) {
    return header[card + NAME] == '=' && header[card + NAME + 1] == ' ';
  }

  private static boolean isRead(String name) {
    boolean indexed = !name.isEmpty() && Character.isDigit(name.charAt(name.length() - 1));
    return READ.contains(name) || (indexed && INDEXED.matcher(name).matches());
  }

  private static Set<String> read() {
    Set<String> read = new HashSet<>(STRUCTURE);
    read.addAll(SdssHeader.CARDS);
    read.addAll(DesiHeader.CARDS);
    read.addAll(Wavelengths.CARDS);
    for (LamostKeyword keyword : LamostKeyword.values()) {
      read.addAll(keyword.names());
    }
    return read;
  }

  /** Whether two values are the same text or number, however they are written. */
  private static boolean agree(String a, String b) {
    List<String> plain = List.of(unquoted(a), unquoted(b));
    double first = Cards.parseNumber(plain.get(0));
    return plain.get(0).equals(plain.get(1)) || first == Cards.parseNumber(plain.get(1));
  }

  private static String unquoted(String value) {
    return value.startsWith("'") && value.endsWith("'") && value.length() > 1
        ? value.substring(1, value.length() - 1).strip()
        : value;
  }

  private static String text(byte[] header, int from, int to) {
    return new String(header, from, to - from, StandardCharsets.ISO_8859_1).strip();
  }
}
