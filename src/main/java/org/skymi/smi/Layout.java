package org.skymi.smi;

import java.io.Serializable;

/**
 * An instrument's layout, as far as networks know it.
 *
 * @param fibres of a spectrograph
 * @param reach of a fibre from its home, deg
 * @param lengths over which fibres are alike, in units of the places given with a frame
 */
public record Layout(int fibres, double reach, double[] lengths) implements Serializable {
  /** Of a fibre from its home, deg; any near the true one will do. */
  private static final double REACH = 0.045;

  /** Over which fibres are alike, halves of the slit. */
  private static final double[] LENGTHS = {0.1, 0.5};

  /** Of frames whose fibres are placed along the slit. */
  public static Layout alongSlit(int fibres) {
    return new Layout(fibres, REACH, LENGTHS.clone());
  }

  /** Index of a fibre over all spectrographs, both from 1. */
  int index(int spectrograph, int number) {
    return (spectrograph - 1) * fibres + number - 1;
  }
}
