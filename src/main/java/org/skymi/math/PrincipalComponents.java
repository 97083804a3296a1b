package org.skymi.math;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleEVD;
import org.ejml.simple.SimpleMatrix;

/** What rows have in common, as far as it stands out of their noise. */
public final class PrincipalComponents {
  /** How far above the noise a component must stand. */
  private static final double MARGIN = 1.15;

  private PrincipalComponents() {}

  /**
   * Components of rows whitened by their noise; without a mean, because skies add.
   *
   * @param noise of the rows' elements, 0 for those to leave out
   * @param least components even if they are no more than noise
   * @param most components at the most
   */
  public static List<double[]> of(double[][] rows, double[] noise, int least, int most) {
    return of(rows, noise, MARGIN, least, most);
  }

  /**
   * The same where the noise is known better or worse.
   *
   * @param margin how far above the noise a component must stand, relative
   */
  public static List<double[]> of(
      double[][] rows, double[] noise, double margin, int least, int most) {
    int n = rows.length;
    int size = noise.length;
    double[][] white = new double[n][size];
    int live = 0;
    for (int k = 0; k < size; k++) {
      boolean any = false;
      for (int s = 0; s < n; s++) {
        white[s][k] = noise[k] > 0 ? rows[s][k] / noise[k] : 0;
        any |= white[s][k] != 0;
      }
      live += any ? 1 : 0;
    }
    SimpleMatrix gram = new SimpleMatrix(n, n);
    for (int a = 0; a < n; a++) {
      for (int b = a; b < n; b++) {
        double dot = 0;
        for (int k = 0; k < size; k++) {
          dot += white[a][k] * white[b][k];
        }
        gram.set(a, b, dot);
        gram.set(b, a, dot);
      }
    }
    SimpleEVD<SimpleMatrix> evd = gram.eig();
    List<Integer> order = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      order.add(k);
    }
    order.sort(
        (x, y) -> Double.compare(evd.getEigenvalue(y).getReal(), evd.getEigenvalue(x).getReal()));
    // Marchenko and Pastur: no singular value of pure unit noise of this shape exceeds this.
    double edge = margin * (Math.sqrt(live) + Math.sqrt(n));
    List<double[]> components = new ArrayList<>();
    for (int k : order) {
      double singular = Math.sqrt(Math.max(0, evd.getEigenvalue(k).getReal()));
      if (components.size() >= most
          || (singular < edge && components.size() >= least)
          || singular == 0) {
        break;
      }
      SimpleMatrix weights = evd.getEigenVector(k);
      double[] component = new double[size];
      for (int s = 0; s < n; s++) {
        double weight = weights.get(s, 0) / singular;
        for (int j = 0; j < size; j++) {
          component[j] += weight * white[s][j] * noise[j];
        }
      }
      components.add(component);
    }
    return components;
  }
}
