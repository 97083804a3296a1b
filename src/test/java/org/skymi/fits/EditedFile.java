package org.skymi.fits;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** A FITS file whose HDUs are changed card by card; it loses its checksums. */
final class EditedFile {
  private static final int CARD = 80;

  private final List<Part> parts = new ArrayList<>();

  /** One HDU. */
  static final class Part {
    private final String name;
    private final List<String> cards = new ArrayList<>();
    private byte[] data;

    private Part(Hdu hdu) {
      name = hdu.name();
      for (int at = hdu.headerOffset(); at < hdu.dataOffset(); at += CARD) {
        String card = new String(hdu.bytes(), at, CARD, StandardCharsets.ISO_8859_1);
        if (!card.startsWith("CHECKSUM") && !card.startsWith("DATASUM") && !card.isBlank()) {
          cards.add(card);
        }
      }
      cards.remove(cards.size() - 1);
      data = Arrays.copyOfRange(hdu.bytes(), hdu.dataOffset(), hdu.dataOffset() + hdu.dataLength());
    }

    /** Sets a card, a new one at the end; text with its quotes. */
    Part set(String key, String value) {
      int at = indexOf(key);
      String card = card(String.format(Locale.ROOT, "%-8s= %20s", key, value));
      if (at < 0) {
        cards.add(card);
      } else {
        cards.set(at, card);
      }
      return this;
    }

    Part set(String key, double value) {
      return set(key, Double.toString(value));
    }

    /** Adds a card as it is. */
    Part add(String card) {
      cards.add(card(card));
      return this;
    }

    Part remove(String key) {
      cards.remove(indexOf(key));
      return this;
    }

    /** Replaces the data. */
    Part data(ByteBuffer bytes) {
      data = bytes.array();
      return this;
    }

    ByteBuffer data() {
      return ByteBuffer.wrap(data);
    }

    /** Stores an image of floats or doubles as 32-bit integers of a scale and an offset. */
    Part asIntegers(double scale, double zero, ToLongFunction<Double> stored) {
      boolean doubles = cards.get(indexOf("BITPIX")).contains("-64");
      int n = data.length / (doubles ? 8 : 4);
      ByteBuffer from = data();
      ByteBuffer to = ByteBuffer.allocate(4 * n);
      for (int k = 0; k < n; k++) {
        to.putInt((int) stored.applyAsLong(doubles ? from.getDouble() : from.getFloat()));
      }
      return data(to).set("BITPIX", "32").set("BSCALE", scale).set("BZERO", zero);
    }

    private int indexOf(String key) {
      for (int i = 0; i < cards.size(); i++) {
        if (cards.get(i).substring(0, 8).strip().equals(key)) {
          return i;
        }
      }
      return -1;
    }

    private static String card(String text) {
      return String.format(Locale.ROOT, "%-80s", text);
    }
  }

  private EditedFile(byte[] bytes) throws FitsRejection {
    for (Hdu hdu : FitsFile.walk("x.fits", bytes, FitsLimits.DEFAULT)) {
      parts.add(new Part(hdu));
    }
  }

  static EditedFile of(byte[] bytes) throws FitsRejection {
    return new EditedFile(bytes);
  }

  Part primary() {
    return parts.get(0);
  }

  Part hdu(String name) {
    return parts.stream().filter(p -> p.name.equals(name)).findFirst().orElseThrow();
  }

  Part hdu(int index) {
    return parts.get(index);
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Part part : parts) {
      StringBuilder header = new StringBuilder();
      part.cards.forEach(header::append);
      header.append(Part.card("END"));
      header.append(" ".repeat((int) FitsFile.padded(header.length()) - header.length()));
      out.writeBytes(header.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.writeBytes(Arrays.copyOf(part.data, (int) FitsFile.padded(part.data.length)));
    }
    return out.toByteArray();
  }
}
