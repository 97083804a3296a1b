package org.skymi.survey;

/** Bits of a frame's MASK image. Other bits are kept but mean nothing here. */
public enum MaskBit {
  COSMIC_RAY(0),
  DEAD_FIBRE(1),
  SATURATED(2),
  BAD_TRACE(3);

  private final int value;

  MaskBit(int bit) {
    this.value = 1 << bit;
  }

  /** The bit's value, a power of two. */
  public int value() {
    return value;
  }

  /** Whether the bit is set in a mask. */
  public boolean isIn(int mask) {
    return (mask & value) != 0;
  }
}
