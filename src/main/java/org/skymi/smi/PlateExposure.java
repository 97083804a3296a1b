package org.skymi.smi;

import java.util.Arrays;
import org.skymi.sky.ArmSky;
import org.skymi.sky.CleanFrame;
import org.skymi.sky.FibreFlag;
import org.skymi.sky.Folds;
import org.skymi.sky.SkyColumns;
import org.skymi.sky.SpectrographSky;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;

/**
 * What is kept of one spectrograph and exposure between the two passes over a plate's frames: for
 * every fold its classical analysis, and what its sky fibres' pixels ask of their coefficients.
 */
final class PlateExposure {
  /** Relative error of the model that keeps bright lines from outweighing all else. */
  private static final double MODEL_FLOOR = 0.02;

  final int exposure;
  final int spectrograph;
  final FibreMap fibres;
  final Folds folds;

  /** By fold, the last one for the estimate from everything. */
  private final SpectrographSky[] analyses;

  private final Target[][] targets;

  /**
   * Analyses a spectrograph and exposure.
   *
   * @param exposure index on the plate, or among all plates that are learnt from
   * @param spectrograph number
   * @param frames cleaned, by arm's ordinal, null where missing
   * @param everyFold whether for every fold; else only from everything, {@code analysis(-1)}
   */
  PlateExposure(
      int exposure, int spectrograph, FibreMap fibres, CleanFrame[] frames, boolean everyFold) {
    this.exposure = exposure;
    this.spectrograph = spectrograph;
    this.fibres = fibres;
    this.folds = Folds.blocks(fibres.size(), livingSkies(fibres, frames));
    this.analyses = new SpectrographSky[folds.count() + 1];
    this.targets = new Target[folds.count() + 1][fibres.size()];
    for (int fold = -1; fold < (everyFold ? folds.count() : 0); fold++) {
      SpectrographSky sky = SpectrographSky.analyse(frames, fibres, folds.mayTrain(fold));
      analyses[index(fold)] = sky;
      setTargets(fold, sky, frames);
    }
  }

  /** Whether an arm was observed. */
  boolean has(Arm arm) {
    return analyses[folds.count()].arm(arm).isPresent();
  }

  private static int[] livingSkies(FibreMap fibres, CleanFrame[] frames) {
    return fibres.where(
        i ->
            fibres.type()[i] == FibreType.SKY
                && Arrays.stream(frames).allMatch(f -> f == null || !f.isDead(i)));
  }

  private void setTargets(int fold, SpectrographSky sky, CleanFrame[] frames) {
    for (Arm arm : Arm.values()) {
      ArmSky own = sky.arm(arm).orElse(null);
      if (own == null || !own.hasSky()) {
        continue;
      }
      CleanFrame clean = frames[arm.ordinal()].corrected(own.crossTalk());
      SkyColumns columns = new SkyColumns(own.grid(), own.master());
      for (int i = 0; i < fibres.size(); i++) {
        // The fold's own flags: those from everything know the held-out fibres.
        if (folds.foldOf(i) >= 0 && sky.flag(i) == FibreFlag.GOOD) {
          Target target = targets[index(fold)][i];
          target = target == null ? new Target() : target;
          target.set(arm, columns.fit(clean, own.calibration(), i, MODEL_FLOOR));
          targets[index(fold)][i] = target;
        }
      }
    }
  }

  private int index(int fold) {
    return fold < 0 ? folds.count() : fold;
  }

  /**
   * The analysis of a fold; -1 for the one from everything. Folds that this spectrograph lacks are
   * that one, too.
   */
  SpectrographSky analysis(int fold) {
    return analyses[fold < folds.count() ? index(fold) : folds.count()];
  }

  /** Whether a fibre is a sky fibre that the analysis from everything found nothing wrong with. */
  boolean isGoodSky(int fibre) {
    return fibres.type()[fibre] == FibreType.SKY
        && analyses[folds.count()].flag(fibre) == FibreFlag.GOOD;
  }

  /**
   * What a sky fibre's pixels ask of its coefficients; null for other fibres and for those that the
   * fold found something wrong with.
   */
  Target target(int fold, int fibre) {
    return targets[fold < folds.count() ? index(fold) : folds.count()][fibre];
  }
}
