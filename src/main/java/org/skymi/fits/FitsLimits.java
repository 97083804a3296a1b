package org.skymi.fits;

import java.io.Serializable;

/**
 * How much a file may ask for before it is rejected as {@link FitsRejection.Reason#TOO_LARGE}.
 *
 * @param inflatedBytes largest file after inflating; also the largest single HDU a header may claim
 */
public record FitsLimits(long inflatedBytes) implements Serializable {
  /** 128 MiB: a frame of DESI with its resolution is 87 MB. */
  public static final FitsLimits DEFAULT = new FitsLimits(128L << 20);

  /** Limits of so many MiB. */
  public static FitsLimits ofMegabytes(long megabytes) {
    return new FitsLimits(Math.min(megabytes, 1 << 20) << 20);
  }

  /** Bytes to read of a file that may be larger: one more than allowed, so that it is rejected. */
  public int readAtMost() {
    return (int) inflatedBytes + 1;
  }

  /**
   * @throws IllegalArgumentException if the limit is not within 1 byte to 1 GiB
   */
  public FitsLimits {
    if (inflatedBytes < 1 || inflatedBytes > 1 << 30) {
      throw new IllegalArgumentException("a file is held as one array: at most 1 GiB");
    }
  }
}
