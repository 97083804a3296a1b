package org.skymi.smi;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.calibrate.Throughput;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.survey.Arm;

/**
 * What the networks see of one fibre in one exposure: its line amplitudes and continuum, relative
 * to the masters. All of it is linear in the fibre's flux, so that another object can be put into a
 * fibre without touching pixels.
 */
public final class Observation {
  public final SpectrographSky sky;
  public final int fibre;

  /** Index of the exposure on the plate. */
  final int exposure;

  /** Relative to the masters' lines, {@code [nWindow]}, blue first. */
  public final float[] amplitude;

  public final float[] error;

  /** Relative to the masters' continuum, blue bins first. */
  final float[] ratio;

  private Throughput.Estimate throughput;

  private Observation(
      SpectrographSky sky,
      int fibre,
      int exposure,
      float[] amplitude,
      float[] error,
      float[] ratio) {
    this.sky = sky;
    this.fibre = fibre;
    this.exposure = exposure;
    this.amplitude = amplitude;
    this.error = error;
    this.ratio = ratio;
  }

  /** The fibre as observed. */
  public static Observation of(SpectrographSky sky, int fibre, int exposure) {
    float[] ratio = new float[Arm.values().length * SkyGrid.CONTINUUM_BINS];
    Arrays.fill(ratio, 1);
    for (Arm arm : Arm.values()) {
      if (sky.arm(arm).isPresent()) {
        float[] own = sky.arm(arm).get().continuumRatio(fibre);
        System.arraycopy(own, 0, ratio, arm.ordinal() * SkyGrid.CONTINUUM_BINS, own.length);
      }
    }
    return new Observation(
        sky, fibre, exposure, sky.amplitudes(fibre), sky.amplitudeErrors(fibre), ratio);
  }

  /** Throughput as the lines have it. */
  Throughput.Estimate throughput() {
    if (throughput == null) {
      throughput = sky.throughput(amplitude, error);
    }
    return throughput;
  }

  /** How many times brighter than the sky the fibre's object is; about 0 for a sky fibre. */
  public double objectDominance() {
    double sum = 0;
    for (float r : ratio) {
      sum += r;
    }
    return sum / ratio.length - 1;
  }

  /** Whether the fibre may lend its object to others. */
  public boolean mayDonate() {
    return sky.flag(fibre) == FibreFlag.GOOD && objectDominance() > 0.5;
  }

  private boolean hasSameWindows(Arm arm, Observation other) {
    Optional<ArmSky> own = sky.arm(arm);
    Optional<ArmSky> others = other.sky.arm(arm);
    return own.isPresent()
        && others.isPresent()
        && own.get().grid().windows().equals(others.get().grid().windows());
  }

  /**
   * The same fibre with another fibre's object added.
   *
   * @param donor the fibre that lends its object and the object's noise
   * @param scale of the object
   */
  public Observation with(Observation donor, double scale) {
    float[] a = amplitude.clone();
    float[] e = error.clone();
    float[] r = ratio.clone();
    Throughput.Estimate t = donor.throughput();
    int w = 0;
    int v = 0;
    for (Arm arm : Arm.values()) {
      if (!hasSameWindows(arm, donor)) {
        // An object that only one arm saw, or on other pixels, can't be lent to both.
        w += sky.arm(arm).map(s -> s.grid().windows().size()).orElse(0);
        v += donor.sky.arm(arm).map(s -> s.grid().windows().size()).orElse(0);
        continue;
      }
      ArmSky to = sky.arm(arm).get();
      ArmSky from = donor.sky.arm(arm).get();
      List<LineWindow> windows = to.grid().windows();
      for (int k = 0; k < windows.size(); k++, w++, v++) {
        double unit = scale * from.lineStrength(k) / to.lineStrength(k);
        if (Float.isInfinite(donor.error[v]) || !Double.isFinite(unit) || unit < 0) {
          e[w] = Float.POSITIVE_INFINITY;
          a[w] = 1;
          continue;
        }
        a[w] += (float) (unit * (donor.amplitude[v] - t.at(windows.get(k).centre())));
        double extra = unit * unit / scale * donor.error[v] * donor.error[v] - e[w] * e[w];
        e[w] = (float) Math.sqrt(e[w] * e[w] + scale * Math.max(0, extra));
      }
      for (int b = 0; b < SkyGrid.CONTINUUM_BINS; b++) {
        int k = arm.ordinal() * SkyGrid.CONTINUUM_BINS + b;
        double unit = scale * from.continuumLevel(b) / to.continuumLevel(b);
        if (Double.isFinite(unit) && unit > 0) {
          r[k] += (float) (unit * (donor.ratio[k] - t.grey()));
        }
      }
    }
    return new Observation(sky, fibre, exposure, a, e, r);
  }
}
