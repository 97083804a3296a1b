package org.skymi.plate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.skymi.math.Significance;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.Method;
import org.skymi.survey.SkyBand;

/**
 * Whose sky the most demanding method gives: its own, unless it has none or held-out sky fibres of
 * other folds say that a humbler method's is better; those of a fibre's own fold must not say. What
 * says so is the χ² of all pixels, or the mean of any band: where each pixel is noise, only the
 * mean tells. It has to be more than chance, or methods that are equally good would take turns from
 * fibre to fibre.
 */
final class Fallback {
  /**
   * Residuals count up to this many standard errors, so that a cosmic ray does not decide between
   * methods.
   */
  private static final double CLIP = 5;

  /** Standard errors by which a sky has to be worse, and fibres that can be so sure. */
  private static final double SURE = 2;

  private static final int FEWEST = 8;

  /** Fibres that can tell a χ² from chance; of fewer, what looks worse is taken as worse. */
  private static final int FEWEST_FOR_CHANCE = 12;

  private final FramePixels pixels;

  /** Methods that give way to one another, the most demanding first. */
  private final List<Method> chain;

  /** By method of the chain and fibre; null of fibres that do not judge. */
  private final Misfit[][] misfits;

  /**
   * How far a sky is off a held-out fibre.
   *
   * @param chi2 of all pixels
   * @param bands squares of the mean residuals over the sky's mean, by band; NaN of other arms'
   */
  private record Misfit(double chi2, double[] bands) {}

  /**
   * Judges.
   *
   * @param skies by method and fibre
   */
  Fallback(FramePixels pixels, Map<Method, Sky[]> skies) {
    this.pixels = pixels;
    this.chain = chain(skies);
    this.misfits = new Misfit[chain.size()][pixels.fibres()];
    for (int m = 0; m < chain.size(); m++) {
      Sky[] own = skies.get(chain.get(m));
      for (int i = 0; i < own.length; i++) {
        misfits[m][i] = pixels.isJudge(i) ? misfit(i, own[i]) : null;
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
    if (method != Method.SMI) {
      return method;
    }
    int chosen = 0;
    for (int other = 1; other < chain.size(); other++) {
      chosen = isWorse(chosen, other, fibre) ? other : chosen;
    }
    return chain.get(chosen);
  }

  private boolean isWorse(int one, int other, int fibre) {
    int[] judges = judges(fibre);
    double[] all =
        Arrays.stream(judges)
            .mapToDouble(i -> misfits[one][i].chi2 - misfits[other][i].chi2)
            .toArray();
    boolean isWorse =
        all.length < FEWEST_FOR_CHANCE
            ? Arrays.stream(all).sum() > 0
            : Significance.isPositive(all, SURE);
    for (SkyBand band : SkyBand.all()) {
      int b = band.ordinal();
      double[] harm =
          Arrays.stream(judges)
              .mapToDouble(i -> misfits[one][i].bands[b] - misfits[other][i].bands[b])
              .filter(Double::isFinite)
              .toArray();
      isWorse |= harm.length >= FEWEST && Significance.isPositive(harm, SURE);
    }
    return isWorse;
  }

  private int[] judges(int fibre) {
    int own = pixels.fold(fibre);
    return IntStream.range(0, pixels.fibres())
        .filter(i -> misfits[0][i] != null && (own < 0 || pixels.fold(i) != own))
        .toArray();
  }

  private Misfit misfit(int fibre, Sky sky) {
    CleanFrame clean = pixels.clean(fibre);
    float[] variance = clean.variance(fibre, sky.flux());
    double[] wavelength = pixels.wavelength(fibre);
    double[] residual = new double[SkyBand.all().size()];
    double[] total = new double[residual.length];
    List<SkyBand> own = clean.grid().instrument().bands(pixels.arm);
    int[] place = own.stream().mapToInt(SkyBand::ordinal).toArray();
    double sum = 0;
    for (int p = 0; p < variance.length; p++) {
      if (Float.isInfinite(variance[p]) || !Float.isFinite(sky.flux()[p])) {
        continue;
      }
      double most = CLIP * Math.sqrt(variance[p]);
      double r = (double) clean.flux(fibre)[p] - sky.flux()[p];
      r = Math.max(-most, Math.min(most, r));
      sum += r * r / variance[p];
      for (int b = 0; b < place.length; b++) {
        if (own.get(b).contains(wavelength[p])) {
          residual[place[b]] += r;
          total[place[b]] += sky.flux()[p];
        }
      }
    }
    double[] bands = new double[residual.length];
    Arrays.setAll(bands, b -> Math.pow(residual[b] / total[b], 2));
    return new Misfit(sum, bands);
  }
}
