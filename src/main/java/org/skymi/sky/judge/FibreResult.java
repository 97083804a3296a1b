package org.skymi.sky.judge;

import java.util.Map;
import java.util.Optional;
import org.skymi.sky.calibrate.FibreFlag;

/**
 * What was estimated for one fibre of one frame.
 *
 * @param fibreIndex row of the frame's images
 * @param flag why the fibre was set aside, or {@code GOOD}
 * @param calibration what its sky lines say of it
 * @param verdict how far its skies can be trusted
 * @param recorded what the skies are judged against
 * @param skies by method, of those that were run
 */
public record FibreResult(
    int fibreIndex,
    FibreFlag flag,
    Calibration calibration,
    Verdict verdict,
    Recorded recorded,
    Map<Method, SkyEstimate> skies) {

  /**
   * What a fibre's sky lines say of it.
   *
   * @param throughput relative to the spectrograph's mean sky fibre
   * @param shift wavelength-solution error at the middle of the arm's sky lines, Angstrom: lines
   *     sit at true + shift
   * @param shiftSlope change of the shift across the arm, Angstrom from end to end
   * @param width second moment of the fibre's line spread minus its spectrograph's, Angstrom^2
   * @param lines number of line windows used
   */
  public record Calibration(
      Measured throughput, Measured shift, double shiftSlope, Measured width, int lines) {
    /** Of a spectrum that was not calibrated. */
    public static Calibration none(int lines) {
      return new Calibration(Measured.NONE, Measured.NONE, Double.NaN, Measured.NONE, lines);
    }
  }

  /** A number and its standard error. */
  public record Measured(double value, double error) {
    static final Measured NONE = new Measured(Double.NaN, Double.NaN);
  }

  /**
   * How far a fibre's skies can be trusted.
   *
   * @param heldOut whether the statistics are of an estimate that never saw this fibre (sky fibres)
   * @param source whose sky the most demanding method's is: its own, or that of the method it fell
   *     back to, because it was not better on held-out fibres
   * @param networkSteps training steps that the networks behind SMI's sky kept; 0: its coefficients
   *     are those of the method below
   * @param signalToNoise median of (flux - sky)/sigma per pixel
   */
  public record Verdict(boolean heldOut, Method source, int networkSteps, double signalToNoise) {}

  /**
   * What the skies are judged against.
   *
   * @param flux electron, {@code [nPixel]}: as recorded, less cross-talk; for released spectra as
   *     released
   * @param ivar its inverse variance, {@code [nPixel]}, 0 where unusable; of a sky fibre the photon
   *     noise of the best sky and the read noise, so that noise in {@code flux} is not in it
   * @param readVariance of a sky fibre: the variance of {@code flux} if there was no sky, infinite
   *     where unusable; empty of others
   */
  public record Recorded(float[] flux, float[] ivar, float[] readVariance) {
    /** Of a fibre that records an object, too. */
    public Recorded(float[] flux, float[] ivar) {
      this(flux, ivar, new float[0]);
    }
  }

  /** The sky by a method, if it was run. */
  public Optional<SkyEstimate> sky(Method method) {
    return Optional.ofNullable(skies.get(method));
  }

  /** The most demanding method that was run. */
  public Method best() {
    return skies.keySet().stream().max(Method::compareTo).orElseThrow();
  }

  /** Whether the most demanding method's sky is another's. */
  public boolean fallsBack() {
    return verdict.source() != best();
  }
}
