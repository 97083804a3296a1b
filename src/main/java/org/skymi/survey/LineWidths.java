package org.skymi.survey;

import java.io.Serializable;

/**
 * How wide fibres' line spreads are as a survey states it: second moments, Angstrom^2, at evenly
 * spaced wavelengths; straight between them and constant beyond.
 *
 * @param first wavelength, Angstrom
 * @param step between wavelengths, Angstrom
 * @param moment {@code [nFibre][nWavelength]}, NaN for a fibre of which nothing is stated; no rows
 *     if nothing is stated of any
 */
public record LineWidths(double first, double step, float[][] moment) implements Serializable {
  /** Nothing stated. */
  public static final LineWidths NONE = new LineWidths(0, 1, new float[0][]);

  /** Whether anything is stated. */
  public boolean isStated() {
    return moment.length > 0;
  }

  /** The second moment of a fibre at a wavelength, Angstrom^2; 0 if nothing is stated. */
  public double at(int fibre, double wavelength) {
    if (moment.length == 0) {
      return 0;
    }
    float[] row = moment[fibre];
    double place = Math.max(0, Math.min(row.length - 1, (wavelength - first) / step));
    int below = Math.min((int) place, Math.max(0, row.length - 2));
    int above = Math.min(below + 1, row.length - 1);
    return row[below] + (place - below) * (row[above] - row[below]);
  }

  /**
   * What they are beyond the mean of some fibres; 0 for fibres of which nothing is stated.
   *
   * @param fibres of the mean; if nothing is stated of any of them, nothing is of all
   */
  public LineWidths beyond(int[] fibres) {
    int known = 0;
    double[] mean = new double[isStated() ? moment[0].length : 0];
    for (int i : isStated() ? fibres : new int[0]) {
      if (!Float.isNaN(moment[i][0])) {
        known++;
        for (int k = 0; k < mean.length; k++) {
          mean[k] += moment[i][k];
        }
      }
    }
    if (known == 0) {
      return NONE;
    }
    float[][] beyond = new float[moment.length][mean.length];
    for (int i = 0; i < beyond.length; i++) {
      for (int k = 0; k < mean.length && !Float.isNaN(moment[i][0]); k++) {
        beyond[i][k] = (float) (moment[i][k] - mean[k] / known);
      }
    }
    return new LineWidths(first, step, beyond);
  }
}
