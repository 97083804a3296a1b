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
  /** Index of a fibre over all spectrographs, both from 1. */
  int index(int spectrograph, int number) {
    return (spectrograph - 1) * fibres + number - 1;
  }
}
