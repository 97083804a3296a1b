package org.skymi.math;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers as bytes, little-endian. */
public final class Binary {
  private Binary() {}

  public static double[] flat(double[][] rows) {
    double[] flat = new double[rows.length == 0 ? 0 : rows.length * rows[0].length];
    for (int k = 0; k < rows.length; k++) {
      System.arraycopy(rows[k], 0, flat, k * rows[k].length, rows[k].length);
    }
    return flat;
  }

  /** Rounded to floats. */
  public static float[] floats(double[] values) {
    float[] rounded = new float[values.length];
    for (int k = 0; k < rounded.length; k++) {
      rounded[k] = (float) values[k];
    }
    return rounded;
  }

  /** The same numbers as doubles. */
  public static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int k = 0; k < wide.length; k++) {
      wide[k] = values[k];
    }
    return wide;
  }

  public static float[] joined(float[]... parts) {
    float[] all = new float[Arrays.stream(parts).mapToInt(p -> p.length).sum()];
    int offset = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, offset, part.length);
      offset += part.length;
    }
    return all;
  }

  public static byte[] bytes(double[] values) {
    ByteBuffer buffer = buffer(new byte[Double.BYTES * values.length]);
    buffer.asDoubleBuffer().put(values);
    return buffer.array();
  }

  public static byte[] bytes(float[] values) {
    ByteBuffer buffer = buffer(new byte[Float.BYTES * values.length]);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  public static double[] doubles(byte[] part) {
    double[] values = new double[part.length / Double.BYTES];
    buffer(part).asDoubleBuffer().get(values);
    return values;
  }

  public static float[] floats(byte[] part) {
    float[] values = new float[part.length / Float.BYTES];
    buffer(part).asFloatBuffer().get(values);
    return values;
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
