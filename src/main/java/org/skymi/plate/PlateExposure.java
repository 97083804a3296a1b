package org.skymi.plate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.judge.Folds;
import org.skymi.sky.judge.HoldOut;
import org.skymi.sky.memory.ArmCorrections;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.SkyColumns;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.smi.Observation;
import org.skymi.smi.TrainingTarget;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FrameId;

/**
 * What is kept of one spectrograph and exposure between the two passes over a plate's frames: for
 * every fold its classical analysis, and what its sky fibres' pixels ask of their coefficients.
 */
final class PlateExposure implements Serializable {
  /** Relative error of the model that keeps bright lines from outweighing all else. */
  private static final double MODEL_FLOOR = 0.02;

  final int exposure;
  final int spectrograph;
  final FibreMap fibres;
  final Folds folds;

  /** By fold, the last one for the estimate from everything. */
  private final SpectrographSky[] analyses;

  private final TrainingTarget[][] targets;

  /** By held-out fibre, null for others. */
  private final Probe[] probes;

  /** By arm, of an exposure that is learnt from: what its fibres say of their coefficients. */
  private final FrameEquations[] equations = new FrameEquations[Arm.values().length];

  /**
   * Analyses a spectrograph and exposure.
   *
   * @param id of one of its frames
   * @param exposure index on the plate, or among all plates that are learnt from
   * @param frames cleaned, by arm's ordinal, null where missing
   * @param holdOut for which folds; always from everything, too, {@code analysis(-1)}
   */
  PlateExposure(FrameId id, int exposure, FibreMap fibres, CleanFrame[] frames, HoldOut holdOut) {
    this.exposure = exposure;
    this.spectrograph = id.spectrograph();
    this.fibres = fibres;
    Folds slit = holdOut.folds(fibres.size(), livingSkies(fibres, frames));
    this.folds = Arrays.stream(frames).allMatch(f -> f == null || f.isCoadd()) ? slit.apart() : slit;
    this.analyses = new SpectrographSky[folds.count() + 1];
    this.targets = new TrainingTarget[folds.count() + 1][fibres.size()];
    this.probes = new Probe[fibres.size()];
    for (int fold = -1; fold < (holdOut == HoldOut.NONE ? 0 : folds.count()); fold++) {
      SpectrographSky sky = SpectrographSky.analyse(frames, fibres, folds.mayTrain(fold));
      analyses[index(fold)] = sky;
      setTargets(fold, sky, frames);
      setProbes(fold, sky, frames);
    }
    if (holdOut == HoldOut.NONE) {
      setEquations(id, frames);
    }
  }

  private void setEquations(FrameId id, CleanFrame[] frames) {
    SpectrographSky both = analysis(-1);
    for (Arm arm : Arm.values()) {
      ArmSky own = both.arm(arm).filter(ArmSky::hasSky).orElse(null);
      if (own != null) {
        CleanFrame clean = frames[arm.ordinal()].corrected(own.crossTalk());
        equations[arm.ordinal()] =
            new ArmCorrections(both, own.master(), clean)
                .equations(FrameEquations.When.of(id), spectrograph, i -> false);
      }
    }
  }

  /** What is learnt from the exposure's frames: none of one that is reduced, or has no sky. */
  List<FrameEquations> equations() {
    return Arrays.stream(equations).filter(Objects::nonNull).toList();
  }

  /** Whether an arm was observed. */
  boolean has(Arm arm) {
    return analyses[folds.count()].arm(arm).isPresent();
  }

  private static int[] livingSkies(FibreMap fibres, CleanFrame[] frames) {
    return fibres.where(
        i ->
            fibres.showsSky(i)
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
          TrainingTarget target = targets[index(fold)][i];
          target = target == null ? new TrainingTarget() : target;
          target.set(arm, columns.fit(clean, own.calibration(), i, MODEL_FLOOR));
          targets[index(fold)][i] = target;
        }
      }
    }
  }

  private void setProbes(int fold, SpectrographSky sky, CleanFrame[] frames) {
    List<Observation> donors = fold < 0 ? List.of() : Probe.donors(sky, exposure);
    for (int i : folds.heldOut(fold)) {
      if (isJudge(i)) {
        probes[i] = Probe.of(frames, sky, i, donors).orElse(null);
      }
    }
  }

  /** A held-out sky fibre with an object in it, if its fold found nothing wrong with it. */
  Optional<Probe> probe(int fibre) {
    return Optional.ofNullable(probes[fibre]);
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

  /**
   * Whether a fibre may judge methods: some fold held it out, and found nothing wrong with it. What
   * the analysis from everything found must not count: it trained on the fibre.
   */
  boolean isJudge(int fibre) {
    int fold = folds.foldOf(fibre);
    return fold >= 0 && analyses[fold].flag(fibre) == FibreFlag.GOOD;
  }

  /**
   * What a sky fibre's pixels ask of its coefficients; null for other fibres and for those that the
   * fold found something wrong with.
   */
  TrainingTarget target(int fold, int fibre) {
    return targets[fold < folds.count() ? index(fold) : folds.count()][fibre];
  }
}
