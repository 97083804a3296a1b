package org.skymi.sky.frame;

import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.skymi.math.RobustStatistics;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.Instrument;
import org.skymi.survey.LineWidths;
import org.skymi.survey.MaskBit;

/**
 * A frame made ready for estimates: unusable pixels and cosmic rays out, noise from a model instead
 * of from each pixel.
 *
 * <p>A pixel's own ivar follows its own flux, so that weighting with it drags every mean down; here
 * the photon noise comes from a running mean of the flux and the read noise from a running median
 * of what ivar says beyond the flux.
 *
 * <p>Values are in the frame's unit: electron, or that of a {@link org.skymi.survey.Coadd}, whose
 * objects' smooth light is taken off; its noise stays. A coadd's photon noise is that of the sky
 * that the survey subtracted, which does not know of a pixel's own noise.
 */
public final class CleanFrame {
  /** Half width of the triangular mean that stands for a pixel's expected flux. */
  private static final int HALF = 3;

  /** Pixels over which the read noise is taken as constant. */
  private static final int BLOCK = 128;

  /** Excess over the median of five, in shares of a pixel's flux, that no cosmic ray is below. */
  private static final double SPIKE = 0.35;

  /** Standard errors that no cosmic ray is below. */
  private static final double SURE = 6;

  /** By how much a spike is sharper than the line spread. */
  private static final double SHARPER = 1.2;

  /** Least share of usable pixels in a fibre that is alive. */
  private static final double ALIVE = 0.2;

  private final SkyGrid grid;
  private final float[][] recorded;
  private final Halo halo;
  private final CorrectedFlux flux;
  private final boolean[][] continuum;
  private final float[][] variance;
  private final float[][] readNoise;

  /** By pixel: variance over flux of photon noise; 1 in electrons. */
  private final float[] photonVariance;

  private final boolean coadd;
  private final double[][] wavelength;
  private final boolean[] dead;

  private final LineWidths widths;
  private final int cosmicRays;

  /** The last one that was asked for: an analysis and what goes on from it ask for the same. */
  private CleanFrame corrected;

  private CleanFrame(
      SkyGrid grid,
      float[][] recorded,
      Halo halo,
      CrossTalk crossTalk,
      boolean[][] continuum,
      float[][] variance,
      float[][] readNoise,
      float[] photonVariance,
      boolean coadd,
      double[][] wavelength,
      boolean[] dead,
      LineWidths widths,
      int cosmicRays) {
    this.grid = grid;
    this.recorded = recorded;
    this.halo = halo;
    this.flux = new CorrectedFlux(recorded, wavelength, halo, grid, crossTalk);
    this.continuum = continuum;
    this.variance = variance;
    this.readNoise = readNoise;
    this.photonVariance = photonVariance;
    this.coadd = coadd;
    this.wavelength = wavelength;
    this.dead = dead;
    this.widths = widths;
    this.cosmicRays = cosmicRays;
  }

  /** Prepares a frame; the frame is not changed. */
  public static CleanFrame of(Frame frame) {
    return of(frame, Optional.empty());
  }

  /** Prepares a frame again, by what was found when it was prepared before. */
  public static CleanFrame of(Frame frame, Found found) {
    return of(frame, Optional.of(found));
  }

  private static CleanFrame of(Frame frame, Optional<Found> found) {
    int n = frame.fibreCount();
    float[][] flux = new float[n][];
    float[][] variance = new float[n][];
    float[][] readNoise = new float[n][];
    boolean[] dead = new boolean[n];
    // Sky fibres' halos, which are little, must stay out of each other.
    boolean[] shines = new boolean[n];
    int rays = found.map(f -> f.cosmicRays).orElse(0);
    float[] photons = photonVariance(frame);
    boolean coadd = frame.coadd().isPresent();
    Instrument instrument = Instrument.of(frame.id().plate());
    double spike = spike(instrument.arm(frame.id().arm()).sampling());
    for (int i = 0; i < n; i++) {
      float[] light = sky(frame, i);
      boolean[] usable;
      if (found.isPresent()) {
        usable = found.get().usable(i, light.length);
        readNoise[i] = found.get().readNoise(i, light.length);
      } else {
        usable = usable(frame, i);
        readNoise[i] =
            readNoise(
                coadd ? frame.coadd().get().sky()[i] : light, frame.ivar()[i], photons, usable);
        // Of co-added spectra cosmic rays are out, and lines may be as sharp as these.
        rays += coadd ? 0 : dropCosmicRays(light, readNoise[i], photons, spike, usable);
      }
      flux[i] = bridged(light, usable);
      float[] expected = coadd ? frame.coadd().get().sky()[i] : around(flux[i]);
      variance[i] = variance(expected, readNoise[i], photons, usable);
      FibreType type = frame.fibres().type()[i];
      int alive = 0;
      for (boolean u : usable) {
        alive += u ? 1 : 0;
      }
      dead[i] = type == FibreType.DEAD || alive < ALIVE * usable.length;
      shines[i] = !dead[i] && !frame.fibres().showsSky(i);
    }
    SkyGrid grid =
        coadd
            ? SkyGrid.logarithmic(
                instrument,
                frame.id().arm(),
                logarithmicWidth(frame.wavelength()),
                frame.wavelength()[0][0])
            : SkyGrid.of(instrument, frame.id().arm(), pixelWidth(frame.wavelength()));
    return new CleanFrame(
        grid,
        flux,
        new Halo(flux, shines),
        CrossTalk.NONE,
        continuum(grid, frame.wavelength(), variance),
        variance,
        readNoise,
        photons,
        coadd,
        frame.wavelength(),
        dead,
        frame.widths(),
        rays);
  }

  /**
   * The frame without its fibres' light in their neighbours; made fibre by fibre when needed. Not
   * for several threads at once.
   */
  public CleanFrame corrected(CrossTalk crossTalk) {
    if (corrected == null || !corrected.flux.isOf(crossTalk)) {
      corrected = with(recorded, halo, crossTalk, variance);
    }
    return corrected;
  }

  /** The frame with other light, or with another cross-talk in it. */
  private CleanFrame with(float[][] light, Halo around, CrossTalk crossTalk, float[][] noise) {
    return new CleanFrame(
        grid,
        light,
        around,
        crossTalk,
        continuum,
        noise,
        readNoise,
        photonVariance,
        coadd,
        wavelength,
        dead,
        widths,
        cosmicRays);
  }

  /** What cleaning found: all that takes long, in a hundredth of the frame's bytes. */
  public static final class Found implements Serializable {
    private static final long serialVersionUID = 1;

    /** By fibre, a bit for each pixel. */
    private final long[][] usable;

    /** By fibre and block. */
    private final float[][] readNoise;

    private final int cosmicRays;

    private Found(CleanFrame frame) {
      usable = new long[frame.fibres()][];
      readNoise = new float[usable.length][];
      cosmicRays = frame.cosmicRays;
      for (int i = 0; i < usable.length; i++) {
        float[] noise = frame.readNoise[i];
        BitSet bits = new BitSet(noise.length);
        readNoise[i] = new float[(noise.length + BLOCK - 1) / BLOCK];
        for (int p = 0; p < noise.length; p++) {
          bits.set(p, !Float.isInfinite(frame.variance[i][p]));
          readNoise[i][p / BLOCK] = noise[p];
        }
        usable[i] = bits.toLongArray();
      }
    }

    private boolean[] usable(int fibre, int pixels) {
      BitSet bits = BitSet.valueOf(usable[fibre]);
      boolean[] each = new boolean[pixels];
      for (int p = bits.nextSetBit(0); p >= 0; p = bits.nextSetBit(p + 1)) {
        each[p] = true;
      }
      return each;
    }

    private float[] readNoise(int fibre, int pixels) {
      float[] noise = new float[pixels];
      for (int b = 0; b < readNoise[fibre].length; b++) {
        int end = Math.min(pixels, (b + 1) * BLOCK);
        Arrays.fill(noise, b * BLOCK, end, readNoise[fibre][b]);
      }
      return noise;
    }
  }

  /** What cleaning found, to clean the same frame again. */
  public Found found() {
    return new Found(this);
  }

  /**
   * The frame with an object added to one fibre's light; the neighbours' stays as it is.
   *
   * @param object electron, {@code [nPixel]}
   */
  public CleanFrame with(int fibre, float[] object) {
    float[][] light = recorded.clone();
    float[][] noise = variance.clone();
    boolean[] usable = new boolean[object.length];
    light[fibre] = new float[object.length];
    for (int p = 0; p < object.length; p++) {
      light[fibre][p] = recorded[fibre][p] + object[p];
      usable[p] = !Float.isInfinite(variance[fibre][p]);
    }
    noise[fibre] =
        coadd
            ? noise[fibre].clone()
            : variance(around(light[fibre]), readNoise[fibre], photonVariance, usable);
    for (int p = 0; p < object.length && coadd; p++) {
      noise[fibre][p] += photonVariance[p] * Math.max(0, object[p]);
    }
    return with(light, halo.of(light), CrossTalk.NONE, noise);
  }

  /** Halo of the frame's fibres at one of them, see {@link Halo}. */
  float[] halo(int fibre) {
    return halo.at(fibre);
  }

  /** The arm. */
  public Arm arm() {
    return grid.arm();
  }

  /** The space in which this arm's skies are written. */
  public SkyGrid grid() {
    return grid;
  }

  /** Whether it is made of co-added spectra, none of them next to another on the detector. */
  public boolean isCoadd() {
    return coadd;
  }

  /** Number of fibres. */
  public int fibres() {
    return recorded.length;
  }

  /** Electron, {@code [nPixel]}; unusable pixels hold what their neighbours suggest. */
  public float[] flux(int fibre) {
    return flux.flux(fibre);
  }

  /** Expected variance, electron^2, {@code [nPixel]}; infinite where unusable. */
  public float[] variance(int fibre) {
    return variance[fibre];
  }

  /**
   * Variance of a fibre that records nothing but a given sky, electron^2, {@code [nPixel]};
   * infinite where unusable.
   *
   * @param sky electron, {@code [nPixel]}
   */
  public float[] variance(int fibre, float[] sky) {
    float[] v = new float[sky.length];
    for (int p = 0; p < v.length; p++) {
      boolean usable = !Float.isInfinite(variance[fibre][p]);
      v[p] =
          usable
              ? readNoise[fibre][p] + photonVariance[p] * Math.max(0, sky[p])
              : Float.POSITIVE_INFINITY;
    }
    return v;
  }

  /** Whether a pixel is usable, on the grid, and outside all line windows. */
  public boolean isContinuum(int fibre, int pixel) {
    return continuum[fibre][pixel];
  }

  /** Angstrom, as the frame has it, {@code [nPixel]}. */
  public double[] wavelength(int fibre) {
    return wavelength[fibre];
  }

  /** Whether a fibre recorded nothing usable. */
  public boolean isDead(int fibre) {
    return dead[fibre];
  }

  /** Widths of the fibres' line spreads, as the survey states them. */
  public LineWidths widths() {
    return widths;
  }

  /** Pixels set aside as cosmic rays beyond the frame's mask. */
  public int cosmicRays() {
    return cosmicRays;
  }

  private static float[] photonVariance(Frame frame) {
    if (frame.coadd().isPresent()) {
      return frame.coadd().get().photonVariance();
    }
    float[] ones = new float[Arrays.stream(frame.flux()).mapToInt(f -> f.length).max().orElse(0)];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** What a fibre recorded less its object's smooth light, where that is known. */
  private static float[] sky(Frame frame, int fibre) {
    float[] recorded = frame.flux()[fibre];
    if (frame.coadd().isEmpty()) {
      return recorded;
    }
    float[] sky = recorded.clone();
    float[] object = frame.coadd().get().object()[fibre];
    for (int p = 0; p < sky.length; p++) {
      sky[p] -= object[p];
    }
    return sky;
  }

  /** Width of a pixel over its wavelength. */
  private static double logarithmicWidth(double[][] wavelength) {
    return RobustStatistics.median(
        Arrays.stream(wavelength)
            .mapToDouble(w -> Math.log(w[w.length - 1] / w[0]) / Math.max(1, w.length - 1))
            .toArray());
  }

  private static double pixelWidth(double[][] wavelength) {
    double[] widths =
        Arrays.stream(wavelength)
            .filter(w -> w.length > 1)
            .mapToDouble(w -> (w[w.length - 1] - w[0]) / (w.length - 1))
            .toArray();
    return RobustStatistics.median(widths);
  }

  private static boolean[][] continuum(SkyGrid grid, double[][] wavelength, float[][] variance) {
    boolean[][] continuum = new boolean[wavelength.length][];
    for (int i = 0; i < continuum.length; i++) {
      continuum[i] = new boolean[wavelength[i].length];
      for (int p = 0; p < continuum[i].length; p++) {
        double w = wavelength[i][p];
        continuum[i][p] =
            !Float.isInfinite(variance[i][p]) && grid.covers(w) && grid.windowAt(w) < 0;
      }
    }
    return continuum;
  }

  private static boolean[] usable(Frame frame, int fibre) {
    float[] flux = frame.flux()[fibre];
    float[] ivar = frame.ivar()[fibre];
    int[] mask = frame.mask()[fibre];
    int bad =
        MaskBit.COSMIC_RAY.value()
            | MaskBit.DEAD_FIBRE.value()
            | MaskBit.SATURATED.value()
            | MaskBit.BAD_TRACE.value();
    boolean[] usable = new boolean[flux.length];
    for (int p = 0; p < flux.length; p++) {
      usable[p] = ivar[p] > 0 && Float.isFinite(ivar[p]) && Float.isFinite(flux[p]);
      usable[p] &= (mask[p] & bad) == 0;
    }
    return usable;
  }

  /** What ivar says beyond the sky's photon noise, block by block. */
  private static float[] readNoise(float[] flux, float[] ivar, float[] photons, boolean[] usable) {
    float[] noise = new float[flux.length];
    double previous = square(photons.length == 0 ? 1 : photons[0]);
    for (int start = 0; start < flux.length; start += BLOCK) {
      int end = Math.min(flux.length, start + BLOCK);
      double[] excess = new double[end - start];
      Arrays.fill(excess, Double.NaN);
      for (int p = start; p < end; p++) {
        if (usable[p]) {
          excess[p - start] = 1.0 / ivar[p] - photons[p] * Math.max(flux[p], 0);
        }
      }
      double median = RobustStatistics.median(excess);
      // An electron at the least.
      previous = Double.isNaN(median) ? previous : Math.max(square(photons[start]), median);
      Arrays.fill(noise, start, end, (float) previous);
    }
    return noise;
  }

  private static double square(double x) {
    return x * x;
  }

  /**
   * Share of its flux by which a pixel of a cosmic ray exceeds the median of the five around it: by
   * more than one of a line may, wherever between pixels its peak is. Of lines with two pixels in a
   * standard deviation that is a fifth, with one two thirds.
   *
   * @param sigma of the line spread, pixels
   */
  static double spike(double sigma) {
    double wide = Math.sqrt(sigma * sigma + 1.0 / 12);
    double most = 0;
    for (double off = 0; off <= 1; off += 0.05) {
      double[] five = new double[5];
      for (int k = 0; k < five.length; k++) {
        five[k] = Math.exp(-0.5 * Math.pow((off + k - 2) / wide, 2));
      }
      double own = five[2];
      Arrays.sort(five);
      most = Math.max(most, 1 - five[2] / own);
    }
    return Math.max(SPIKE, SHARPER * most);
  }

  /** Marks spikes sharper than the line spread as unusable. */
  private static int dropCosmicRays(
      float[] flux, float[] readNoise, float[] photons, double share, boolean[] usable) {
    int found = 0;
    float[] five = new float[5];
    boolean[] spike = new boolean[flux.length];
    for (int p = 2; p + 2 < flux.length; p++) {
      if (!usable[p] || !standsOut(flux, p, readNoise[p])) {
        continue;
      }
      System.arraycopy(flux, p - 2, five, 0, 5);
      Arrays.sort(five);
      float excess = flux[p] - five[2];
      double sigma = Math.sqrt(readNoise[p] + photons[p] * Math.max(five[2], 0));
      if (excess > SURE * sigma && excess > share * flux[p]) {
        spike[p] = true;
        found++;
      }
    }
    for (int p = 0; p < spike.length; p++) {
      usable[p] &= !spike[p];
    }
    return found;
  }

  /**
   * Whether a pixel is above the median of the five around it, and so far above the least of them
   * that it may be a spike: most are not.
   */
  private static boolean standsOut(float[] flux, int p, float readNoise) {
    float least = flux[p - 2] < flux[p - 1] ? flux[p - 2] : flux[p - 1];
    least = flux[p + 1] < least ? flux[p + 1] : least;
    least = flux[p + 2] < least ? flux[p + 2] : least;
    double most = (double) flux[p] - least;
    if (most * most < SURE * SURE * readNoise) {
      return false;
    }
    int below = flux[p - 2] < flux[p] ? 1 : 0;
    below += flux[p - 1] < flux[p] ? 1 : 0;
    below += flux[p + 1] < flux[p] ? 1 : 0;
    below += flux[p + 2] < flux[p] ? 1 : 0;
    return below > 2;
  }

  private static float[] bridged(float[] flux, boolean[] usable) {
    float[] out = new float[flux.length];
    int last = -1;
    for (int p = 0; p < flux.length; p++) {
      if (!usable[p]) {
        continue;
      }
      out[p] = flux[p];
      for (int q = last + 1; q < p; q++) {
        float f = last < 0 ? 1 : (float) (q - last) / (p - last);
        out[q] = last < 0 ? flux[p] : flux[last] + f * (flux[p] - flux[last]);
      }
      last = p;
    }
    if (last >= 0) {
      Arrays.fill(out, last + 1, out.length, flux[last]);
    }
    return out;
  }

  private static float[] variance(
      float[] expected, float[] readNoise, float[] photons, boolean[] usable) {
    float[] variance = new float[expected.length];
    for (int p = 0; p < variance.length; p++) {
      variance[p] =
          usable[p]
              ? readNoise[p] + photons[p] * Math.max(0, expected[p])
              : Float.POSITIVE_INFINITY;
    }
    return variance;
  }

  /**
   * Flux to be expected from that around each pixel. The pixel itself stays out: if weights knew
   * its noise, every weighted mean would be pulled down.
   */
  private static float[] around(float[] flux) {
    int n = flux.length;
    float[] expected = new float[n];
    for (int p = 0; p < n; p++) {
      boolean isWhole = p >= HALF && p + HALF < n;
      expected[p] = (float) (isWhole ? mean(flux, p) : meanAtEnd(flux, p));
    }
    return expected;
  }

  private static double mean(float[] flux, int p) {
    double sum = 0;
    for (int d = 1; d <= HALF; d++) {
      int weight = HALF + 1 - d;
      sum += weight * flux[p - d];
      sum += weight * flux[p + d];
    }
    return sum / (HALF * (HALF + 1));
  }

  private static double meanAtEnd(float[] flux, int p) {
    double sum = 0;
    int weights = 0;
    for (int d = 1; d <= HALF; d++) {
      int weight = HALF + 1 - d;
      if (p >= d) {
        sum += weight * flux[p - d];
        weights += weight;
      }
      if (p + d < flux.length) {
        sum += weight * flux[p + d];
        weights += weight;
      }
    }
    return sum / Math.max(1, weights);
  }
}
