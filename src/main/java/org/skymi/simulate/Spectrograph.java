package org.skymi.simulate;

import java.util.Arrays;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/**
 * The matched world's spectrograph: what the classical estimators fit is all there is. Sizes follow
 * docs/method.md, section 1 (Bai et al. 2017, RAA 17, 091).
 *
 * @param instrument whose it is
 * @param range first and last wavelength of the middle fibre, Angstrom
 * @param throughput relative, at the middle of the spectrum, {@code [nFibre]}
 * @param colour relative change of throughput from 6350 to 9050 Angstrom, {@code [nFibre]}
 * @param offset start of the fibre's wavelengths minus the middle fibre's, Angstrom
 * @param shift lines sit at true + shift, at the arm's middle, Angstrom
 * @param shiftSlope change of the shift from end to end of the arm, Angstrom
 * @param width FWHM of the line spread at the arm's middle, Angstrom
 * @param crossTalk1 share of an adjoining fibre's light, at the arm's middle
 * @param crossTalkSlope relative change of the cross-talk from the arm's middle to its end
 * @param crossTalk2 share of the light of the next fibre but one
 */
record Spectrograph(
    Instrument instrument,
    double[] range,
    double[] throughput,
    double[] colour,
    double[] offset,
    double[] shift,
    double[] shiftSlope,
    double[] width,
    double crossTalk1,
    double crossTalkSlope,
    double crossTalk2)
    implements Optics {

  static final double BOW = 1.7; // Angstrom, of the slit's image
  private static final double EDGE = 30; // Angstrom that still reach a pixel
  static final double NON_LINEARITY = 0.004; // of the range, at its middle

  /** First and last wavelength of an arm's middle fibre, Angstrom. */
  static double[] range(Instrument instrument, Arm arm) {
    Instrument.Recorded recorded = instrument.arm(arm).recorded();
    // What is simulated of the sky ends a little beyond LAMOST's range.
    return new double[] {
      Math.max(recorded.first(), FineGrid.FIRST + EDGE),
      Math.min(recorded.last(), FineGrid.wavelength(FineGrid.SIZE) - EDGE)
    };
  }

  /**
   * The wavelength solution as the pipeline believes it, at a pixel place 0..1 of a range.
   *
   * @param offset of the fibre, Angstrom; nobody's where all fibres are extracted on one grid
   */
  static double believed(Instrument instrument, double[] range, double offset, double place) {
    if (instrument.commonGrid()) {
      return range[0] + (range[1] - range[0]) * place;
    }
    double bent = place + NON_LINEARITY * 4 * place * (1 - place);
    return range[0] + offset + (range[1] - range[0]) * bent;
  }

  static Spectrograph of(PlateDesign design, int number, int exposure, Arm arm) {
    int n = design.fibres();
    RandomStreams both = RandomStreams.of(design).with("spectrograph").with(number);
    RandomStreams own = both.with(arm);
    RandomStreams now = own.with(exposure);
    SmoothRun throughputRun = new SmoothRun(both.with("throughput"), 0.02);
    SmoothRun flexure = new SmoothRun(now.with("flexure"), 0.002);
    SmoothRun shiftRun = new SmoothRun(own.with("shift"), 0.03);
    SmoothRun widthRun = new SmoothRun(own.with("width"), 0.05);
    // Over a night of eight hours the solution drifts by about 0.1 Angstrom.
    double hours = exposure * (design.exposureTime() + PlateDesign.READOUT) / 3600;
    double drift = own.with("drift").uniform(-0.1, 0.1) * hours / 8 + 0.02 * own.gaussian();
    double focus = 1 + 0.01 * now.with("focus").gaussian();
    double[] throughput = new double[n];
    double[] colour = new double[n];
    double[] offset = new double[n];
    double[] shift = new double[n];
    double[] slope = new double[n];
    double[] width = new double[n];
    for (int i = 0; i < n; i++) {
      double place = n == 1 ? 0.5 : i / (n - 1.0);
      RandomStreams fibre = both.with("fibre").with(i);
      RandomStreams fibreArm = own.with("fibre").with(i);
      RandomStreams fibreNow = now.with("fibre").with(i);
      double grey = throughputRun.at(place) + 0.035 * fibre.with("grey").gaussian();
      double flex =
          flexure.at(place)
              + 0.003 * fibreArm.with("grey").gaussian()
              + 0.002 * fibreNow.with("grey").gaussian();
      boolean perfect = !design.has(Effect.THROUGHPUT);
      throughput[i] = perfect ? 1 : (1 + grey) * (1 + flex);
      colour[i] = perfect ? 0 : 0.01 * fibre.with("colour").gaussian();
      offset[i] =
          BOW * (Math.pow(2 * place - 1, 2) - 0.3) + 0.1 * fibreArm.with("offset").gaussian();
      boolean exact = !design.has(Effect.WAVELENGTH_ERRORS);
      shift[i] = exact ? 0 : drift + shiftRun.at(place) + 0.025 * fibreArm.with("shift").gaussian();
      slope[i] = exact ? 0 : 0.04 * fibreArm.with("slope").gaussian();
      double spread = widthRun.at(place) + 0.02 * fibreArm.with("width").gaussian();
      double mean = design.instrument().arm(arm).spread();
      width[i] = design.has(Effect.LINE_WIDTHS) ? mean * focus * (1 + spread) : mean;
    }
    boolean talks = design.has(Effect.CROSS_TALK);
    return new Spectrograph(
        design.instrument(),
        range(design.instrument(), arm),
        throughput,
        colour,
        offset,
        shift,
        slope,
        width,
        talks ? own.with("crosstalk1").uniform(0.0005, 0.003) : 0,
        own.with("crosstalk slope").uniform(-0.3, 0.3),
        talks ? own.with("crosstalk2").uniform(0.0001, 0.0005) : 0);
  }

  @Override
  public double believed(int fibre, double place) {
    return believed(instrument, range, offset[fibre], place);
  }

  @Override
  public double trueWavelength(int fibre, double believed) {
    return believed - shift[fibre] - shiftSlope[fibre] * 0.5 * along(believed);
  }

  /** Standard deviation of the line spread, Angstrom; 6 % wider at the ends of the arm. */
  double sigma(int fibre, double wavelength) {
    double u = along(wavelength);
    return width[fibre] * (1 + 0.06 * u * u) / 2.354820;
  }

  /** Relative throughput, continuous from arm to arm. */
  @Override
  public double throughput(int fibre, double wavelength) {
    return throughput[fibre] * (1 + colour[fibre] * (wavelength - 6350) / 2700);
  }

  /** Cross-talk of the fibre {@code distance} (1 or 2) away, at a place -1..1 along the arm. */
  double crossTalk(int distance, double along) {
    return (distance == 1 ? crossTalk1 : crossTalk2) * (1 + crossTalkSlope * along);
  }

  @Override
  public LineSpread.Profile profile(int fibre, double[] edges) {
    double[] sigma = new double[edges.length];
    Arrays.setAll(sigma, e -> sigma(fibre, edges[e]));
    return new GaussianProfile(sigma);
  }

  @Override
  public double statedSigma(int fibre, double wavelength) {
    return sigma(fibre, wavelength);
  }

  @Override
  public double wing(int fibre) {
    return 0;
  }

  @Override
  public Mixed mix(float[][] light) {
    int n = light.length;
    int pixels = light[0].length;
    float[][] result = new float[n][];
    for (int i = 0; i < n; i++) {
      result[i] = light[i].clone();
      for (int j = Math.max(0, i - 2); j <= Math.min(n - 1, i + 2); j++) {
        if (j != i && crossTalk1 > 0) {
          for (int p = 0; p < pixels; p++) {
            double share = crossTalk(Math.abs(i - j), 2.0 * p / (pixels - 1) - 1);
            result[i][p] += (float) (share * light[j][p]);
          }
        }
      }
    }
    return new Mixed(result, new float[n][pixels]);
  }

  @Override
  public Truth truth(boolean[] contaminated, float[][] object) {
    return new Truth(
        throughput.clone(),
        colour,
        shift,
        shiftSlope,
        width,
        crossTalk1,
        crossTalk2,
        crossTalkSlope,
        contaminated,
        object);
  }

  /** Place along the arm: -1 at its first wavelength, 1 at its last. */
  private double along(double wavelength) {
    return (2 * wavelength - range[0] - range[1]) / (range[1] - range[0]);
  }
}
