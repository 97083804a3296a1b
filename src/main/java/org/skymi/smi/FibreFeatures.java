package org.skymi.smi;

import java.io.Serializable;
import java.util.Map;
import org.skymi.sky.calibrate.Throughput;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.SkyColumns;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/**
 * The input of the individual network and the classical coefficients that its output corrects.
 *
 * <p>Per line window: amplitude relative to the fibre's throughput, and how well it is known; per
 * continuum bin: log10 of fibre over sky; the throughput and its error; position in the field and
 * along the slit; the exposure's common state.
 */
public final class FibreFeatures implements Serializable {
  /** An amplitude with this relative error counts half. */
  private static final double HALF = 0.05;

  private static final int OTHERS = 8;

  /** Coefficients of both arms, blue first. */
  public static final int COEFFICIENTS = SkyColumns.count(Arm.BLUE) + SkyColumns.count(Arm.RED);

  private final int[] windows = new int[Arm.values().length];
  private final int size;

  /**
   * @param blueWindows line windows of the blue arm, 0 if there is none on the plate
   * @param redWindows likewise
   */
  public FibreFeatures(int blueWindows, int redWindows) {
    windows[Arm.BLUE.ordinal()] = blueWindows;
    windows[Arm.RED.ordinal()] = redWindows;
    int bins = Arm.values().length * SkyGrid.CONTINUUM_BINS;
    size = 2 * (blueWindows + redWindows) + bins + OTHERS + CommonNetwork.SIZE;
  }

  /** The layout for frames of these grids. */
  public static FibreFeatures of(Map<Arm, SkyGrid> grids) {
    int[] windows = new int[Arm.values().length];
    grids.forEach((arm, grid) -> windows[arm.ordinal()] = grid.windows().size());
    return new FibreFeatures(windows[Arm.BLUE.ordinal()], windows[Arm.RED.ordinal()]);
  }

  /** Width of the input. */
  int size() {
    return size;
  }

  /** First coefficient of an arm. */
  public static int offset(Arm arm) {
    return arm == Arm.BLUE ? 0 : SkyColumns.count(Arm.BLUE);
  }

  /** The input for an observation in an exposure of a given common state. */
  float[] input(Observation o, float[] common) {
    float[] in = new float[size];
    Throughput.Estimate t = o.throughput();
    int n = 0;
    int first = 0;
    for (Arm arm : Arm.values()) {
      int count = windows[arm.ordinal()];
      // Coarser grids than the widest have fewer windows: the rest of the input stays 0.
      int own = o.sky.arm(arm).map(s -> s.grid().windows().size()).orElse(0);
      for (int k = 0; k < Math.min(own, count); k++) {
        int w = first + k;
        double e = o.error[w] / t.grey();
        double weight = Double.isInfinite(e) ? 0 : 1 / (1 + e * e / (HALF * HALF));
        double off = o.amplitude[w] / t.at(o.sky.windows().get(w).centre()) - 1;
        in[n + 2 * k] = (float) (10 * weight * Math.max(-0.2, Math.min(0.2, off)));
        in[n + 2 * k + 1] = (float) weight;
      }
      first += own;
      n += 2 * count;
    }
    for (int k = 0; k < o.ratio.length; k++) {
      double ratio = Math.max(0.3, o.ratio[k] / t.grey());
      in[n++] = (float) Math.min(2, Math.log10(ratio));
    }
    in[n++] = (float) (10 * Math.max(-0.2, Math.min(0.2, t.grey() - 1)));
    in[n++] = (float) Math.min(2, 100 * t.greyError());
    in[n++] = (float) (50 * Math.max(-0.04, Math.min(0.04, t.colour())));
    in[n++] = (float) o.sky.x(o.fibre);
    in[n++] = (float) o.sky.y(o.fibre);
    in[n++] = (float) (o.sky.plateX(o.fibre) / 2.5);
    in[n++] = (float) (o.sky.plateY(o.fibre) / 2.5);
    in[n++] =
        (float) (2.0 * o.fibre / Math.max(Instrument.LAMOST.fibres(), o.sky.fibres().size()) - 1);
    System.arraycopy(common, 0, in, n, common.length);
    return in;
  }

  /** The classical coefficients of both arms; those of a missing arm are 0. */
  public static double[] classical(Observation o) {
    double[] z = new double[COEFFICIENTS];
    Throughput.Estimate t = o.throughput();
    for (Arm arm : Arm.values()) {
      if (o.sky.arm(arm).filter(ArmSky::hasSky).isPresent()) {
        double[] own = o.sky.coefficients(arm, o.fibre, t, o.amplitude, o.error);
        System.arraycopy(own, 0, z, offset(arm), own.length);
      }
    }
    return z;
  }
}
