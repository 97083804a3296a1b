package org.skymi.fits;

import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/** Images as HDUs and bytes; all throw IllegalArgumentException if an image has another shape. */
final class ImageHduWriter {
  private ImageHduWriter() {}

  /** Begins an extension. */
  static HduWriter image(String name, int bitpix, int width, int height) {
    return HduWriter.extension("IMAGE")
        .shape(bitpix, width, height)
        .card("PCOUNT", 0, "")
        .card("GCOUNT", 1, "")
        .card("EXTNAME", name, "");
  }

  static byte[] bytes(float[][] image, int rows, int width) {
    checkShape(image.length, rows, i -> image[i].length, width);
    return encode(rows, 4 * width, (row, i) -> row.asFloatBuffer().put(image[i]));
  }

  static byte[] bytes(int[][] image, int rows, int width) {
    checkShape(image.length, rows, i -> image[i].length, width);
    return encode(rows, 4 * width, (row, i) -> row.asIntBuffer().put(image[i]));
  }

  static byte[] bytes(double[][] image, int rows, int width) {
    checkShape(image.length, rows, i -> image[i].length, width);
    return encode(rows, 8 * width, (row, i) -> row.asDoubleBuffer().put(image[i]));
  }

  private static void checkShape(int got, int rows, IntUnaryOperator widthOf, int width) {
    if (got != rows || IntStream.range(0, rows).map(widthOf).anyMatch(w -> w != width)) {
      throw new IllegalArgumentException("an image is not of " + rows + " x " + width + " pixels");
    }
  }

  private static byte[] encode(int rows, int rowLength, ObjIntConsumer<ByteBuffer> put) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(rowLength, rows));
    for (int i = 0; i < rows; i++) {
      put.accept(bytes.slice(rowLength * i, rowLength), i);
    }
    return bytes.array();
  }
}
