package org.skymi.cli;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * The formula of docs/compact-skies.md, written down once more from the tables' columns alone: no
 * class of the program is used.
 */
final class SkyFormula {
  private static final double[][] DIFFERENCES = {
    {0, -1 / 2.0, 0, 1 / 2.0, 0},
    {0, 1 / 2.0, -1, 1 / 2.0, 0},
    {-1 / 12.0, 1 / 6.0, 0, -1 / 6.0, 1 / 12.0},
    {1 / 24.0, -1 / 6.0, 1 / 4.0, -1 / 6.0, 1 / 24.0}
  };

  private final Row frame;
  private final Row fibre;

  SkyFormula(Row frame, Row fibre) {
    this.frame = frame;
    this.fibre = fibre;
  }

  private static double number(Row row, String column) {
    return row.<Number>getAs(column).doubleValue();
  }

  private static double[] list(Row row, String column) {
    List<Number> values = row.getList(row.fieldIndex(column));
    return values.stream().mapToDouble(Number::doubleValue).toArray();
  }

  /** Wavelength of a pixel: the Chebyshev polynomial by its cosines. */
  double wavelength(int pixel) {
    double[] c = list(fibre, "wave_polynomial");
    double t = 2.0 * pixel / (number(fibre, "pixels") - 1) - 1;
    double sum = 0;
    for (int k = 0; k < c.length; k++) {
      sum += c[k] * Math.cos(k * Math.acos(t));
    }
    return sum;
  }

  private double u(double wavelength) {
    double low = number(frame, "wave_low");
    double high = number(frame, "wave_high");
    return (2 * wavelength - low - high) / (high - low);
  }

  private double knots(double wavelength) {
    return (wavelength - number(frame, "knot_first")) / number(frame, "knot_step");
  }

  private int nearest(double wavelength, int size) {
    return (int) Math.max(0, Math.min(size - 1, Math.floor(knots(wavelength) + 0.5) + 1));
  }

  /** A spline, or its curvature, by the cardinal cubic B-spline around each coefficient. */
  private double spline(double[] coefficients, double wavelength, boolean curvature) {
    double sum = 0;
    for (int k = 0; k < coefficients.length; k++) {
      double d = Math.abs(knots(wavelength) - (k - 1));
      double rest = Math.max(0, 2 - d);
      double inner = Math.max(0, 1 - d);
      double step = number(frame, "knot_step");
      sum +=
          coefficients[k]
              * (curvature
                  ? (rest - 4 * inner) / (step * step)
                  : (Math.pow(rest, 3) - 4 * Math.pow(inner, 3)) / 6);
    }
    return sum;
  }

  /** Sky and its variance at a pixel, by a method whose sky it is. */
  double[] sky(String method, int pixel) {
    double wave = wavelength(pixel);
    double x =
        wave
            + number(fibre, "shift")
            + number(fibre, "shift_slope") * (u(wave) - number(frame, "pivot"));
    if (method.equals("super")) {
      double gain = number(fibre, "super_gain");
      double sky = gain * spline(list(frame, "master"), x, false);
      double[] known = list(frame, "master_variance");
      double error = number(fibre, "super_error") * sky;
      return new double[] {sky, gain * gain * known[nearest(wave, known.length)] + error * error};
    }
    boolean isFull = method.equals("full");
    int group = (int) list(frame, "line_group")[nearest(x, list(frame, "line_group").length)];
    double[] parts = parts(isFull ? "master" : "common", x, group, isFull);
    double level = list(fibre, "classical")[0];
    double[] known = list(frame, isFull ? "master_variance" : "common_variance");
    double sky = parts[0] + parts[1];
    if (isFull) {
      double error = number(fibre, "full_error") * sky;
      double common = level * level * known[nearest(wave, known.length)];
      return new double[] {sky, common + error * error};
    }
    double variance = level * level * known[nearest(x, known.length)];
    double intervals = number(frame, "term_intervals");
    double place = Math.max(0, Math.min(1, (u(x) + 1) / 2)) * intervals;
    double node = Math.min(intervals - 1, Math.floor(place));
    for (int side = 0; side < 2; side++) {
      double weight = side == 0 ? 1 - (place - node) : place - node;
      double[] columns = columns(parts, group, 2 * (node + side) / intervals - 1);
      double[] z = list(fibre, "z_" + method);
      double[] error = list(fibre, "z_" + method + "_error");
      double[] correlation = list(fibre, "z_" + method + "_correlation");
      for (int k = 0; k < z.length; k++) {
        sky += weight * z[k] * columns[k];
        for (int l = 0; l < z.length; l++) {
          int row = Math.max(k, l);
          double both = k == l ? 1 : correlation[row * (row - 1) / 2 + Math.min(k, l)];
          variance += weight * columns[k] * columns[l] * error[k] * error[l] * both;
        }
      }
    }
    double[] slack = list(frame, "slack_" + method);
    int bins = slack.length / 2;
    int bin = Math.max(0, Math.min(bins - 1, (int) Math.floor((u(x) + 1) / 2 * bins)));
    return new double[] {sky, variance + slack[group < 0 ? bin : bins + bin] * sky * sky};
  }

  /** Continuum, lines, their derivatives, patterns and light, as the fibre has them. */
  private double[] parts(String common, double x, int group, boolean isFull) {
    double[] sky = list(frame, common);
    double[] lines = list(frame, common + "_lines");
    double[] shaped = list(frame, isFull ? "master_lines" : "shaped_lines");
    double[] patterns = isFull ? new double[0] : list(frame, "patterns");
    int n = sky.length;
    double[] parts = new double[6 + patterns.length / n + (isFull ? 0 : 3)];
    double[] z = list(fibre, "classical");
    double[] continuum = new double[n];
    double[][] derivative = new double[4][n];
    double[] fourth = new double[n];
    int reach = (int) number(frame, "reach");
    for (int k = 0; k < n; k++) {
      continuum[k] = sky[k] - lines[k];
      for (int j = -2; j <= 2; j++) {
        int at = Math.max(0, Math.min(n - 1, k + j * reach));
        fourth[k] += DIFFERENCES[3][j + 2] * lines[at];
      }
      for (int d = 0; d < 4; d++) {
        for (int j = -2; j <= 2; j++) {
          int at = Math.max(0, Math.min(n - 1, k + j * reach));
          derivative[d][k] += DIFFERENCES[d][j + 2] * shaped[at];
        }
      }
    }
    double u = u(x);
    parts[0] = (z[0] + z[1] * u + z[2] * u * u) * spline(continuum, x, false);
    if (group >= 0) {
      addLines(parts, z, x, group, lines, fourth, derivative, inWindows(patterns, shaped));
    }
    if (!isFull) {
      double[] both = list(frame, "transmissions");
      int bins = both.length / 2;
      for (int t = 0; t < 2; t++) {
        double share = binned(Arrays.copyOfRange(both, t * bins, (t + 1) * bins), x, n);
        parts[parts.length - 3 + t] = (parts[0] + parts[1]) * share;
      }
      parts[parts.length - 1] = binned(list(frame, "light"), x, n);
    }
    return parts;
  }

  /** Patterns times the light of the window that they are in. */
  private double[] inWindows(double[] patterns, double[] shaped) {
    double[] window = list(frame, "line_window");
    double[] own = new double[patterns.length];
    for (int k = 0; k < own.length; k++) {
      int at = k % shaped.length;
      for (int l = 0; l < shaped.length && window[at] >= 0; l++) {
        own[k] += window[l] == window[at] ? patterns[k] * shaped[l] : 0;
      }
    }
    return own;
  }

  private void addLines(
      double[] parts,
      double[] z,
      double x,
      int group,
      double[] lines,
      double[] fourth,
      double[][] derivative,
      double[] patterns) {
    double u = u(x);
    int n = lines.length;
    String[] groups = frame.<String>getAs("line_groups").split(" ");
    double strength = z[3 + group] + (groups[group].equals("OH") ? u * z[z.length - 1] : 0);
    for (int d = 0; d < 4; d++) {
      parts[2 + d] = strength * spline(derivative[d], x, false);
    }
    double width =
        number(fibre, "width") + number(fibre, "width_slope") * (u - number(frame, "pivot"));
    double shape = spline(lines, x, false) + width / 2 * spline(lines, x, true);
    parts[1] = strength * (shape + number(fibre, "kurtosis") * spline(fourth, x, false));
    for (int c = 0; c * n < patterns.length; c++) {
      double[] own = new double[n];
      System.arraycopy(patterns, c * n, own, 0, n);
      parts[6 + c] = strength * spline(own, x, false);
    }
  }

  /** The spline through what is in bins. */
  private double binned(double[] bins, double x, int n) {
    double[] smooth = new double[n];
    for (int k = 0; k < n; k++) {
      double centre = number(frame, "knot_first") + (k - 1) * number(frame, "knot_step");
      double place = (u(centre) + 1) / 2 * bins.length - 0.5;
      int low = (int) Math.max(0, Math.min(bins.length - 2, Math.floor(place)));
      double share = Math.max(0, Math.min(1, place - low));
      smooth[k] = (1 - share) * bins[low] + share * bins[low + 1];
    }
    return spline(smooth, x, false);
  }

  private double[] columns(double[] parts, int group, double u) {
    double[] part = list(frame, "term_part");
    double[] of = list(frame, "term_group");
    double[] order = list(frame, "term_order");
    double[] columns = new double[part.length];
    for (int k = 0; k < columns.length; k++) {
      double smooth =
          part[k] == 0
              ? Math.cos(Math.PI * order[k] * (u + 1) / 2)
              : switch ((int) order[k]) {
                case 0 -> 1;
                case 1 -> u;
                case 2 -> (3 * u * u - 1) / 2;
                case 3 -> (5 * u * u * u - 3 * u) / 2;
                default -> (35 * Math.pow(u, 4) - 30 * u * u + 3) / 8;
              };
      columns[k] = of[k] < 0 || of[k] == group ? smooth * parts[(int) part[k]] : 0;
    }
    return columns;
  }
}
