package org.skymi.fits;

import java.nio.ByteBuffer;

/**
 * Real numbers in a file's bytes.
 *
 * @param bytes of all, a view: what is put there changes the file
 * @param wide whether of 8 bytes each, else of 4
 */
record StoredReals(ByteBuffer bytes, boolean wide) {
  void put(int index, float value) {
    if (wide) {
      bytes.putDouble(8 * index, value);
    } else {
      bytes.putFloat(4 * index, value);
    }
  }
}
