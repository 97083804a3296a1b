package org.skymi.plate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.judge.Folds;
import org.skymi.sky.prior.Companions;
import org.skymi.sky.prior.SkyBasis;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.survey.Arm;
import org.skymi.survey.Frame;

/**
 * The pixels of one frame in the second pass, with the analysis that each fibre is to be seen by:
 * the one of the fold that held it out.
 */
final class FramePixels {
  final Frame frame;
  final PlateExposure exposure;
  final Arm arm;
  final CleanFrame raw;

  /** By fold: cross-talk removed as that fold has it. */
  private final Map<Integer, CleanFrame> corrected = new HashMap<>();

  /** By fold: what its methods share. */
  private final Map<Integer, FoldFrame> folds = new HashMap<>();

  /** What the exposure's other spectrographs say, null until asked for. */
  private Optional<Companions> companions;

  FramePixels(Frame frame, PlateExposure exposure) {
    this.frame = frame;
    this.exposure = exposure;
    this.arm = frame.id().arm();
    this.raw = exposure.cleaned(frame);
  }

  int fibres() {
    return frame.fibreCount();
  }

  /** Angstrom, {@code [nPixel]}. */
  double[] wavelength(int fibre) {
    return frame.wavelength()[fibre];
  }

  /** The fold that holds a fibre out, -1 for none. */
  int fold(int fibre) {
    return exposure.folds.foldOf(fibre);
  }

  /** All arms, by a fold that never saw the fibre. */
  SpectrographSky analysis(int fibre) {
    return exposure.analysis(fold(fibre));
  }

  /** This arm, by a fold that never saw the fibre. */
  ArmSky sky(int fibre) {
    return analysis(fibre).arm(arm).orElseThrow();
  }

  /** Whether a method can say anything of a fibre. */
  boolean isAlive(int fibre) {
    return analysis(fibre).arm(arm).filter(ArmSky::hasSky).isPresent() && !raw.isDead(fibre);
  }

  /** Whether a fibre may judge methods. */
  boolean isJudge(int fibre) {
    return exposure.isJudge(fibre) && !raw.isDead(fibre);
  }

  boolean isSky(int fibre) {
    return frame.fibres().showsSky(fibre);
  }

  /** Cross-talk removed as a fold has it; see {@link Folds}. */
  CleanFrame corrected(int fold) {
    return corrected.computeIfAbsent(
        fold,
        f -> exposure.analysis(f).arm(arm).map(sky -> raw.corrected(sky.crossTalk())).orElse(raw));
  }

  /**
   * The frame as a fold has it, the same for all methods.
   *
   * @param pooled the plate's one pooling, whose skies are taken
   */
  FoldFrame of(int fold, PooledPlate pooled) {
    return folds.computeIfAbsent(fold, f -> new FoldFrame(this, f, common(f, pooled)));
  }

  /**
   * The frame's sky, with what the exposure's other spectrographs say of it. The fibres' equations
   * are of the sky as its own spectrograph alone has it: another look at all frames would be worth
   * 1 % of the error in the red.
   */
  private SkyBasis.Projection common(int fold, PooledPlate pooled) {
    SkyBasis.Projection own = pooled.of(fold).sky(exposure, arm);
    if (companions == null) {
      companions = pooled.companions(exposure, raw.grid());
    }
    return companions
        .flatMap(c -> c.fit(exposure.analysis(fold).arm(arm).orElseThrow().normal(), own))
        .orElse(own);
  }

  /** A fibre's pixels without its neighbours' light. */
  CleanFrame clean(int fibre) {
    return corrected(fold(fibre));
  }

  /** What a fibre recorded without its neighbours' light, its object's smooth light with it. */
  float[] recorded(int fibre) {
    float[] sky = clean(fibre).flux(fibre);
    if (frame.coadd().isEmpty()) {
      return sky;
    }
    float[] recorded = sky.clone();
    float[] object = frame.coadd().get().object()[fibre];
    for (int p = 0; p < recorded.length; p++) {
      // As it was, where it can be used: a sum of a difference rounds.
      recorded[p] = frame.ivar()[fibre][p] > 0 ? frame.flux()[fibre][p] : recorded[p] + object[p];
    }
    return recorded;
  }

  /**
   * What a residual is measured against, electron^2; infinite where unusable.
   *
   * @param sky electron, {@code [nPixel]}
   */
  float[] variance(int fibre, float[] sky) {
    return isSky(fibre) ? clean(fibre).variance(fibre, sky) : clean(fibre).variance(fibre);
  }

  /** The object of a fibre's probe in this arm, electron, {@code [nPixel]}. */
  Optional<float[]> injected(int fibre) {
    return exposure.probe(fibre).map(p -> p.object[arm.ordinal()]);
  }
}
