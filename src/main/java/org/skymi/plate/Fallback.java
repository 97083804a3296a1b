package org.skymi.plate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.Method;

/**
 * Whose sky the most demanding method gives: its own, unless held-out sky fibres of other folds say
 * that a humbler method's is better; those of a fibre's own fold must not say.
 */
final class Fallback {
  /**
   * Residuals count up to this many standard errors, so that a cosmic ray does not decide between
   * methods.
   */
  private static final double CLIP = 5;

  private final FramePixels pixels;

  /** Methods that give way to one another, the most demanding first. */
  private final List<Method> chain;

  /** By method of the chain and fibre; 0 of fibres that do not judge. */
  private final double[][] chi2;

  /**
   * Judges.
   *
   * @param skies by method and fibre
   */
  Fallback(FramePixels pixels, Map<Method, Sky[]> skies) {
    this.pixels = pixels;
    this.chain = chain(skies);
    this.chi2 = new double[chain.size()][pixels.fibres()];
    for (int m = 0; m < chain.size(); m++) {
      Sky[] own = skies.get(chain.get(m));
      for (int i = 0; i < own.length; i++) {
        chi2[m][i] = pixels.isJudge(i) ? chi2(i, own[i]) : 0;
      }
    }
  }

  private static List<Method> chain(Map<Method, Sky[]> skies) {
    List<Method> chain = new ArrayList<>();
    for (Method method : List.of(Method.SMI, Method.MEMORY, Method.SUPER)) {
      if (skies.containsKey(method)) {
        chain.add(method);
      }
    }
    return chain;
  }

  /** Whose sky a fibre gets from a method: a column of a humbler one is never another's. */
  Method source(Method method, int fibre) {
    int chosen = chain.indexOf(method);
    if (method != Method.SMI) {
      return method;
    }
    for (int other = chosen + 1; other < chain.size(); other++) {
      chosen = isWorse(chosen, other, fibre) ? other : chosen;
    }
    return chain.get(chosen);
  }

  private boolean isWorse(int one, int other, int fibre) {
    double advantage = 0;
    for (int i = 0; i < chi2[one].length; i++) {
      boolean own = pixels.fold(i) >= 0 && pixels.fold(i) == pixels.fold(fibre);
      advantage += own ? 0 : chi2[other][i] - chi2[one][i];
    }
    return advantage < 0;
  }

  private double chi2(int fibre, Sky sky) {
    CleanFrame clean = pixels.clean(fibre);
    float[] variance = clean.variance(fibre, sky.flux());
    double sum = 0;
    for (int p = 0; p < variance.length; p++) {
      if (!Float.isInfinite(variance[p]) && Float.isFinite(sky.flux()[p])) {
        double r = (double) clean.flux(fibre)[p] - sky.flux()[p];
        sum += Math.min(CLIP * CLIP, r * r / variance[p]);
      }
    }
    return sum;
  }
}
