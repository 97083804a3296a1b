package org.skymi.simulate;

import java.util.function.DoubleBinaryOperator;

/**
 * The line spread of each fibre along an arm: a boxy core whose width and asymmetry follow the
 * focus, and wings.
 */
final class LineShapes {
  private static final double FWHM = 2.354820;

  /** Waves of the focal surface along the slit: optics are smooth. */
  private static final double SURFACE_CYCLES = 0.6;

  /** Pixels between computed shapes; they change over hundreds of pixels. */
  private static final int STRIDE = 32;

  private final Shot shot;
  private final double[] range;
  private final double mean;
  private final double defocus;
  private final double coma;
  private final double focus;
  private final double tilt;
  private final double focusOfNight;
  private final double tiltOfNight;
  private final DoubleBinaryOperator surface;
  private final DoubleBinaryOperator width;
  private final DoubleBinaryOperator h3;
  private final DoubleBinaryOperator h4;
  private final double[] ownWidth;
  private final double[] own3;
  private final double[] own4;
  private final double[] wing;

  LineShapes(Shot shot, double[] range) {
    this.shot = shot;
    this.range = range;
    Sizes sizes = shot.sizes();
    Habits habits = shot.armHabits().with("line spread");
    mean = shot.design().instrument().arm(shot.arm()).spread() / FWHM;
    defocus = sizes.of(Effect.LINE_WIDTHS, "defocus");
    coma = sizes.of(Effect.LINE_SHAPE, "coma");
    double night = sizes.form(Effect.LINE_WIDTHS, "focus of night");
    double now = sizes.form(Effect.LINE_WIDTHS, "focus of exposure");
    RandomStreams ofNight = shot.armNight().with("focus");
    RandomStreams ofNow = shot.armNow().with("focus");
    focusOfNight = night * ofNight.gaussian();
    focus = focusOfNight + now * ofNow.gaussian();
    double tilted = night * ofNight.with("tilt").gaussian();
    tiltOfNight = 0.5 * tilted;
    tilt = 0.5 * (tilted + now * ofNow.with("tilt").gaussian());
    surface = habits.with("surface").field(1, SURFACE_CYCLES);
    var common = habits.with("common width").field(sizes.of(Effect.LINE_WIDTHS, "arm"), 0);
    var along = habits.with("width").field(sizes.of(Effect.LINE_WIDTHS, "slit"));
    width = (f, u) -> common.applyAsDouble(f, u) + along.applyAsDouble(f, u);
    double smooth = sizes.of(Effect.LINE_SHAPE, "smooth");
    h3 = habits.with("h3").field(smooth);
    h4 = habits.with("h4").field(smooth);
    int n = shot.fibres();
    ownWidth = new double[n];
    own3 = new double[n];
    own4 = new double[n];
    wing = new double[n];
    double own = sizes.of(Effect.LINE_SHAPE, "fibre");
    double low = sizes.of(Effect.WINGS, "least");
    double high = sizes.of(Effect.WINGS, "greatest");
    DoubleBinaryOperator wings = habits.with("wings").field(1);
    for (int i = 0; i < n; i++) {
      Habits fibre = habits.with("fibre").with(i);
      ownWidth[i] = sizes.of(Effect.LINE_WIDTHS, "fibre") * fibre.with("width").gaussian();
      own3[i] = own * fibre.with("h3").gaussian();
      own4[i] = own * fibre.with("h4").gaussian();
      double place =
          0.8 * wings.applyAsDouble(shot.slit(i), 0) + 0.6 * fibre.with("wing").gaussian();
      wing[i] = low + (high - low) / (1 + Math.exp(-1.5 * place));
    }
  }

  double wing(int fibre) {
    return wing[fibre];
  }

  /** Width of the core, Angstrom (standard deviation). */
  double sigma(int fibre, double wavelength) {
    return sigma(fibre, wavelength, focus, tilt);
  }

  /** The same without what the focus of the exposure is beyond that of the night. */
  double sigmaOfNight(int fibre, double wavelength) {
    return sigma(fibre, wavelength, focusOfNight, tiltOfNight);
  }

  private double sigma(int fibre, double wavelength, double focus, double tilt) {
    double u = along(wavelength);
    double f = shot.slit(fibre);
    double z = surface.applyAsDouble(f, u);
    double out = z + focus + tilt * u;
    double blur = defocus * (out * out - 1);
    return mean * (1 + 0.06 * u * u) * (1 + width.applyAsDouble(f, u) + ownWidth[fibre] + blur);
  }

  private double h3(int fibre, double u) {
    double f = shot.slit(fibre);
    double out = surface.applyAsDouble(f, u) + focus + tilt * u;
    return h3.applyAsDouble(f, u) + own3[fibre] + coma * out;
  }

  /** The core at the edges of a fibre's pixels. */
  LineSpread.Profile profile(int fibre, double[] edges) {
    int n = edges.length;
    double[][] shape = new double[3][n];
    for (int e = 0; e < n; e += STRIDE) {
      fill(shape, fibre, edges, e);
      int before = e - STRIDE;
      for (int k = Math.max(0, before + 1); k < e; k++) {
        double part = (k - before) / (double) STRIDE;
        for (double[] s : shape) {
          s[k] = s[before] + part * (s[e] - s[before]);
        }
      }
    }
    for (int e = n - 1; e > 0 && e % STRIDE != 0; e--) {
      fill(shape, fibre, edges, e);
    }
    return new BoxyProfile(shape[0], shape[1], shape[2], shot.design().has(Effect.LINE_SHAPE));
  }

  private void fill(double[][] shape, int fibre, double[] edges, int e) {
    double u = along(edges[e]);
    shape[0][e] = sigma(fibre, edges[e]);
    shape[1][e] = h3(fibre, u);
    shape[2][e] = h4.applyAsDouble(shot.slit(fibre), u) + own4[fibre];
  }

  private double along(double wavelength) {
    return (2 * wavelength - range[0] - range[1]) / (range[1] - range[0]);
  }

  void describe(Hidden hidden) {
    int n = shot.fibres();
    double middle = 0.5 * (range[0] + range[1]);
    double[] fwhm = new double[n];
    double[] fwhmStart = new double[n];
    double[] fwhmEnd = new double[n];
    double[] third = new double[n];
    double[] fourth = new double[n];
    for (int i = 0; i < n; i++) {
      fwhm[i] = FWHM * sigma(i, middle);
      fwhmStart[i] = FWHM * sigma(i, range[0]);
      fwhmEnd[i] = FWHM * sigma(i, range[1]);
      third[i] = h3(i, 0);
      fourth[i] = h4.applyAsDouble(shot.slit(i), 0) + own4[i];
    }
    hidden.frame(Effect.LINE_WIDTHS, "focus", "", "focus, units of defocus", focus);
    hidden.frame(Effect.LINE_WIDTHS, "focus_tilt", "", "change of focus along the arm", tilt);
    hidden.fibre(
        Effect.LINE_WIDTHS, "fwhm", "Angstrom", "width of the core at the arm's middle", fwhm);
    hidden.fibre(
        Effect.LINE_WIDTHS, "fwhm_start", "Angstrom", "the same at the arm's start", fwhmStart);
    hidden.fibre(Effect.LINE_WIDTHS, "fwhm_end", "Angstrom", "the same at its end", fwhmEnd);
    hidden.fibre(Effect.LINE_SHAPE, "h3", "", "asymmetry at the arm's middle", third);
    hidden.fibre(Effect.LINE_SHAPE, "h4", "", "kurtosis beside the box, arm's middle", fourth);
    hidden.fibre(Effect.WINGS, "wing", "", "share of light in the far wings", wing);
  }
}
