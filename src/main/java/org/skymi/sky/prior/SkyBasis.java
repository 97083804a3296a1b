package org.skymi.sky.prior;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.skymi.math.BandedNormal;
import org.skymi.math.PrincipalComponents;
import org.skymi.math.RobustStatistics;
import org.skymi.math.RowSums;
import org.skymi.math.Spd;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.SkyGrid;

/**
 * The few spectra that the skies of many exposures are made of: principal components of master
 * skies, continuum and lines apart, as many as stand out of the noise. A master fitted on them
 * keeps what skies have and loses the noise of its twenty fibres, which in the far blue is most of
 * it.
 */
public final class SkyBasis {
  private final double[][] components;

  private SkyBasis(double[][] components) {
    this.components = components;
  }

  /** The basis of given spline coefficient vectors, for instance those of a stored model. */
  public static SkyBasis of(double[][] components) {
    return new SkyBasis(components);
  }

  /** The components, spline coefficients, {@code [nComponent][nCoefficient]}. */
  public double[][] components() {
    return components;
  }

  /**
   * Learns a basis from masters, each in units of its own noise, so that moonlit ones, the
   * brightest, don't decide everything.
   *
   * @param grid the arm
   * @param masters spline coefficients, one vector per spectrograph and exposure
   * @param variances of the coefficients
   * @param most components of each part at the most
   * @param floor relative difference between masters that is not worth a component
   */
  static SkyBasis learn(
      SkyGrid grid, List<double[]> masters, List<double[]> variances, int most, double floor) {
    int n = masters.size();
    double[] noise = noise(grid.spline().size(), masters, variances, floor);
    double[][] continuum = new double[n][];
    double[][] lines = new double[n][];
    for (int s = 0; s < n; s++) {
      double weight = weight(masters.get(s), variances.get(s), noise, floor);
      continuum[s] = grid.continuum(masters.get(s));
      lines[s] = FibreCalibration.minus(masters.get(s), continuum[s]);
      for (int k = 0; k < continuum[s].length; k++) {
        continuum[s][k] *= weight;
        lines[s][k] *= weight;
      }
    }
    List<double[]> components = new ArrayList<>();
    components.addAll(PrincipalComponents.of(continuum, noise, 1, most));
    components.addAll(PrincipalComponents.of(lines, noise, 1, most));
    return new SkyBasis(components.toArray(double[][]::new));
  }

  /** What typical noise is of a master's own. */
  private static double weight(double[] master, double[] variance, double[] noise, double floor) {
    double[] times = new double[noise.length];
    for (int k = 0; k < noise.length; k++) {
      double own = Math.hypot(Math.sqrt(variance[k]), floor * master[k]) / noise[k];
      times[k] = Double.isFinite(own) ? own : Double.NaN;
    }
    double typical = RobustStatistics.median(times);
    return typical > 0 ? 1 / typical : 1;
  }

  /** Typical noise of a coefficient, with the floor; 0 where no master covers it. */
  private static double[] noise(
      int size, List<double[]> masters, List<double[]> variances, double floor) {
    int n = masters.size();
    double[] noise = new double[size];
    for (int k = 0; k < size; k++) {
      double[] v = new double[n];
      double[] m = new double[n];
      for (int s = 0; s < n; s++) {
        v[s] = variances.get(s)[k];
        m[s] = Math.abs(masters.get(s)[k]);
      }
      double variance = RobustStatistics.median(v);
      double level = RobustStatistics.median(m);
      noise[k] =
          Double.isFinite(variance) ? Math.sqrt(variance + floor * floor * level * level) : 0;
    }
    return noise;
  }

  /**
   * A sky made of the basis.
   *
   * @param coefficients spline coefficients
   * @param variance of them, from the noise of the sky fibres
   * @param state coefficients on the basis
   */
  public record Projection(double[] coefficients, double[] variance, double[] state)
      implements Serializable {}

  /**
   * The sky that fits a spectrograph's sky fibres best among those the basis can make.
   *
   * @return spline coefficients
   */
  public double[] project(BandedNormal normal) {
    int n = components.length;
    double[] right = normal.rightHandSide();
    double[][] upper = new double[n][n];
    double[] least = new double[n];
    double[] told = new double[n];
    for (int a = 0; a < n; a++) {
      double[] image = normal.times(components[a]);
      for (int b = a; b < n; b++) {
        upper[a][b] = RowSums.dot(image, components[b]);
      }
      least[a] = Math.max(Double.MIN_NORMAL, SkyPrior.RIDGE * upper[a][a]);
      told[a] = RowSums.dot(right, components[a]);
    }
    double[] sky = new double[right.length];
    double[] state = Spd.factor(upper, least).solve(told);
    RowSums.add(state, components, 0, n, sky, 0, sky.length);
    return sky;
  }
}
