package org.skymi.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skymi.math.Increasing;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.judge.Metric;
import org.skymi.sky.judge.ResidualStatistics;
import org.skymi.survey.Heliocentric;
import org.skymi.survey.MediumSpectrum;
import org.skymi.survey.ReleaseSpectrum;

/**
 * The sky that is left in the medium-resolution spectra of one fibre and arm, told from the star by
 * what it is: it has the sky's lines at the observatory's wavelengths, in the strengths that they
 * have among themselves, and changes from exposure to exposure, while a star's lines stand still in
 * all of them.
 *
 * <p>The amplitude of a species in an exposure is the mean over the species' windows of what they
 * have above their straight backgrounds, less what each window has in all exposures beyond the
 * others: that is the star's. Exposures that agree within their noise share one amplitude. A
 * species is left alone in an exposure where its amplitude is not well beyond its error, to which
 * the windows' disagreement counts.
 */
public final class ExposureResidual {
  /** A species of fewer windows can't be told from a star's line. */
  private static final int FEWEST_WINDOWS = 2;

  private static final int FEWEST_PIXELS = 8;

  /** Exposures from which on a window's own part can be told. */
  private static final int FEWEST_EXPOSURES = 3;

  /** Standard errors from which on an amplitude is taken off. */
  private static final double SURE = 4;

  /** Standard deviations beyond which a pixel is a cosmic ray, and has no part in a fit. */
  private static final double CLIP = 6;

  private static final int PASSES = 3;

  private final MediumSpectrum spectrum;
  private final double[] wavelength;
  private final float[] sky;
  private final float[] skyIvar;
  private final float[] before;
  private final float[] after;
  private boolean corrected;

  private ExposureResidual(MediumSpectrum spectrum) {
    this.spectrum = spectrum;
    ReleaseSpectrum s = spectrum.spectrum();
    int n = s.pixelCount();
    this.wavelength = new double[n];
    for (int p = 0; p < n; p++) {
      wavelength[p] = Heliocentric.topocentric(s.wavelength()[p], s.heliocentricVelocity());
    }
    this.sky = new float[n];
    this.skyIvar = new float[n];
    this.before = nothing(n);
    this.after = nothing(n);
  }

  private static float[] nothing(int n) {
    float[] nothing = new float[n];
    Arrays.fill(nothing, Float.NaN);
    return nothing;
  }

  /** What a window of an exposure says: amplitude and variance; NaN where it says nothing. */
  private record Said(double amplitude, double variance) {
    static final Said NOTHING = new Said(Double.NaN, Double.POSITIVE_INFINITY);
  }

  /**
   * The residual skies.
   *
   * @param spectra of one fibre and arm: single exposures, or one that is co-added
   * @return one each, in order
   */
  public static List<ExposureResidual> of(List<MediumSpectrum> spectra) {
    List<ExposureResidual> residuals = spectra.stream().map(ExposureResidual::new).toList();
    for (List<MediumLines.Window> windows : MediumLines.windows().values()) {
      take(residuals, windows);
    }
    return residuals;
  }

  /** One species. */
  private static void take(List<ExposureResidual> all, List<MediumLines.Window> windows) {
    Said[][] said = new Said[all.size()][windows.size()];
    boolean[] seen = new boolean[windows.size()];
    for (int e = 0; e < said.length; e++) {
      for (int w = 0; w < windows.size(); w++) {
        said[e][w] = all.get(e).measure(windows.get(w));
        seen[w] |= Double.isFinite(said[e][w].amplitude);
      }
    }
    int count = 0;
    for (boolean s : seen) {
      count += s ? 1 : 0;
    }
    if (count < FEWEST_WINDOWS) {
      return;
    }
    for (int e = 0; e < said.length; e++) {
      Said joint = amplitude(said, e, -1);
      boolean sure = joint.amplitude * joint.amplitude > SURE * SURE * joint.variance;
      for (int w = 0; w < windows.size(); w++) {
        if (!seen[w]) {
          continue;
        }
        // Judged by what the other windows foretell: a star's line does not foretell itself.
        Said others = amplitude(said, e, w);
        all.get(e).judge(windows.get(w), sure && known(others) ? others.amplitude : 0);
        if (sure) {
          all.get(e).correct(windows.get(w), joint);
        }
      }
    }
  }

  private static boolean known(Said said) {
    return Double.isFinite(said.amplitude) && Double.isFinite(said.variance);
  }

  /** Amplitude in an exposure by all windows but one. */
  private static Said amplitude(Said[][] said, int exposure, int without) {
    int windows = said[exposure].length;
    double[] mean = new double[windows];
    double[] error2 = new double[windows];
    for (int w = 0; w < windows; w++) {
      Said m = w == without ? Said.NOTHING : mean(said, w);
      mean[w] = m.amplitude;
      error2[w] = m.variance;
    }
    Said common = agreed(mean, error2);
    if (said.length < FEWEST_EXPOSURES || !known(common)) {
      return common(said[exposure], without);
    }
    // What an exposure has beyond the mean of all is free of whatever stands still; it counts as
    // far
    // as exposures differ more than their noise.
    Said[] beyond = new Said[said.length];
    Arrays.setAll(beyond, e -> beyond(said[e], mean));
    Said own = beyond[exposure];
    double spread = spread(beyond);
    double share = spread / (spread + own.variance);
    return known(own)
        ? new Said(common.amplitude + share * own.amplitude, common.variance + share * own.variance)
        : Said.NOTHING;
  }

  private static Said beyond(Said[] said, double[] mean) {
    double sum = 0;
    double weight = 0;
    for (int w = 0; w < said.length; w++) {
      if (known(said[w]) && Double.isFinite(mean[w])) {
        sum += (said[w].amplitude - mean[w]) / said[w].variance;
        weight += 1 / said[w].variance;
      }
    }
    return weight > 0 ? new Said(sum / weight, 1 / weight) : Said.NOTHING;
  }

  /** Variance between exposures beyond their noise, DerSimonian and Laird 1986. */
  private static double spread(Said[] said) {
    double chi2 = 0;
    double weight = 0;
    double square = 0;
    int n = 0;
    for (Said s : said) {
      if (known(s)) {
        chi2 += s.amplitude * s.amplitude / s.variance;
        weight += 1 / s.variance;
        square += 1 / (s.variance * s.variance);
        n++;
      }
    }
    double degrees = weight - square / weight;
    return degrees > 0 ? Math.max(0, (chi2 - (n - 1)) / degrees) : 0;
  }

  /** Amplitude by one exposure's windows alone. */
  private static Said common(Said[] said, int without) {
    double[] amplitude = new double[said.length];
    double[] variance = new double[said.length];
    for (int w = 0; w < said.length; w++) {
      amplitude[w] = w == without ? Double.NaN : said[w].amplitude;
      variance[w] = said[w].variance;
    }
    return agreed(amplitude, variance);
  }

  /** Mean of a window over the exposures. */
  private static Said mean(Said[][] said, int window) {
    double sum = 0;
    double weight = 0;
    for (Said[] exposure : said) {
      if (known(exposure[window])) {
        sum += exposure[window].amplitude / exposure[window].variance;
        weight += 1 / exposure[window].variance;
      }
    }
    return weight > 0 ? new Said(sum / weight, 1 / weight) : Said.NOTHING;
  }

  /** Weighted mean over windows, its variance enlarged as far as these disagree. */
  private static Said agreed(double[] amplitude, double[] variance) {
    double sum = 0;
    double weight = 0;
    int n = 0;
    for (int w = 0; w < amplitude.length; w++) {
      if (Double.isFinite(amplitude[w])) {
        sum += amplitude[w] / variance[w];
        weight += 1 / variance[w];
        n++;
      }
    }
    if (n == 0) {
      return Said.NOTHING;
    }
    double chi2 = 0;
    for (int w = 0; w < amplitude.length; w++) {
      double off = amplitude[w] - sum / weight;
      chi2 += Double.isFinite(amplitude[w]) ? off * off / variance[w] : 0;
    }
    return new Said(sum / weight, Math.max(1, n < 2 ? 1 : chi2 / (n - 1)) / weight);
  }

  /** Amplitude above a straight background; cosmic rays rejected. */
  private Said measure(MediumLines.Window window) {
    int from = place(window.low());
    int to = place(window.high());
    boolean whole = wavelength.length > 0 && from > 0 && to < wavelength.length;
    float[] flux = spectrum.spectrum().flux();
    float[] ivar = spectrum.spectrum().ivar();
    double[] fit = new double[3];
    double variance = Double.POSITIVE_INFINITY;
    for (int pass = 0; whole && pass < PASSES; pass++) {
      double[][] g = new double[3][4];
      int pixels = 0;
      double chi2 = 0;
      for (int p = from; p < to; p++) {
        double[] row = {window.profile(wavelength[p]), 1, wavelength[p] - window.centre()};
        double off = flux[p] - fit[0] * row[0] - fit[1] - fit[2] * row[2];
        if (!(ivar[p] > 0) || (pass > 0 && off * off * ivar[p] > CLIP * CLIP)) {
          continue;
        }
        pixels++;
        chi2 += off * off * ivar[p];
        for (int a = 0; a < 3; a++) {
          for (int b = 0; b < 3; b++) {
            g[a][b] += ivar[p] * row[a] * row[b];
          }
          g[a][3] += ivar[p] * row[a] * flux[p];
        }
      }
      if (pixels < FEWEST_PIXELS || !solve(g, fit)) {
        return Said.NOTHING;
      }
      variance = g[0][0] * Math.max(1, pass == 0 ? 1 : chi2 / (pixels - 3));
    }
    return whole ? new Said(fit[0], variance) : Said.NOTHING;
  }

  /** Solves normal equations; the inverse takes the matrix's place. */
  private static boolean solve(double[][] g, double[] x) {
    double[][] m = new double[3][6];
    for (int a = 0; a < 3; a++) {
      System.arraycopy(g[a], 0, m[a], 0, 3);
      m[a][3 + a] = 1;
    }
    for (int a = 0; a < 3; a++) {
      if (!(m[a][a] > 0)) {
        return false;
      }
      double pivot = m[a][a];
      for (int c = 0; c < 6; c++) {
        m[a][c] /= pivot;
      }
      for (int b = 0; b < 3; b++) {
        double factor = b == a ? 0 : m[b][a];
        for (int c = 0; c < 6; c++) {
          m[b][c] -= factor * m[a][c];
        }
      }
    }
    for (int a = 0; a < 3; a++) {
      x[a] = 0;
      for (int b = 0; b < 3; b++) {
        x[a] += m[a][3 + b] * g[b][3];
      }
    }
    for (int a = 0; a < 3; a++) {
      System.arraycopy(m[a], 3, g[a], 0, 3);
    }
    return true;
  }

  private int place(double x) {
    return Increasing.firstFrom(wavelength, x);
  }

  private void judge(MediumLines.Window window, double amplitude) {
    int from = place(window.low());
    int to = place(window.high());
    float[] flux = spectrum.spectrum().flux();
    float[] ivar = spectrum.spectrum().ivar();
    double[] values = new double[to - from];
    for (int p = from; p < to; p++) {
      boolean beside = ivar[p] > 0 && window.profile(wavelength[p]) < 1e-3;
      values[p - from] = beside ? flux[p] : Double.NaN;
    }
    double background = RobustStatistics.median(values);
    for (int p = from; p < to; p++) {
      if (ivar[p] > 0 && Double.isFinite(background)) {
        before[p] = (float) (flux[p] - background);
        after[p] = (float) (before[p] - amplitude * window.profile(wavelength[p]));
      }
    }
  }

  private void correct(MediumLines.Window window, Said amplitude) {
    corrected = true;
    int to = place(window.high());
    for (int p = place(window.low()); p < to; p++) {
      double profile = window.profile(wavelength[p]);
      if (profile > 1e-4) {
        double variance =
            (skyIvar[p] > 0 ? 1 / skyIvar[p] : 0) + profile * profile * amplitude.variance;
        sky[p] += (float) (amplitude.amplitude * profile);
        skyIvar[p] = (float) (1 / variance);
      }
    }
  }

  /** The spectrum. */
  public MediumSpectrum spectrum() {
    return spectrum;
  }

  /** The residual sky, in the spectrum's unit, {@code [nPixel]}; 0 where there is none. */
  public float[] sky() {
    return sky;
  }

  /** Inverse variance of {@link #sky}; 0 where nothing is taken off. */
  public float[] skyIvar() {
    return skyIvar;
  }

  /** Whether anything is taken off. */
  public boolean isCorrected() {
    return corrected;
  }

  /**
   * How the residuals in windows of sky lines compare with their stated noise.
   *
   * @param less whether the residual sky is taken off, in each window as the others foretell it
   */
  public ResidualStatistics statistics(boolean less) {
    float[] residual = less ? after : before;
    float[] ivar = spectrum.spectrum().ivar();
    List<Double> chi = new ArrayList<>();
    double square = 0;
    double noise = 0;
    for (int p = 0; p < residual.length; p++) {
      if (!Float.isNaN(residual[p])) {
        chi.add(residual[p] * Math.sqrt(ivar[p]));
        square += (double) residual[p] * residual[p];
        noise += 1 / ivar[p];
      }
    }
    ResidualStatistics statistics = ResidualStatistics.unknown();
    if (!chi.isEmpty()) {
      double[] all = chi.stream().mapToDouble(Double::doubleValue).toArray();
      double[] v = statistics.values();
      v[Metric.CHI_MED.ordinal()] = RobustStatistics.median(all);
      v[Metric.CHI_NMAD.ordinal()] = RobustStatistics.nmad(all);
      v[Metric.CHI2PDF.ordinal()] = Arrays.stream(all).map(c -> c * c).average().orElseThrow();
      v[Metric.POISSON_RATIO.ordinal()] = Math.sqrt(square / noise);
      v[Metric.OUT_3.ordinal()] = share(all, 3);
      v[Metric.OUT_10.ordinal()] = share(all, 10);
    }
    return statistics;
  }

  private static double share(double[] chi, double limit) {
    return 100.0 * Arrays.stream(chi).filter(c -> Math.abs(c) > limit).count() / chi.length;
  }
}
