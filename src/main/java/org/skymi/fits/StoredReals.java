package org.skymi.fits;

import java.nio.ByteBuffer;

/**
 * Real numbers in a file's bytes.
 *
 * @param bytes a view that begins with the first: what is put there changes the file
 * @param wide whether of 8 bytes each, else of 4
 * @param step bytes from one to the next
 */
record StoredReals(ByteBuffer bytes, boolean wide, int step) {
  /** Without anything between them. */
  static StoredReals dense(ByteBuffer bytes, boolean wide) {
    return new StoredReals(bytes, wide, wide ? Double.BYTES : Float.BYTES);
  }

  float get(int index) {
    return wide ? (float) bytes.getDouble(step * index) : bytes.getFloat(step * index);
  }

  void put(int index, float value) {
    if (wide) {
      bytes.putDouble(step * index, value);
    } else {
      bytes.putFloat(step * index, value);
    }
  }
}
