package org.skymi.plate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.judge.Folds;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.sky.supersky.SuperSky;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;

/**
 * A held-out sky fibre with another fibre's object in its pixels, to see how much of an object an
 * estimate takes for sky (LEAK). Its lines are measured anew; what other fibres taught stays.
 */
final class Probe implements Serializable {
  /** Objects at least this many times brighter than the sky, so that little sky comes with them. */
  private static final double BRIGHT = 2;

  /** Injected objects are 10^LEAST to 10^(LEAST + RANGE) times as bright as the sky. */
  private static final double LEAST = -0.5;

  private static final double RANGE = 1.5;

  /** Multiples of it are spread evenly over 0 .. 1, whatever their number. */
  private static final double GOLDEN = 0.6180339887498949;

  /** The analysis with the object in the fibre. */
  final SpectrographSky sky;

  /** The object by arm's ordinal, electron, {@code [nPixel]}; null where the arm is missing. */
  final float[][] object;

  private Probe(SpectrographSky sky, float[][] object) {
    this.sky = sky;
    this.object = object;
  }

  /**
   * A fibre that may lend its object.
   *
   * @param dominance how many times brighter than the sky its object is
   */
  private record Donor(int fibre, double dominance) {}

  /**
   * The fibres of an exposure that may lend an object.
   *
   * @param sky the analysis from everything: folds don't look at all objects
   */
  private static List<Donor> donors(SpectrographSky sky) {
    FibreMap fibres = sky.fibres();
    List<Donor> donors = new ArrayList<>();
    for (int i = 0; i < fibres.size(); i++) {
      if (fibres.type()[i].isTarget() && sky.flag(i) == FibreFlag.GOOD) {
        double dominance = dominance(sky, i);
        if (dominance > BRIGHT) {
          donors.add(new Donor(i, dominance));
        }
      }
    }
    return donors;
  }

  /** Mean over all arms of the continuum relative to the sky's, an arm that is missing as if 1. */
  private static double dominance(SpectrographSky sky, int fibre) {
    double sum = 0;
    int bins = 0;
    for (Arm arm : sky.instrument().arms()) {
      Optional<ArmSky> own = sky.arm(arm);
      bins += sky.instrument().arm(arm).continuumBins();
      if (own.isEmpty()) {
        sum += sky.instrument().arm(arm).continuumBins();
      } else {
        for (float ratio : own.get().continuumRatio(fibre)) {
          sum += ratio;
        }
      }
    }
    return sum / bins - 1;
  }

  /**
   * Injects into a fibre one of the objects, chosen by the fibre's number.
   *
   * @param frames by arm's ordinal, null where missing; cross-talk still in
   * @param sky the analysis of a fold that holds the fibre out
   * @param everything the one from everything, which tells donors' objects from their skies
   * @return nothing if there are no donors out of the fibre's reach
   */
  static Optional<Probe> of(
      CleanFrame[] frames, SpectrographSky sky, int fibre, SpectrographSky everything) {
    List<Donor> far =
        donors(everything).stream().filter(d -> Math.abs(d.fibre() - fibre) > Folds.REACH).toList();
    if (far.isEmpty()) {
      return Optional.empty();
    }
    Donor donor = far.get((int) (place(fibre) * far.size()));
    double brightness = Math.pow(10, LEAST + RANGE * place(7 * fibre));
    CleanFrame[] with = frames.clone();
    float[][] object = new float[frames.length][];
    for (Arm arm : sky.instrument().arms()) {
      int a = arm.ordinal();
      Optional<ArmSky> own = sky.arm(arm).filter(ArmSky::hasSky);
      if (own.isPresent()) {
        CleanFrame clean = frames[a].corrected(own.get().crossTalk());
        object[a] = object(clean, everything, donor.fibre());
        double scale = brightness / donor.dominance();
        for (int p = 0; p < object[a].length; p++) {
          object[a][p] *= (float) scale;
        }
        with[a] = frames[a].with(fibre, object[a]);
      }
    }
    return Optional.of(new Probe(sky.with(with, fibre), object));
  }

  private static double place(int k) {
    return (k * GOLDEN) % 1;
  }

  private static float[] object(CleanFrame frame, SpectrographSky sky, int donor) {
    float[] object = frame.flux(donor).clone();
    ArmSky arm = sky.arm(frame.arm()).orElseThrow();
    float[] own = SuperSky.full(sky, arm, donor, frame.wavelength(donor)).flux();
    for (int p = 0; p < object.length; p++) {
      object[p] = Float.isFinite(own[p]) ? object[p] - own[p] : 0;
    }
    return object;
  }
}
