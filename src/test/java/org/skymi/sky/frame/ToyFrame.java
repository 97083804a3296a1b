package org.skymi.sky.frame;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.skymi.math.BSpline;
import org.skymi.math.BandedNormal;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.LineWidths;
import org.skymi.survey.PlateId;
import org.skymi.survey.Pointing;

/**
 * Frames of a sky that is known in closed form: a gently bent continuum and one Gaussian in every
 * line window, {@code D(λ) = gain · S(λ + shift + slope·(u - pivot))}. Fields are set before {@link
 * #frame} is called.
 */
public final class ToyFrame {
  static final double READ_VARIANCE = 192;

  /** Light of an object, electron per pixel. */
  public interface Light {
    double at(int fibre, double wavelength);
  }

  final Arm arm;
  final int fibres;
  public final SkyGrid grid;
  private final double[] centres;
  final double sigma;
  public final double step;
  public final FibreType[] type;
  public final double[] gain;
  public final double[] shift;
  public final double[] slope;

  /** Second moment of the line spread beyond {@code sigma}^2, Angstrom^2. */
  public final double[] width;

  /** Its change from the arm's middle to its end, Angstrom^2. */
  public final double[] widthSlope;

  public LineWidths stated = LineWidths.NONE;

  /** Share of the continuum's level, on top of the gain. */
  public final double[] continuumRatio;

  public double level = 100;

  /** Peak of the lines over the continuum's level. */
  public double peak = 6;

  public double low;
  public double high;
  public double k1;
  double k1u;
  double k2;
  public boolean noise = true;
  public long seed = 1;
  public Light object = (i, w) -> 0;
  public Light gainAt = (i, w) -> 1;

  /** For tests of every arm. */
  public static List<Arm> arms() {
    return Instrument.LAMOST.arms();
  }

  public ToyFrame(Arm arm, int fibres) {
    this.arm = arm;
    this.fibres = fibres;
    this.step = arm == Arm.BLUE ? 0.57 : 0.84;
    this.grid = SkyGrid.of(Instrument.LAMOST, arm, step);
    this.centres = grid.windows().stream().mapToDouble(LineWindow::centre).sorted().toArray();
    this.sigma = arm == Arm.BLUE ? 1.2 : 1.7;
    this.low = arm == Arm.BLUE ? 3690 : 5690;
    this.high = arm == Arm.BLUE ? 5910 : 9110;
    type = new FibreType[fibres];
    gain = filled(1);
    shift = filled(0);
    slope = filled(0);
    width = filled(0);
    widthSlope = filled(0);
    continuumRatio = filled(1);
    Arrays.fill(type, FibreType.SKY);
  }

  public double[] filled(double value) {
    double[] all = new double[fibres];
    Arrays.fill(all, value);
    return all;
  }

  public int[] all() {
    return IntStream.range(0, fibres).toArray();
  }

  public boolean[] everyone() {
    boolean[] may = new boolean[fibres];
    Arrays.fill(may, true);
    return may;
  }

  public double continuum(double x) {
    double u = grid.u(x);
    return level * (1 + 0.3 * u - 0.2 * u * u);
  }

  public double lines(double x, double moment) {
    double sum = 0;
    double wide = Math.sqrt(sigma * sigma + moment);
    int from = Arrays.binarySearch(centres, x - 8 * wide);
    for (int w = from < 0 ? -1 - from : from; w < centres.length; w++) {
      double off = (x - centres[w]) / wide;
      if (off < -8) {
        break;
      }
      sum += peak * level * sigma / wide * Math.exp(-0.5 * off * off);
    }
    return sum;
  }

  public double sky(double x) {
    return continuum(x) + lines(x, 0);
  }

  /** The sky's spline coefficients. */
  public double[] coefficients() {
    BSpline spline = grid.spline();
    BandedNormal normal = new BandedNormal(spline.size());
    double[] b = new double[BSpline.ORDER];
    double from = spline.centre(1);
    double to = spline.centre(spline.size() - 2);
    for (double x = from; x < to; x += spline.step() / 3) {
      int first = spline.first(x);
      spline.values(x, first, b);
      normal.add(first, b, 1, sky(x));
    }
    return normal.solve();
  }

  /** Second moment of a fibre's line spread beyond {@code sigma}^2, Angstrom^2. */
  public double moment(int fibre, double x) {
    return width[fibre] + widthSlope[fibre] * grid.u(x);
  }

  /** States the widths as they are. */
  public void stateWidths() {
    float[][] moment = new float[fibres][2];
    for (int i = 0; i < fibres; i++) {
      moment[i][0] = (float) (sigma * sigma + moment(i, low));
      moment[i][1] = (float) (sigma * sigma + moment(i, high));
    }
    stated = new LineWidths(low, high - low, moment);
  }

  /** Noiseless sky of a fibre at a pixel. */
  public double recorded(int fibre, double wavelength) {
    double x = wavelength + shift[fibre] + slope[fibre] * (grid.u(wavelength) - grid.pivot());
    return gain[fibre]
        * gainAt.at(fibre, wavelength)
        * (continuumRatio[fibre] * continuum(x) + lines(x, moment(fibre, x)));
  }

  public FibreMap map() {
    FibreMap map = FibreMap.ofSize(fibres);
    // To and fro, so that x and y are no function of each other.
    for (int i = 0; i < fibres; i++) {
      map.fibreId()[i] = i + 1;
      map.type()[i] = type[i];
      map.objectType()[i] = type[i].label();
      map.x()[i] = 0.9 * ((i * 7 % fibres) / (double) fibres - 0.5);
      map.y()[i] = 0.9 * (i / (double) fibres - 0.5);
      map.ra()[i] = map.x()[i];
      map.dec()[i] = map.y()[i];
    }
    return map;
  }

  public Frame frame() {
    int n = (int) ((high - low) / step);
    double[][] wavelength = new double[fibres][n];
    float[][] light = new float[fibres][n];
    float[][] flux = new float[fibres][n];
    float[][] ivar = new float[fibres][n];
    for (int i = 0; i < fibres; i++) {
      for (int p = 0; p < n; p++) {
        // Fibres sample the sky at different places of a pixel, as a slit's bow has them do.
        wavelength[i][p] = low + (p + 0.37 * i % 1) * step;
        light[i][p] = (float) (recorded(i, wavelength[i][p]) + object.at(i, wavelength[i][p]));
      }
    }
    for (int i = 0; i < fibres; i++) {
      SplittableRandom random = new SplittableRandom(seed * 1000 + i);
      for (int p = 0; p < n; p++) {
        double near = k1 + k1u * grid.u(wavelength[i][p]);
        double value = light[i][p];
        for (int d = 1; d <= 2; d++) {
          double left = i >= d ? light[i - d][p] : 0;
          double right = i + d < fibres ? light[i + d][p] : 0;
          value += (d == 1 ? near : k2) * (left + right);
        }
        double sigma = Math.sqrt(Math.max(0, value) + READ_VARIANCE);
        flux[i][p] = (float) (value + (noise ? sigma * random.nextGaussian() : 0));
        ivar[i][p] = (float) (1 / (Math.max(flux[i][p], 0) + READ_VARIANCE));
      }
    }
    return new Frame(
            new FrameId(new PlateId("TOY", 58000), 83520000, 1, arm),
            new Pointing("2017-09-01T12:00:00", 1800, 10, 20, 1.1, 0.1, 90),
            map(),
            flux,
            ivar,
            new int[fibres][n],
            wavelength)
        .withWidths(stated);
  }

  public CleanFrame clean() {
    return CleanFrame.of(frame());
  }
}
