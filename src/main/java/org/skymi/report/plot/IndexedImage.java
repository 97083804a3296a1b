package org.skymi.report.plot;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.awt.image.IndexColorModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** An image in its 256 most frequent colours: charts have few, and a third of the bytes will do. */
final class IndexedImage {
  private static final int BITS = 5;
  private static final int CELLS = 1 << 3 * BITS;
  private static final int COLOURS = 256;

  private IndexedImage() {}

  /**
   * The image with a palette.
   *
   * @param image of type {@link BufferedImage#TYPE_INT_RGB}
   */
  static BufferedImage indexed(BufferedImage image) {
    int[] rgb = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    int[] count = new int[CELLS];
    long[][] sums = new long[3][CELLS];
    for (int p = 0; p < rgb.length; ) {
      int start = p;
      while (p < rgb.length && rgb[p] == rgb[start]) { // most of a chart is one colour
        p++;
      }
      int cell = cell(rgb[start]);
      count[cell] += p - start;
      for (int c = 0; c < 3; c++) {
        sums[c][cell] += (long) (p - start) * channel(rgb[start], c);
      }
    }
    int[] used =
        IntStream.range(0, CELLS)
            .filter(k -> count[k] > 0)
            .boxed()
            .sorted(Comparator.comparingInt((Integer k) -> -count[k]).thenComparing(k -> k))
            .mapToInt(k -> k)
            .toArray();
    int[] mean = new int[CELLS];
    for (int k : used) {
      for (int c = 0; c < 3; c++) {
        mean[k] |= (int) (sums[c][k] / count[k]) << 8 * c;
      }
    }
    int[] palette = Arrays.stream(used).limit(COLOURS).map(k -> mean[k]).toArray();
    byte[] index = new byte[CELLS];
    for (int k = 0; k < used.length; k++) {
      index[used[k]] = (byte) (k < palette.length ? k : nearest(palette, mean[used[k]]));
    }
    BufferedImage result =
        new BufferedImage(
            image.getWidth(),
            image.getHeight(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(
                8, palette.length, channel(palette, 2), channel(palette, 1), channel(palette, 0)));
    byte[] pixels = new byte[rgb.length];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = p > 0 && rgb[p] == rgb[p - 1] ? pixels[p - 1] : index[cell(rgb[p])];
    }
    result.getRaster().setDataElements(0, 0, image.getWidth(), image.getHeight(), pixels);
    return result;
  }

  private static int channel(int colour, int c) {
    return colour >> 8 * c & 255;
  }

  private static byte[] channel(int[] colours, int c) {
    byte[] values = new byte[colours.length];
    for (int k = 0; k < values.length; k++) {
      values[k] = (byte) channel(colours[k], c);
    }
    return values;
  }

  private static int cell(int colour) {
    int lost = 8 - BITS;
    return channel(colour, 2) >> lost << 2 * BITS
        | channel(colour, 1) >> lost << BITS
        | channel(colour, 0) >> lost;
  }

  private static int nearest(int[] palette, int colour) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int k = 0; k < palette.length; k++) {
      int distance = 0;
      for (int c = 0; c < 3; c++) {
        int d = channel(palette[k], c) - channel(colour, c);
        distance += d * d;
      }
      if (distance < least) {
        least = distance;
        best = k;
      }
    }
    return best;
  }
}
