package org.skymi.release;

import java.util.List;
import org.skymi.math.NormalEquations;

/**
 * What a pipeline's sky subtraction left in the spectra of one spectrograph: a common residual and
 * a few components that fibres have in different measure, learnt by alternating weighted least
 * squares from many fibres. An object's own lines stand elsewhere in every fibre and so make no
 * component.
 */
public final class ResidualSkyModel {
  private static final int PASSES = 6;

  /** Depth of stellar and telluric features to expect, relative to the continuum. */
  private static final double FEATURE = 0.05;

  /** A pixel counts no more than one this many standard errors off. */
  private static final double BOUND = 4;

  /**
   * Relative error of the model that keeps the brightest lines from outweighing all else, in units
   * of the noise.
   */
  private static final double MODEL_NOISE = 1;

  private final double[] mean;
  private final double[][] components;

  /** What objects have in common, in units of their continuum. */
  private final double[] object = new double[LineResidual.SIZE];

  /** Population variance of each component's coefficient. */
  private final double[] prior;

  private ResidualSkyModel(double[] mean, double[][] components, double[] prior) {
    this.mean = mean;
    this.components = components;
    this.prior = prior;
  }

  /**
   * Learns a model.
   *
   * @param spectra of one spectrograph
   * @param count components
   */
  public static ResidualSkyModel learn(List<LineResidual> spectra, int count) {
    double[] mean = new double[LineResidual.SIZE];
    double[][] components = new double[count][LineResidual.SIZE];
    double[] prior = new double[count];
    ResidualSkyModel model = new ResidualSkyModel(mean, components, prior);
    for (int pass = 0; pass < PASSES; pass++) {
      model.updateMean(spectra, new double[spectra.size()][0], 0);
    }
    for (int c = 0; c < count; c++) {
      // A component starts as the residual of the fibre that the model so far explains worst.
      model.start(spectra, c);
      for (int pass = 0; pass < PASSES; pass++) {
        double[][] coefficients = new double[spectra.size()][];
        for (int i = 0; i < coefficients.length; i++) {
          coefficients[i] = model.fit(spectra.get(i), c + 1, -1, 2);
        }
        model.normalise(coefficients, c + 1);
        for (int k = c; k >= 0; k--) {
          model.updateComponent(spectra, coefficients, k, c + 1);
        }
        model.updateMean(spectra, coefficients, c + 1);
      }
    }
    return model;
  }

  private void start(List<LineResidual> spectra, int c) {
    double worst = -1;
    for (LineResidual spectrum : spectra) {
      double[] a = fit(spectrum, c, -1, 2);
      double[] left = new double[LineResidual.SIZE];
      double[] chi = new double[LineResidual.SIZE];
      double unit = spectrum.noise();
      double sum = 0;
      for (int k : LineResidual.windowCells()) {
        if (!Float.isInfinite(spectrum.variance(k))) {
          left[k] = data(spectrum, unit, k) - value(a, c, k);
          chi[k] = Math.min(BOUND, Math.abs(left[k]) * unit / Math.sqrt(spectrum.variance(k)));
          sum += chi[k];
        }
      }
      if (sum > worst) {
        worst = sum;
        components[c] = left;
      }
    }
    prior[c] = 1;
  }

  private double value(double[] a, int used, int cell) {
    double sum = mean[cell];
    for (int k = 0; k < used; k++) {
      sum += a[k] * components[k][cell];
    }
    return sum;
  }

  private double weight(LineResidual spectrum, double unit, int cell, double off) {
    double variance = spectrum.variance(cell) / (unit * unit) + MODEL_NOISE * MODEL_NOISE;
    double chi = Math.abs(off) / Math.sqrt(variance);
    return (chi <= BOUND ? 1 : BOUND / chi) / variance;
  }

  /**
   * Best mean and best objects' part, together, cell by cell: fibres of different brightness tell
   * them apart.
   */
  private void updateMean(List<LineResidual> spectra, double[][] a, int used) {
    double[][] sums = new double[5][LineResidual.SIZE];
    for (int i = 0; i < spectra.size(); i++) {
      LineResidual spectrum = spectra.get(i);
      double unit = spectrum.noise();
      for (int k : LineResidual.windowCells()) {
        if (Float.isInfinite(spectrum.variance(k))) {
          continue;
        }
        double off = data(spectrum, unit, k) - value(a[i], used, k);
        double w = weight(spectrum, unit, k, off);
        double f = spectrum.background(k) / unit;
        double y = off + mean[k] + f * object[k];
        sums[0][k] += w;
        sums[1][k] += w * f;
        sums[2][k] += w * f * f;
        sums[3][k] += w * y;
        sums[4][k] += w * f * y;
      }
    }
    for (int k : LineResidual.windowCells()) {
      if (sums[0][k] > 0) {
        double g00 = sums[0][k] + 1;
        double g11 = sums[2][k] + 1 / (FEATURE * FEATURE);
        double det = g00 * g11 - sums[1][k] * sums[1][k];
        mean[k] = (g11 * sums[3][k] - sums[1][k] * sums[4][k]) / det;
        object[k] = (g00 * sums[4][k] - sums[1][k] * sums[3][k]) / det;
      }
    }
  }

  /** What is to be explained by the sky's parts, in units of the fibre's noise. */
  private double data(LineResidual spectrum, double unit, int cell) {
    return (spectrum.value(cell) - spectrum.background(cell) * object[cell]) / unit;
  }

  /** Best values of one component cell by cell, all else fixed. */
  private void updateComponent(List<LineResidual> spectra, double[][] a, int which, int used) {
    double[] target = components[which];
    double[] cross = new double[LineResidual.SIZE];
    double[] square = new double[LineResidual.SIZE];
    for (int i = 0; i < spectra.size(); i++) {
      LineResidual spectrum = spectra.get(i);
      double unit = spectrum.noise();
      double factor = a[i][which];
      for (int k : LineResidual.windowCells()) {
        if (Float.isInfinite(spectrum.variance(k))) {
          continue;
        }
        double off = data(spectrum, unit, k) - value(a[i], used, k);
        double w = weight(spectrum, unit, k, off);
        cross[k] += w * factor * (off + factor * target[k]);
        square[k] += w * factor * factor;
      }
    }
    for (int k : LineResidual.windowCells()) {
      // One fibre's worth of zeros keeps cells that few fibres saw from following their noise.
      target[k] = square[k] > 0 ? cross[k] / (square[k] + 1) : 0;
    }
  }

  private void normalise(double[][] a, int used) {
    for (int k = 0; k < used; k++) {
      double[] column = new double[a.length];
      for (int i = 0; i < a.length; i++) {
        column[i] = a[i][k];
      }
      double size = 0;
      for (double v : column) {
        size += v * v / column.length;
      }
      double scale = Math.sqrt(Math.max(size, 1e-12));
      for (int i = 0; i < a.length; i++) {
        a[i][k] /= scale;
      }
      for (int cell : LineResidual.windowCells()) {
        components[k][cell] *= scale;
      }
      prior[k] = 1;
    }
  }

  /**
   * A fibre's coefficients, in units of its noise.
   *
   * @param used components
   * @param part windows to leave out: those whose number is {@code part} modulo {@code parts}; none
   *     if -1
   */
  private double[] fit(LineResidual spectrum, int used, int part, int parts) {
    double[] a = new double[used];
    if (used == 0) {
      return a;
    }
    double unit = spectrum.noise();
    for (int pass = 0; pass < 3; pass++) {
      NormalEquations equations = new NormalEquations(used);
      double[] row = new double[used];
      for (int k = 0; k < used; k++) {
        equations.addPrior(k, 0, Math.max(prior[k], 1e-12));
      }
      for (int cell : LineResidual.windowCells()) {
        int window = spectrum.window(cell);
        if (window < 0 || (part >= 0 && window % parts == part)) {
          continue;
        }
        double data = data(spectrum, unit, cell) - mean[cell];
        double w = weight(spectrum, unit, cell, data - (value(a, used, cell) - mean[cell]));
        for (int k = 0; k < used; k++) {
          row[k] = components[k][cell];
        }
        equations.add(row, w, data);
      }
      a = equations.mean();
    }
    return a;
  }

  /**
   * The residual sky of a fibre, every window predicted from the fibre's other windows.
   *
   * @param parts into which windows are divided for that
   * @return on the grid, in the spectrum's unit; 0 outside windows
   */
  public float[] predict(LineResidual spectrum, int parts) {
    float[] out = new float[LineResidual.SIZE];
    double unit = spectrum.noise();
    for (int part = 0; part < parts; part++) {
      double[] a = fit(spectrum, components.length, part, parts);
      for (int cell : LineResidual.windowCells()) {
        if (spectrum.window(cell) >= 0 && spectrum.window(cell) % parts == part) {
          out[cell] = (float) (unit * value(a, components.length, cell));
        }
      }
    }
    return out;
  }

  /**
   * What the objects' common lines and bands make of a fibre's own continuum, on the grid, in the
   * spectrum's unit.
   */
  public float[] objectPart(LineResidual spectrum) {
    float[] out = new float[LineResidual.SIZE];
    for (int cell : LineResidual.windowCells()) {
      out[cell] = (float) (spectrum.background(cell) * object[cell]);
    }
    return out;
  }

  /** Number of components. */
  public int size() {
    return components.length;
  }
}
