package org.skymi.report.qa;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skymi.sky.judge.Method;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/**
 * Residuals of sky fibres, counted: in how many spectra a bin of wavelength has which mean residual
 * over its mean sky, and how many pixels have which residual over their noise. Tallies of parts of
 * a campaign add up to that of the whole, in any order. Not for several threads at once.
 */
public final class PixelTally implements Serializable {
  private static final long serialVersionUID = 1;

  /** What is counted. */
  enum Series {
    SURVEY,
    SUPER,
    FULL,
    MEMORY,
    SMI,
    /** The noise's standard deviation instead of a residual. */
    NOISE;

    /** The residual of a method's sky. */
    static Series of(Method method) {
      return valueOf(method.name());
    }
  }

  /** Values are counted in steps of their asinh: even around 0, of equal ratio far from it. */
  private static final double SOFT = 0.5; // %

  private static final double STEP = 0.04;
  private static final int HALF = 200; // up to 745 %
  private static final int VALUES = 2 * HALF + 1;

  /** Of chi: bins of 0.2 from -10 to 10, all beyond in the outermost. */
  static final double CHI_STEP = 0.2;

  static final int CHI_BINS = 100;

  private static final int METHODS = Method.values().length;

  private transient TreeMap<Slot, int[]> counts = new TreeMap<>();
  private final TreeMap<Arm, long[][]> chi = new TreeMap<>();
  private final TreeMap<Arm, Long> spectra = new TreeMap<>();

  /** What of a window is counted. */
  private record Slot(Window window, Series series) implements Comparable<Slot>, Serializable {
    private static final Comparator<Slot> ORDER =
        Comparator.comparing(Slot::window).thenComparing(Slot::series);

    @Override
    public int compareTo(Slot other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Counts a sky fibre's spectrum.
   *
   * @param instrument that recorded it
   * @param arm in which it did
   * @param wavelength Angstrom, {@code [nPixel]}
   * @param flux electron, {@code [nPixel]}
   * @param ivar inverse variance of the flux if the most demanding method's sky is right, 0 where
   *     unusable
   * @param skies of each method, electron; at least one
   */
  public void add(
      Instrument instrument,
      Arm arm,
      double[] wavelength,
      float[] flux,
      float[] ivar,
      Map<Method, float[]> skies) {
    spectra.merge(arm, 1L, Long::sum);
    float[] best = skies.get(Collections.max(skies.keySet()));
    double[] variance = new double[flux.length];
    for (int p = 0; p < flux.length; p++) {
      variance[p] = ivar[p] > 0 && isKnown(skies, p) ? 1.0 / ivar[p] : Double.NaN;
    }
    skies.forEach(
        (method, sky) -> {
          double[] own = new double[flux.length];
          for (int p = 0; p < own.length; p++) {
            // The noise is that of the sky that is judged: other electrons, other photon noise.
            own[p] = variance[p] - Math.max(0, best[p]) + Math.max(0, sky[p]);
          }
          countChi(chiOf(arm, Series.of(method)), flux, sky, own);
        });
    for (Window window : Window.of(instrument)) {
      if (window.arm() == arm) {
        countBins(window, wavelength, flux, skies, variance);
      }
    }
  }

  private static boolean isKnown(Map<Method, float[]> skies, int p) {
    for (float[] sky : skies.values()) {
      if (!Float.isFinite(sky[p])) {
        return false;
      }
    }
    return true;
  }

  private static void countChi(long[] counts, float[] flux, float[] sky, double[] variance) {
    for (int p = 0; p < flux.length; p++) {
      if (variance[p] > 0) {
        double value = ((double) flux[p] - sky[p]) / Math.sqrt(variance[p]);
        int bin = (int) Math.floor(value / CHI_STEP + CHI_BINS / 2.0);
        counts[Math.max(0, Math.min(CHI_BINS - 1, bin))]++;
      }
    }
  }

  private void countBins(
      Window window,
      double[] wavelength,
      float[] flux,
      Map<Method, float[]> skies,
      double[] variance) {
    double[] data = sums(window, wavelength, flux, variance);
    double[] noise = new double[window.bins()];
    for (int p = 0; p < flux.length; p++) {
      int w = window.bin(wavelength[p]);
      if (w >= 0 && variance[p] > 0) {
        noise[w] += variance[p];
      }
    }
    Method best = Collections.max(skies.keySet());
    boolean[] positive = new boolean[window.bins()];
    Arrays.fill(positive, true);
    Map<Method, double[]> sums = new EnumMap<>(Method.class);
    skies.forEach(
        (method, sky) -> {
          double[] sum = sums(window, wavelength, sky, variance);
          sums.put(method, sum);
          for (int w = 0; w < sum.length; w++) {
            positive[w] &= sum[w] > 0;
          }
        });
    for (int w = 0; w < data.length; w++) {
      if (positive[w]) {
        for (Map.Entry<Method, double[]> e : sums.entrySet()) {
          double sky = e.getValue()[w];
          of(window, Series.of(e.getKey()))[w * VALUES + index(100 * (data[w] - sky) / sky)]++;
        }
        double level = sums.get(best)[w];
        of(window, Series.NOISE)[w * VALUES + index(100 * Math.sqrt(noise[w]) / level)]++;
      }
    }
  }

  /** Of usable pixels, by bin. */
  private static double[] sums(
      Window window, double[] wavelength, float[] values, double[] variance) {
    double[] sums = new double[window.bins()];
    for (int p = 0; p < values.length; p++) {
      int w = window.bin(wavelength[p]);
      if (w >= 0 && variance[p] > 0) {
        sums[w] += values[p];
      }
    }
    return sums;
  }

  private long[] chiOf(Arm arm, Series method) {
    return chi.computeIfAbsent(arm, a -> new long[METHODS][CHI_BINS])[method.ordinal()];
  }

  private int[] of(Window window, Series series) {
    return counts.computeIfAbsent(
        new Slot(window, series), slot -> new int[window.bins() * VALUES]);
  }

  private static int index(double value) {
    double x = Math.abs(value) / SOFT;
    double asinh = Math.log(x + Math.sqrt(x * x + 1));
    long k = Math.round(Math.copySign(asinh, value) / STEP);
    return (int) Math.max(-HALF, Math.min(HALF, k)) + HALF;
  }

  private static double value(double place) {
    return SOFT * Math.sinh((place - HALF) * STEP);
  }

  /** Adds another tally to this one, and returns this one. */
  public PixelTally plus(PixelTally other) {
    other.counts.forEach(
        (slot, more) -> {
          int[] own = of(slot.window, slot.series);
          for (int k = 0; k < own.length; k++) {
            own[k] += more[k];
          }
        });
    other.chi.forEach(
        (arm, more) -> {
          for (Method method : Method.values()) {
            long[] own = chiOf(arm, Series.of(method));
            for (int k = 0; k < CHI_BINS; k++) {
              own[k] += more[method.ordinal()][k];
            }
          }
        });
    other.spectra.forEach((arm, more) -> spectra.merge(arm, more, Long::sum));
    return this;
  }

  /** Spectra counted. */
  long spectra(Arm arm) {
    return spectra.getOrDefault(arm, 0L);
  }

  /** The arms whose spectra were counted. */
  List<Arm> arms() {
    return List.copyOf(spectra.keySet());
  }

  /** The windows of a kind that were counted. */
  List<Window> windows(Window.Kind kind) {
    return counts.keySet().stream()
        .map(Slot::window)
        .distinct()
        .filter(w -> w.kind() == kind)
        .toList();
  }

  /** How often chi fell into each bin. */
  long[] chi(Arm arm, Series method) {
    return chiOf(arm, method).clone();
  }

  /** The methods that were counted. */
  List<Method> methods() {
    return Methods.where(m -> arms().stream().anyMatch(a -> sum(chiOf(a, Series.of(m))) > 0));
  }

  private static long sum(long[] counts) {
    return Arrays.stream(counts).sum();
  }

  /**
   * A percentile of what was counted in each bin of a window, %; NaN in bins without a pixel.
   *
   * @param share 0 to 1
   */
  double[] percentile(Window window, Series series, double share) {
    double[] result = new double[window.bins()];
    int[] all = counts.get(new Slot(window, series));
    for (int w = 0; w < result.length; w++) {
      result[w] = all == null ? Double.NaN : percentile(all, w * VALUES, share);
    }
    return result;
  }

  private static double percentile(int[] all, int from, double share) {
    long total = 0;
    for (int k = 0; k < VALUES; k++) {
      total += all[from + k];
    }
    double wanted = share * total;
    long before = 0;
    for (int k = 0; k < VALUES; k++) {
      int here = all[from + k];
      if (here > 0 && before + here >= wanted) {
        return value(k - 0.5 + (wanted - before) / here);
      }
      before += here;
    }
    return Double.NaN;
  }

  /** Few of the counts differ from zero in a tally of one plate. */
  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    out.writeInt(counts.size());
    for (Map.Entry<Slot, int[]> entry : counts.entrySet()) {
      int[] all = entry.getValue();
      out.writeObject(entry.getKey());
      out.writeInt(all.length);
      for (int k = 0, last = -1; k < all.length; k++) {
        if (all[k] != 0) {
          out.writeInt(k - last);
          out.writeInt(all[k]);
          last = k;
        }
      }
      out.writeInt(0);
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    counts = new TreeMap<>();
    int slots = in.readInt();
    for (int s = 0; s < slots; s++) {
      Slot slot = (Slot) in.readObject();
      int[] all = new int[in.readInt()];
      int k = -1;
      for (int apart = in.readInt(); apart != 0; apart = in.readInt()) {
        k += apart;
        all[k] = in.readInt();
      }
      counts.put(slot, all);
    }
  }
}
