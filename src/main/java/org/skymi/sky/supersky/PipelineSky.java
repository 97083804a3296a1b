package org.skymi.sky.supersky;

import org.skymi.math.BSpline;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.frame.SkyGrid;

/**
 * The survey pipelines' Super Sky of one frame: the master, and what {@link SuperSkyOptions} ask
 * for beyond it, learnt from the sky fibres that made the master and from no others.
 */
public final class PipelineSky {
  private final ArmSky sky;
  private final SuperSkyOptions options;
  private final double[] lines;
  private final double gainScatter;
  private FibrePolynomial polynomial = FibrePolynomial.NONE;
  private LineComponents components = LineComponents.NONE;

  /** Without the parts that are learnt from pixels. */
  PipelineSky(ArmSky sky, SuperSkyOptions options) {
    this.sky = sky;
    this.options = options;
    this.lines = FibreCalibration.minus(sky.master(), sky.continuum());
    this.gainScatter = sky.gainScatter(this::gain);
  }

  /**
   * Learns what the options need of a frame's pixels.
   *
   * @param sky the arm's analysis; must have sky
   * @param frame the frame, cross-talk removed as the analysis has it
   */
  public static PipelineSky learn(ArmSky sky, CleanFrame frame, SuperSkyOptions options) {
    PipelineSky learnt = new PipelineSky(sky, options);
    int[] skies = sky.trained();
    if (options.fibrePolynomial() > 0) {
      learnt.polynomial =
          FibrePolynomial.fit(
              frame, i -> learnt.flux(i, frame.wavelength(i)), skies, options.fibrePolynomial());
    }
    if (options.lineComponents() > 0) {
      learnt.components =
          LineComponents.learn(
              frame,
              sky.calibration(),
              i -> learnt.flux(i, frame.wavelength(i)),
              skies,
              options.lineComponents());
    }
    return learnt;
  }

  /**
   * The same for another look at one fibre; see {@link SpectrographSky#with}.
   *
   * @param other the arm's analysis with that fibre looked at anew
   * @param frame in which that fibre has other pixels, cross-talk removed
   */
  public PipelineSky with(ArmSky other, CleanFrame frame) {
    PipelineSky same = new PipelineSky(other, options);
    same.polynomial = polynomial;
    same.components = components.with(frame, other.calibration());
    return same;
  }

  /**
   * The sky of a fibre.
   *
   * @param fibre row of the frame
   * @param wavelength the frame's, Angstrom, {@code [nPixel]}
   */
  public Sky sky(int fibre, double[] wavelength) {
    float[] flux = flux(fibre, wavelength);
    components.addTo(flux, fibre);
    return new Sky(
        flux,
        SuperSky.ivar(
            sky.grid(), sky.masterVariance(), flux, gain(fibre), gainError(fibre), wavelength));
  }

  /** Whether a fibre's sky is no more than the master, scaled. */
  public boolean isScaledMaster() {
    return options.fibrePolynomial() == 0 && options.lineComponents() == 0 && !options.lineWidth();
  }

  /** Relative error of a fibre's scale. */
  public double gainError(int fibre) {
    double lineError = options.lineScale() ? sky.calibration().gainError[fibre] : 0;
    return Math.hypot(gainScatter, Math.min(1, lineError));
  }

  /** A fibre's scale; lines taken as wide as the master's have another amplitude. */
  public double gain(int fibre) {
    FibreCalibration calibration = sky.calibration();
    return !options.lineScale()
        ? 1
        : options.lineWidth() ? calibration.gain[fibre] : calibration.plainGain[fibre];
  }

  /** The sky without line components, electron; NaN outside the grid. */
  private float[] flux(int fibre, double[] wavelength) {
    FibreCalibration calibration = sky.calibration();
    SkyGrid grid = sky.grid();
    BSpline spline = grid.spline();
    double gain = gain(fibre);
    double[] b = new double[BSpline.ORDER];
    float[] flux = new float[wavelength.length];
    for (int p = 0; p < flux.length; p++) {
      double x = calibration.aligned(grid, fibre, wavelength[p]);
      int first = spline.first(x);
      spline.values(x, first, b);
      double value = BSpline.dot(sky.master(), first, b);
      if (options.lineWidth()) {
        spline.curvatures(x, first, b);
        value += 0.5 * calibration.width(fibre, x) * BSpline.dot(lines, first, b);
      }
      boolean covered = grid.covers(wavelength[p]);
      flux[p] = covered ? (float) (gain * value) : Float.NaN;
    }
    polynomial.scale(flux, fibre, wavelength);
    return flux;
  }
}
