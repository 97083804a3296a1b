package org.skymi.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.skymi.math.RunningMedian;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.SkyLines;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.Instrument;
import org.skymi.survey.PlateId;
import org.skymi.survey.ReleaseSpectrum;

/**
 * Released spectra of one spectrograph, made up: stars of several types and brightness with photon
 * noise of star and sky, and what is left of the sky's lines, which differ from fibre to fibre in
 * strength and shift.
 */
final class ReleasedSet {
  static final double VELOCITY = 20;
  static final double LIGHT_SPEED = 299_792.458;

  private static final int PIXELS = 3900;

  /** Electrons per unit of flux. */
  private static final double GAIN = 20;

  private static final double SKY = 300;

  /** Brightness of a line of unit strength. */
  private static final double LINE = 6;

  /** Wavelength, depth in A, F, G, K, M stars, and width of what stars have; Angstrom. */
  private static final double[][] STELLAR = {
    {4102.9, 0.6, 0.4, 0.2, 0.1, 0.0, 6},
    {4341.7, 0.6, 0.4, 0.2, 0.1, 0.0, 6},
    {4862.7, 0.6, 0.4, 0.2, 0.1, 0.0, 6},
    {6564.6, 0.6, 0.4, 0.2, 0.1, 0.0, 6},
    {5173.0, 0.0, 0.1, 0.3, 0.4, 0.5, 8},
    {5891.6, 0.1, 0.2, 0.3, 0.5, 0.6, 2},
    {5897.6, 0.1, 0.2, 0.3, 0.5, 0.6, 2},
    {7667.0, 0.0, 0.0, 0.05, 0.1, 0.2, 2},
    {7701.1, 0.0, 0.0, 0.05, 0.1, 0.2, 2},
    {8500.4, 0.1, 0.2, 0.3, 0.3, 0.3, 3},
    {8544.4, 0.1, 0.2, 0.4, 0.4, 0.4, 3},
    {8664.5, 0.1, 0.2, 0.4, 0.4, 0.4, 3},
    {8809.2, 0.0, 0.05, 0.1, 0.15, 0.1, 2},
    {7150.0, 0.0, 0.0, 0.0, 0.0, 0.4, 60},
    {8450.0, 0.0, 0.0, 0.0, 0.0, 0.2, 60},
    {7920.0, 0.0, 0.0, 0.0, 0.05, 0.1, 40},
  };

  private ReleasedSet() {}

  /**
   * Makes spectra.
   *
   * @param left share of the sky's lines that is left, about; 0 for perfect subtraction
   * @param stellar what multiplies the depth of the stars' lines
   */
  static List<ReleaseSpectrum> of(int n, double left, double stellar) {
    return of(1, n, left, stellar);
  }

  /** Those of another spectrograph are others. */
  static List<ReleaseSpectrum> of(int spectrograph, int n, double left, double stellar) {
    Random random = new Random(4 + spectrograph);
    List<ReleaseSpectrum> spectra = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double level = 40 * Math.pow(40, random.nextDouble());
      double strength = left * (1 + 0.4 * random.nextGaussian());
      double shift = left * random.nextGaussian();
      double radial = 600 * random.nextDouble() - 300;
      int type = 1 + random.nextInt(5);
      double[] wavelength = new double[PIXELS];
      float[] flux = new float[PIXELS];
      float[] ivar = new float[PIXELS];
      for (int p = 0; p < PIXELS; p++) {
        wavelength[p] = Math.pow(10, 3.5682 + 1e-4 * p);
        double star = level * star(wavelength[p] / (1 + radial / LIGHT_SPEED), type, stellar);
        double at = wavelength[p] * (1 + VELOCITY / LIGHT_SPEED);
        double lines = lines(at);
        double slope = lines(at + 0.5) - lines(at - 0.5);
        double variance = (star + SKY + lines) / GAIN;
        double noise = Math.sqrt(variance) * random.nextGaussian();
        flux[p] = (float) (star + strength * lines + shift * slope + noise);
        ivar[p] = (float) (1 / variance);
      }
      spectra.add(spectrum(spectrograph, i + 1, wavelength, flux, ivar));
    }
    return spectra;
  }

  private static double star(double rest, int type, double stellar) {
    double star = Math.pow(rest / 6500, 3 - 6.0 / type);
    for (double[] line : STELLAR) {
      double off = (rest - line[0]) / line[6];
      star *= 1 - stellar * line[type] * Math.exp(-off * off / 2);
    }
    return star;
  }

  private static double lines(double wavelength) {
    double sum = 0;
    for (LineWindow w : SkyLines.windows(Instrument.LAMOST.arm(Arm.RED))) {
      double off = (wavelength - w.centre()) / 2;
      if (Math.abs(off) < 6) {
        sum += LINE * w.strength() * Math.exp(-off * off / 2);
      }
    }
    return sum;
  }

  private static ReleaseSpectrum spectrum(
      int spectrograph, int fibreId, double[] wavelength, float[] flux, float[] ivar) {
    return new ReleaseSpectrum(
        new PlateId("P", 58000),
        spectrograph,
        fibreId,
        0,
        "",
        FibreType.OBJECT,
        "STAR",
        0,
        0,
        0,
        0,
        Float.NaN,
        Double.NaN,
        VELOCITY,
        20,
        "",
        new float[5],
        wavelength,
        flux,
        ivar,
        new int[PIXELS],
        new int[PIXELS]);
  }

  /** What multiplies a continuum at a wavelength, less 1. */
  interface Feature {
    double at(double wavelength);
  }

  /** What a feature adds to a spectrum. */
  static float[] added(ReleaseSpectrum s, Feature feature) {
    double[] flux = new double[s.pixelCount()];
    for (int p = 0; p < flux.length; p++) {
      flux[p] = s.ivar()[p] > 0 ? s.flux()[p] : Double.NaN;
    }
    double[] continuum = RunningMedian.of(flux, GriddedSpectrum.CONTINUUM_HALF);
    float[] added = new float[flux.length];
    for (int p = 0; p < added.length; p++) {
      if (s.ivar()[p] > 0) {
        added[p] = (float) (Math.max(0, continuum[p]) * feature.at(s.wavelength()[p]));
      }
    }
    return added;
  }

  /** The spectrum with something added. */
  static ReleaseSpectrum with(ReleaseSpectrum s, float[] added) {
    return InjectedFeature.with(s, added);
  }
}
