package org.skymi.sky.memory;

import java.util.Arrays;
import java.util.List;
import org.skymi.sky.frame.LineDerivatives;
import org.skymi.sky.frame.LineGroup;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.supersky.SkyColumns;
import org.skymi.survey.Instrument;

/**
 * What an exposure's common sky is like, in a few numbers: how bright its continuum is along the
 * arm, how strong its lines are, and how sharp. Coefficients are relative to that sky, and so say
 * nothing of moon, airglow and focus, which all fibres share.
 */
public final class SkyFeatures {
  /** Parts of the arm with a level of the continuum. */
  static final int LEVELS = 6;

  /** Parts of the arm in which lines of OH are apart, by their bands' temperatures and focus. */
  private static final int OH_PARTS = 3;

  /** Less light than that is none, electron a pixel. */
  private static final double LEAST = 1;

  private SkyFeatures() {}

  /** Number of features of an arm. */
  public static int count(Instrument.Optics arm) {
    return LEVELS + 2 * lines(SkyColumns.groups(arm));
  }

  private static int lines(List<LineGroup> groups) {
    return groups.size() + (groups.contains(LineGroup.OH) ? OH_PARTS - 1 : 0);
  }

  /**
   * The features.
   *
   * @param continuum spline coefficients of the exposure's sky without its lines, electron
   * @param lines those of the lines
   * @return logs of the continuum's mean level in equal parts of the arm; then of each kind of
   *     lines, by line group, OH in parts of the arm: log of their strength, and of their slopes'
   *     (line-spread widths follow the focus)
   */
  static double[] of(SkyGrid grid, double[] continuum, double[] lines) {
    List<LineGroup> groups = SkyColumns.groups(grid.optics());
    double[] slopes = LineDerivatives.of(grid, lines, 1);
    double[] level = new double[LEVELS];
    int[] counts = new int[LEVELS];
    double[] strength = new double[lines(groups)];
    double[] sharpness = new double[strength.length];
    Arrays.fill(strength, LEAST);
    Arrays.fill(sharpness, LEAST);
    for (int k = 0; k < lines.length; k++) {
      double u = grid.u(grid.spline().centre(k));
      int part = part(u, LEVELS);
      level[part] += continuum[k];
      counts[part]++;
      if (grid.windowOf(k) >= 0) {
        LineGroup group = grid.windows().get(grid.windowOf(k)).group();
        int kind = groups.indexOf(group) + (group == LineGroup.OH ? part(u, OH_PARTS) : 0);
        strength[kind] += lines[k] * lines[k];
        sharpness[kind] += slopes[k] * slopes[k];
      }
    }
    double[] features = new double[LEVELS + 2 * strength.length];
    for (int b = 0; b < LEVELS; b++) {
      features[b] = Math.log(Math.max(LEAST, level[b] / Math.max(1, counts[b])));
    }
    for (int g = 0; g < strength.length; g++) {
      features[LEVELS + 2 * g] = Math.log(strength[g]) / 2;
      features[LEVELS + 2 * g + 1] = Math.log(sharpness[g] / strength[g]) / 2;
    }
    return features;
  }

  private static int part(double u, int parts) {
    return Math.max(0, Math.min(parts - 1, (int) (parts * (u + 1) / 2)));
  }
}
