package org.skymi.smi;

import org.skymi.sky.frame.LineGroup;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.survey.Arm;

/**
 * What one fibre says of the sky in absolute terms: log10 of the electrons in each line group, and
 * of the continuum in coarse bins. Of an object fibre the continuum is an upper limit, and the
 * network has to learn so.
 */
public final class CommonState {
  private static final int GROUPS = LineGroup.values().length;

  /** Line groups in either arm, then continuum bins of both arms. */
  public static final int SIZE = Arm.values().length * (GROUPS + SkyGrid.CONTINUUM_BINS);

  private CommonState() {}

  public static float[] of(Observation o) {
    float[] state = new float[SIZE];
    int offset = 0;
    for (Arm arm : Arm.values()) {
      if (o.sky.arm(arm).isEmpty()) {
        continue;
      }
      ArmSky sky = o.sky.arm(arm).get();
      double[] electrons = new double[GROUPS];
      for (int w = 0; w < sky.grid().windows().size(); w++) {
        LineWindow window = sky.grid().windows().get(w);
        double amplitude = Float.isInfinite(o.error[offset + w]) ? 1 : o.amplitude[offset + w];
        electrons[window.group().ordinal()] += amplitude * sky.lineStrength(w);
      }
      offset += sky.grid().windows().size();
      int base = arm.ordinal() * (GROUPS + SkyGrid.CONTINUUM_BINS);
      for (int g = 0; g < GROUPS; g++) {
        state[base + g] = log(electrons[g]);
      }
      for (int b = 0; b < SkyGrid.CONTINUUM_BINS; b++) {
        double ratio = Math.min(3, o.ratio[arm.ordinal() * SkyGrid.CONTINUUM_BINS + b]);
        state[base + GROUPS + b] = log(ratio * sky.continuumLevel(b));
      }
    }
    return state;
  }

  private static float log(double electrons) {
    return (float) Math.log10(Math.max(electrons, 1));
  }
}
