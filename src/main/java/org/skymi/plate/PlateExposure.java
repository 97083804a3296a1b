package org.skymi.plate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.skymi.math.BandedNormal;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.judge.Folds;
import org.skymi.sky.memory.ArmCorrections;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.FrameLight;
import org.skymi.sky.memory.Patterns;
import org.skymi.sky.prior.SkyBasis;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;

/**
 * What is kept of one spectrograph and exposure between the two passes over a plate's frames: for
 * every fold its classical analysis, and what its fibres say of their correction coefficients,
 * where somebody will ask.
 */
final class PlateExposure implements Serializable {
  final int exposure;
  final int spectrograph;
  final FibreMap fibres;
  final Folds folds;
  final Instrument instrument;

  /** What only a look at the frames themselves asks for; most of the bytes. */
  private final Resting<Details> details;

  /** By fold, the last one for the estimate from everything, and arm; null: nobody will ask. */
  private final Seen[][] seen;

  /** What all sky fibres say of the sky, by arm; null where no other spectrograph will ask. */
  private final BandedNormal[] told;

  /** What sky fibres leave of the lines, by arm; nothing but at the first look. */
  private final Map<Arm, List<Patterns.Row>> left = new TreeMap<>();

  /**
   * Analyses and what judges them.
   *
   * @param analyses by fold, the last one for the estimate from everything
   * @param probes by held-out fibre, null for others
   * @param found by arm's ordinal, what cleaning its frame found; null where missing
   */
  private record Details(SpectrographSky[] analyses, Probe[] probes, CleanFrame.Found[] found)
      implements Serializable {}

  /**
   * A frame as a fold sees it.
   *
   * @param common the frame's sky
   * @param patterns of the arm's lines
   * @param light of the fibres that may tell
   * @param resting equations of its fibres' correction coefficients; those held out say nothing
   */
  record Seen(
      SkyBasis.Projection common,
      Patterns patterns,
      FrameLight light,
      Resting<FrameEquations> resting)
      implements Serializable {
    /** Its fibres' equations, for who holds them himself. */
    FrameEquations equations() {
      return resting.once();
    }
  }

  /**
   * Analyses a spectrograph and exposure.
   *
   * @param id of one of its frames
   * @param exposure index on the plate, or among all plates that are learnt from
   * @param frames cleaned, by arm's ordinal, null where missing
   * @param pass for which folds; always from everything, too, {@code analysis(-1)}
   * @throws org.skymi.survey.InputException if a frame's grid is not the base model's
   */
  PlateExposure(FrameId id, int exposure, FibreMap fibres, CleanFrame[] frames, FirstPass pass) {
    this.exposure = exposure;
    this.spectrograph = id.spectrograph();
    this.fibres = fibres;
    Folds slit = pass.holdOut().folds(fibres.size(), livingSkies(fibres, frames));
    this.folds =
        Arrays.stream(frames).allMatch(f -> f == null || f.isCoadd()) ? slit.apart() : slit;
    this.details =
        new Resting<>(
            Details.class,
            new Details(
                new SpectrographSky[folds.count() + 1],
                new Probe[fibres.size()],
                Arrays.stream(frames)
                    .map(f -> f == null || pass.isLearning() ? null : f.found())
                    .toArray(CleanFrame.Found[]::new)));
    this.seen = new Seen[folds.count() + 1][frames.length];
    this.told = new BandedNormal[frames.length];
    Tellers tellers = new Tellers(fibres, frames);
    for (int fold = -1; fold < (pass.isLearning() ? 0 : folds.count()); fold++) {
      boolean[] may = folds.mayTrain(fold);
      IntPredicate asked = fold < 0 ? i -> true : tellers.of(may);
      SpectrographSky sky = SpectrographSky.analyse(frames, fibres, may, asked);
      details.get().analyses[index(fold)] = sky;
      setProbes(fold, sky, frames);
      if (pass.isLearning() || pass.base().isPresent()) {
        see(fold, id, frames, pass, asked);
      }
    }
    this.instrument = analysis(-1).instrument();
  }

  private void see(int fold, FrameId id, CleanFrame[] frames, FirstPass pass, IntPredicate asked) {
    SpectrographSky both = analysis(fold);
    boolean[] may = folds.mayTrain(fold);
    for (Arm arm : both.instrument().arms()) {
      ArmSky own = both.arm(arm).filter(ArmSky::hasSky).orElse(null);
      if (own != null) {
        CleanFrame clean = frames[arm.ordinal()].corrected(own.crossTalk());
        SkyBasis.Projection common = common(own, pass);
        Patterns patterns = pass.patterns(arm);
        FrameLight light = FrameLight.of(clean, i -> may[i]);
        ArmCorrections corrections =
            new ArmCorrections(both, common.coefficients(), patterns, light, clean, i -> may[i]);
        if (fold < 0 && pass.base().isPresent() && pass.pooling()) {
          told[arm.ordinal()] = own.normal();
        }
        if (pass.isFirstLook()) {
          left.put(arm, corrections.left());
        } else {
          seen[index(fold)][arm.ordinal()] =
              new Seen(
                  common,
                  patterns,
                  light,
                  new Resting<>(
                      FrameEquations.class,
                      corrections.equations(FrameEquations.When.of(id), spectrograph, asked)));
        }
      }
    }
  }

  private static SkyBasis.Projection common(ArmSky own, FirstPass pass) {
    return pass.base()
        .map(base -> base.prior(own.grid()))
        .filter(prior -> pass.pooling())
        .map(prior -> prior.fit(own.grid(), own.normal()))
        .orElseGet(
            () -> new SkyBasis.Projection(own.master(), own.masterVariance(), new double[0]));
  }

  /** What is learnt from the exposure's frames: none of those without a sky. */
  List<FrameEquations> equations() {
    return Arrays.stream(seen[folds.count()])
        .filter(Objects::nonNull)
        .map(Seen::equations)
        .toList();
  }

  /** What sky fibres leave of the lines, by arm, of a first look. */
  Map<Arm, List<Patterns.Row>> left() {
    return left;
  }

  /** A frame as a fold sees it, -1 for everything; empty if nobody was going to ask. */
  Optional<Seen> seen(int fold, Arm arm) {
    return Optional.ofNullable(
        seen[fold < folds.count() ? index(fold) : folds.count()][arm.ordinal()]);
  }

  /** What all sky fibres say of an arm's sky, if other spectrographs may ask. */
  Optional<BandedNormal> told(Arm arm) {
    return Optional.ofNullable(told[arm.ordinal()]);
  }

  /**
   * Lets analyses, probes and equations rest until somebody asks for them. What pools skies must
   * not: a frame's sky is to be {@link #seen}, as it is with a base model.
   */
  void rest(Scratch scratch, String name) {
    details.rest(scratch, name);
    for (int f = 0; f < seen.length; f++) {
      for (int arm = 0; arm < seen[f].length; arm++) {
        if (seen[f][arm] != null) {
          seen[f][arm].resting.rest(scratch, name + " fold " + f + " arm " + arm);
        }
      }
    }
  }

  /** The frames have been looked at. */
  void rest() {
    details.rest();
  }

  /** Whether an arm was observed. */
  boolean has(Arm arm) {
    return analysis(-1).arm(arm).isPresent();
  }

  /** A frame of it, cleaned again. */
  CleanFrame cleaned(Frame frame) {
    return CleanFrame.of(frame, details.get().found[frame.id().arm().ordinal()]);
  }

  private static int[] livingSkies(FibreMap fibres, CleanFrame[] frames) {
    return fibres.where(
        i -> fibres.showsSky(i) && Arrays.stream(frames).allMatch(f -> f == null || !f.isDead(i)));
  }

  private void setProbes(int fold, SpectrographSky sky, CleanFrame[] frames) {
    for (int i : folds.heldOut(fold)) {
      if (isJudge(i)) {
        details.get().probes[i] = Probe.of(frames, sky, i, analysis(-1)).orElse(null);
      }
    }
  }

  /** A held-out sky fibre with an object in it, if its fold found nothing wrong with it. */
  Optional<Probe> probe(int fibre) {
    return Optional.ofNullable(details.get().probes[fibre]);
  }

  private int index(int fold) {
    return fold < 0 ? folds.count() : fold;
  }

  /**
   * The analysis of a fold; -1 for the one from everything. Folds that this spectrograph lacks are
   * that one, too.
   */
  SpectrographSky analysis(int fold) {
    return details.get().analyses[fold < folds.count() ? index(fold) : folds.count()];
  }

  /**
   * Whether a fibre may judge methods: some fold held it out, and found nothing wrong with it. What
   * the analysis from everything found must not count: it trained on the fibre.
   */
  boolean isJudge(int fibre) {
    int fold = folds.foldOf(fibre);
    return fold >= 0 && analysis(fold).flag(fibre) == FibreFlag.GOOD;
  }
}
