package org.skymi.sky.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.skymi.math.BSpline;
import org.skymi.math.EvenBins;
import org.skymi.sky.frame.LineDerivatives;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.recipe.FrameRecipe.Columns;
import org.skymi.sky.recipe.FrameRecipe.CommonSky;
import org.skymi.survey.LineWidths;

/**
 * Draws skies on fibres' native pixels from what was kept of them: to the rounding of numbers what
 * the methods themselves drew.
 */
public final class SkyDrawing {
  static final int CONTINUUM = 0;
  private static final int LINES = 1;
  private static final int DERIVATIVES = 4;

  private final FrameRecipe frame;
  private final SkyScale scale;
  private final BSpline spline;
  private final Parts master;
  private final Optional<Parts> corrected;

  public SkyDrawing(FrameRecipe frame) {
    this.frame = frame;
    this.scale = frame.scale();
    this.spline = scale.knots().spline();
    this.master = new Parts(frame.master());
    this.corrected = frame.columns().map(Parts::new);
  }

  /** Spline coefficients of what is in bins. */
  private double[] smooth(double[] bins) {
    double[] light = new double[spline.size()];
    for (int k = 0; k < light.length; k++) {
      light[k] = EvenBins.at(bins, scale.u(spline.centre(k)));
    }
    return light;
  }

  /** The parts of a sky, spline coefficients. */
  private final class Parts {
    final List<double[]> part = new ArrayList<>();

    /** Of all lines, the fourth derivative. */
    final double[] fourth;

    /**
     * The first part that pixels without lines have, too: of the transmission; the light is last.
     */
    final int transmission;

    private Parts(CommonSky sky, double[] shaped, float[] patterns) {
      fourth = LineDerivatives.of(scale.reach(), sky.lines(), DERIVATIVES);
      part.add(sky.continuum());
      part.add(sky.lines());
      for (int d = 1; d <= DERIVATIVES; d++) {
        part.add(LineDerivatives.of(scale.reach(), shaped, d));
      }
      double[] light = lightOfWindows(shaped);
      int size = spline.size();
      for (int from = 0; from < patterns.length; from += size) {
        double[] pattern = new double[size];
        for (int k = 0; k < size; k++) {
          int window = scale.window()[k];
          pattern[k] = window < 0 ? 0 : patterns[from + k] * light[window];
        }
        part.add(pattern);
      }
      transmission = part.size();
    }

    private double[] lightOfWindows(double[] lines) {
      double[] light = new double[Arrays.stream(scale.window()).max().orElse(-1) + 1];
      for (int k = 0; k < lines.length; k++) {
        if (scale.window()[k] >= 0) {
          light[scale.window()[k]] += lines[k];
        }
      }
      return light;
    }

    Parts(CommonSky sky) {
      this(sky, sky.lines(), new float[0]);
    }

    Parts(Columns columns) {
      this(columns.common(), columns.shaped(), columns.patterns().lines());
      for (double[] pattern : columns.patterns().transmissions()) {
        part.add(smooth(pattern));
      }
      part.add(smooth(columns.light()));
    }
  }

  /** A fibre's pixel: the values of its sky's parts there. */
  private final class Pixel {
    private final Parts parts;
    private final FibreRecipe fibre;
    private final LineWidths stated;
    private final double[] weights = new double[BSpline.ORDER];
    final double[] values;
    double x;
    double u;

    /** Of lines, -1 for none. */
    int group;

    Pixel(Parts parts, FibreRecipe fibre) {
      this.parts = parts;
      this.fibre = fibre;
      this.values = new double[parts.part.size()];
      float[] widths = fibre.lines().stated();
      this.stated =
          widths.length == 0
              ? LineWidths.NONE
              : new LineWidths(
                  frame.widths().first(), frame.widths().step(), new float[][] {widths});
    }

    /** Continuum and lines, the fibre's own. */
    double classical(double wavelength) {
      FibreRecipe.Lines lines = fibre.lines();
      x = aligned(fibre, wavelength);
      u = scale.u(x);
      group = scale.group()[spline.nearest(x)];
      int first = spline.first(x);
      spline.values(x, first, weights);
      double[] z = fibre.classical();
      Arrays.fill(values, 0);
      values[CONTINUUM] = (z[0] + u * (z[1] + u * z[2])) * value(CONTINUUM, first);
      for (int part = parts.transmission; part < values.length; part++) {
        values[part] = value(part, first);
      }
      if (group >= 0) {
        double strength = z[3 + group];
        strength += scale.groups().get(group).equals(SkyScale.TILTED) ? u * z[z.length - 1] : 0;
        for (int part = LINES; part < parts.transmission; part++) {
          values[part] = value(part, first);
        }
        values[LINES] += lines.kurtosis() * BSpline.dot(parts.fourth, first, weights);
        spline.curvatures(x, first, weights);
        double along = u - scale.pivot();
        double width = lines.width() + along * lines.widthSlope() + stated.at(0, x);
        values[LINES] += 0.5 * width * value(LINES, first);
        for (int part = LINES; part < parts.transmission; part++) {
          values[part] *= strength;
        }
      }
      double sky = values[CONTINUUM] + values[LINES];
      for (int part = parts.transmission; part < values.length - 1; part++) {
        values[part] *= sky;
      }
      return sky;
    }

    private double value(int part, int first) {
      return BSpline.dot(parts.part.get(part), first, weights);
    }
  }

  /** A fibre's Super Sky: the master, scaled. */
  public Sky scaled(FibreRecipe fibre, double[] wavelength) {
    double gain = fibre.scaled().gain();
    float[] flux = new float[wavelength.length];
    for (int p = 0; p < flux.length; p++) {
      flux[p] =
          scale.covers(wavelength[p])
              ? (float)
                  (gain * spline.evaluate(frame.master().sky(), aligned(fibre, wavelength[p])))
              : Float.NaN;
    }
    return new Sky(flux, ivar(flux, gain, fibre.scaled().error(), wavelength));
  }

  /** A fibre's Super Sky with every correction that one exposure allows. */
  public Sky full(FibreRecipe fibre, double[] wavelength) {
    Pixel pixel = new Pixel(master, fibre);
    float[] flux = new float[wavelength.length];
    for (int p = 0; p < flux.length; p++) {
      flux[p] = scale.covers(wavelength[p]) ? (float) pixel.classical(wavelength[p]) : Float.NaN;
    }
    float[] ivar = ivar(flux, fibre.classical()[0], fibre.error(), wavelength);
    double[] sum = new double[spline.size()];
    for (int c = 0; c < fibre.shares().length; c++) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += fibre.shares()[c] * frame.components()[c][k];
      }
    }
    for (int p = 0; p < flux.length && fibre.shares().length > 0; p++) {
      flux[p] += (float) spline.evaluate(sum, aligned(fibre, wavelength[p]));
    }
    return new Sky(flux, ivar);
  }

  /** A wavelength on the common sky's scale. */
  private double aligned(FibreRecipe fibre, double wavelength) {
    FibreRecipe.Lines lines = fibre.lines();
    return wavelength + lines.shift() + lines.slope() * (scale.u(wavelength) - scale.pivot());
  }

  private float[] ivar(float[] flux, double gain, double error, double[] wavelength) {
    float[] variance = frame.master().variance();
    float[] ivar = new float[flux.length];
    for (int p = 0; p < flux.length; p++) {
      if (Float.isFinite(flux[p])) {
        double sum =
            gain * gain * variance[spline.nearest(wavelength[p])]
                + error * error * flux[p] * flux[p];
        ivar[p] = sum > 0 ? (float) (1 / sum) : 0;
      }
    }
    return ivar;
  }

  /**
   * A fibre's sky by a method that corrects the common sky.
   *
   * @param method its key
   * @throws IllegalArgumentException if nothing is kept of the method
   */
  public Sky corrected(String method, FibreRecipe fibre, double[] wavelength) {
    FibreRecipe.Correction z = fibre.corrections().get(method);
    if (z == null || corrected.isEmpty()) {
      throw new IllegalArgumentException("nothing is kept of " + method);
    }
    Columns columns = frame.columns().orElseThrow();
    double[] slack = columns.slack().get(method);
    float[] common = columns.common().variance();
    Pixel pixel = new Pixel(corrected.get(), fibre);
    Tables tables = new Tables(columns.terms(), scale.groups().size(), pixel.values.length, z);
    double level = fibre.classical()[0];
    float[] flux = new float[wavelength.length];
    float[] ivar = new float[flux.length];
    Arrays.fill(flux, Float.NaN);
    for (int p = 0; p < flux.length; p++) {
      if (scale.covers(wavelength[p])) {
        double sky = pixel.classical(wavelength[p]);
        tables.at(pixel);
        sky += tables.mean();
        flux[p] = (float) sky;
        int bins = slack.length / 2;
        int bin = Math.max(0, Math.min(bins - 1, (int) ((pixel.u + 1) / 2 * bins)));
        double sum = level * level * common[spline.nearest(pixel.x)] + tables.variance();
        sum += slack[pixel.group < 0 ? bin : bins + bin] * sky * sky;
        ivar[p] = sum > 0 ? (float) (1 / sum) : 0;
      }
    }
    return new Sky(flux, ivar);
  }

  /**
   * What a fibre's coefficients make of the parts of its sky: factors and their covariance at few
   * places, straight in between.
   */
  private static final class Tables {
    private final int intervals;
    private final int parts;

    /** By group + 1, place and part. */
    private final double[][][] factor;

    /** By group + 1, place and pair of parts. */
    private final double[][][] covariance;

    private Pixel pixel;
    private int place;
    private double share;

    Tables(FrameRecipe.Terms terms, int groups, int parts, FibreRecipe.Correction z) {
      this.parts = parts;
      intervals = terms.intervals();
      factor = new double[groups + 1][intervals + 1][parts];
      covariance = new double[groups + 1][intervals + 1][parts * parts];
      double[] f = new double[terms.size()];
      DMatrixRMaj spread = z.covariance();
      for (int n = 0; n <= intervals && z.mean().length > 0; n++) {
        for (int k = 0; k < f.length; k++) {
          f[k] = terms.at(k, 2.0 * n / intervals - 1);
        }
        for (int g = 0; g <= groups; g++) {
          add(terms, z.mean(), spread, g - 1, f, factor[g][n], covariance[g][n]);
        }
      }
    }

    private void add(
        FrameRecipe.Terms terms,
        float[] z,
        DMatrixRMaj spread,
        int group,
        double[] f,
        double[] mean,
        double[] square) {
      for (int k = 0; k < f.length; k++) {
        boolean own = is(terms, k, group);
        mean[terms.part()[k]] += own ? f[k] * z[k] : 0;
        for (int l = 0; l <= k; l++) {
          if (own && is(terms, l, group)) {
            double both = (k == l ? 1 : 2) * f[k] * f[l] * spread.get(k, l);
            square[terms.part()[k] * parts + terms.part()[l]] += both;
          }
        }
      }
    }

    private static boolean is(FrameRecipe.Terms terms, int term, int group) {
      return terms.group()[term] < 0 || terms.group()[term] == group;
    }

    void at(Pixel now) {
      pixel = now;
      double along = Math.max(0, Math.min(1, (now.u + 1) / 2)) * intervals;
      place = Math.min(intervals - 1, (int) along);
      share = along - place;
    }

    double mean() {
      double[][] table = factor[pixel.group + 1];
      double sum = 0;
      for (int a = 0; a < parts; a++) {
        sum += between(table, a) * pixel.values[a];
      }
      return sum;
    }

    double variance() {
      double[][] table = covariance[pixel.group + 1];
      double sum = 0;
      for (int a = 0; a < parts; a++) {
        for (int b = 0; b < parts && pixel.values[a] != 0; b++) {
          sum += between(table, a * parts + b) * pixel.values[a] * pixel.values[b];
        }
      }
      return sum;
    }

    private double between(double[][] table, int at) {
      return table[place][at] + share * (table[place + 1][at] - table[place][at]);
    }
  }
}
