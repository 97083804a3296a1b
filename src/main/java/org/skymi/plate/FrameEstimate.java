package org.skymi.plate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.calibrate.Throughput;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.FieldStatistics;
import org.skymi.sky.judge.FrameResult;
import org.skymi.sky.judge.Leak;
import org.skymi.sky.judge.Metric;
import org.skymi.sky.judge.ResidualStatistics;
import org.skymi.sky.judge.SkyEstimate;
import org.skymi.sky.prior.SkyBasis;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.PipelineSky;
import org.skymi.sky.supersky.SkyColumns;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.sky.supersky.SuperSky;
import org.skymi.smi.ReductionOptions;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;

/**
 * The second pass over one frame: both skies of every fibre on its native pixels, and what their
 * residuals say.
 */
final class FrameEstimate {
  /**
   * Residuals count up to this many standard errors, so that a cosmic ray does not decide between
   * methods.
   */
  private static final double CLIP = 5;

  private final Frame frame;
  private final PlateExposure exposure;
  private final PlateModel model;
  private final ReductionOptions options;
  private final Arm arm;
  private final CleanFrame raw;

  /** By fold: cross-talk removed as that fold has it. */
  private final Map<Integer, CleanFrame> corrected = new HashMap<>();

  /** By fold: what its sky fibres taught. */
  private final Map<Integer, PipelineSky> superSkies = new HashMap<>();

  FrameEstimate(Frame frame, PlateExposure exposure, PlateModel model, ReductionOptions options) {
    this.frame = frame;
    this.exposure = exposure;
    this.model = model;
    this.options = options;
    this.arm = frame.id().arm();
    this.raw = CleanFrame.of(frame);
  }

  /** The frame's result. */
  FrameResult result() {
    int n = frame.fibreCount();
    SuperSky.Sky[] pipeline = new SuperSky.Sky[n];
    SuperSky.Sky[] smi = new SuperSky.Sky[n];
    for (int i = 0; i < n; i++) {
      FoldModel own = model.modelFor(exposure, i);
      Optional<ArmSky> sky = own.analysis(exposure).arm(arm).filter(ArmSky::hasSky);
      boolean alive = sky.isPresent() && !raw.isDead(i);
      pipeline[i] =
          alive ? superSky(own.fold(), sky.get()).sky(i, frame.wavelength()[i]) : unknown();
      smi[i] =
          alive ? individual(own, sky.get(), i, own.coefficients(exposure, i, arm)) : unknown();
    }
    double[] advantage = new double[n];
    for (int i = 0; i < n; i++) {
      advantage[i] = isJudge(i) ? chi2(i, pipeline[i]) - chi2(i, smi[i]) : 0;
    }
    List<FibreResult> fibres = new ArrayList<>();
    float[][] superSkies = new float[n][];
    float[][] smiSkies = new float[n][];
    for (int i = 0; i < n; i++) {
      boolean fallback = fallsBack(i, advantage);
      SuperSky.Sky best = fallback ? pipeline[i] : smi[i];
      fibres.add(fibre(i, pipeline[i], best, fallback));
      if (isJudge(i)) {
        superSkies[i] = pipeline[i].flux();
        smiSkies[i] = best.flux();
      }
    }
    ArmSky whole = exposure.analysis(-1).arm(arm).orElseThrow();
    int skies = frame.fibres().indicesOf(FibreType.SKY).length;
    CleanFrame clean = corrected(-1);
    return new FrameResult(
        frame,
        fibres,
        whole.trained().length,
        skies - whole.trained().length,
        whole.crossTalk().k1(),
        whole.crossTalk().k1Error(),
        whole.crossTalk().k2(),
        raw.cosmicRays(),
        FieldStatistics.of(clean, frame.fibres(), superSkies),
        FieldStatistics.of(clean, frame.fibres(), smiSkies));
  }

  private SuperSky.Sky unknown() {
    float[] nothing = new float[frame.pixelCount()];
    Arrays.fill(nothing, Float.NaN);
    return new SuperSky.Sky(nothing, new float[nothing.length]);
  }

  private SuperSky.Sky individual(FoldModel own, ArmSky analysed, int fibre, double[] z) {
    SkyBasis.Projection sky = own.sky(exposure, arm.ordinal());
    double[] wavelength = frame.wavelength()[fibre];
    float[] flux =
        new SkyColumns(analysed.grid(), sky.coefficients())
            .sky(z, analysed.calibration(), fibre, wavelength);
    double lines = own.analysis(exposure).throughput(fibre).greyError();
    double scale = Math.max(model.scaleError(arm), lines);
    return new SuperSky.Sky(
        flux, SuperSky.ivar(analysed.grid(), sky.variance(), flux, z[0], scale, wavelength));
  }

  private boolean isJudge(int fibre) {
    return exposure.isJudge(fibre) && !raw.isDead(fibre);
  }

  /**
   * Super Sky is kept where held-out fibres of other folds say that SMI is worse; those of a
   * fibre's own must not say.
   */
  private boolean fallsBack(int fibre, double[] advantage) {
    double sum = 0;
    for (int i = 0; i < advantage.length; i++) {
      int fold = exposure.folds.foldOf(i);
      boolean own = fold >= 0 && fold == exposure.folds.foldOf(fibre);
      sum += own ? 0 : advantage[i];
    }
    return sum < 0;
  }

  private double chi2(int fibre, SuperSky.Sky sky) {
    CleanFrame clean = corrected(exposure.folds.foldOf(fibre));
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

  private PipelineSky superSky(int fold, ArmSky sky) {
    return superSkies.computeIfAbsent(
        fold, f -> PipelineSky.learn(sky, corrected(f), options.superSky()));
  }

  private CleanFrame corrected(int fold) {
    return corrected.computeIfAbsent(
        fold,
        f -> exposure.analysis(f).arm(arm).map(sky -> raw.corrected(sky.crossTalk())).orElse(raw));
  }

  private FibreResult fibre(int fibre, SuperSky.Sky pipeline, SuperSky.Sky smi, boolean fallback) {
    FoldModel own = model.modelFor(exposure, fibre);
    SpectrographSky both = own.analysis(exposure);
    ArmSky sky = both.arm(arm).orElseThrow();
    FibreCalibration calibration = sky.calibration();
    Throughput.Estimate throughput = both.throughput(fibre);
    Optional<SkyEstimate> full =
        options.fullBaseline() && sky.hasSky() && !raw.isDead(fibre)
            ? Optional.of(SuperSky.full(both, sky, fibre, frame.wavelength()[fibre]))
                .map(s -> estimate(fibre, s, p -> fullWith(p, fibre)))
            : Optional.empty();
    FibreFlag flag = exposure.analysis(-1).flag(fibre);
    return new FibreResult(
        fibre,
        flag,
        signalToNoise(fibre, smi),
        throughput.grey(),
        throughput.greyError(),
        -calibration.shift(fibre),
        calibration.shiftError(fibre),
        -2 * calibration.slope(fibre),
        calibration.width(fibre),
        calibration.widthError(fibre),
        calibration.lines(fibre),
        exposure.folds.foldOf(fibre) >= 0,
        fallback,
        own.networkSteps(),
        corrected(exposure.folds.foldOf(fibre)).flux(fibre),
        fluxIvar(fibre, smi),
        estimate(fibre, pipeline, p -> pipelineWith(p, fibre)),
        full,
        estimate(fibre, smi, p -> fallback ? pipelineWith(p, fibre) : smiWith(p, fibre)));
  }

  private SuperSky.Sky pipelineWith(Probe probe, int fibre) {
    FoldModel own = model.modelFor(exposure, fibre);
    ArmSky sky = own.analysis(exposure).arm(arm).orElseThrow();
    CleanFrame with = raw.with(fibre, probe.object[arm.ordinal()]).corrected(sky.crossTalk());
    return superSky(own.fold(), sky)
        .with(probe.sky.arm(arm).orElseThrow(), with)
        .sky(fibre, frame.wavelength()[fibre]);
  }

  private SuperSky.Sky fullWith(Probe probe, int fibre) {
    return SuperSky.full(
        probe.sky, probe.sky.arm(arm).orElseThrow(), fibre, frame.wavelength()[fibre]);
  }

  private SuperSky.Sky smiWith(Probe probe, int fibre) {
    FoldModel own = model.modelFor(exposure, fibre);
    double[] z = own.probed(exposure, fibre, arm);
    return individual(own, probe.sky.arm(arm).orElseThrow(), fibre, z);
  }

  /**
   * @param with the same method's sky with an object in the fibre
   */
  private SkyEstimate estimate(int fibre, SuperSky.Sky sky, Function<Probe, SuperSky.Sky> with) {
    double[] wavelength = frame.wavelength()[fibre];
    CleanFrame clean = corrected(exposure.folds.foldOf(fibre));
    ResidualStatistics statistics =
        ResidualStatistics.of(
            clean.flux(fibre),
            variance(fibre, sky),
            sky.flux(),
            sky.ivar(),
            wavelength,
            clean.grid(),
            isSky(fibre));
    Optional<Probe> probe = exposure.probe(fibre).filter(p -> p.object[arm.ordinal()] != null);
    if (probe.isPresent()) {
      float[] object = probe.get().object[arm.ordinal()];
      double leak = Leak.of(with.apply(probe.get()).flux(), sky.flux(), object);
      statistics = statistics.with(Metric.LEAK, leak);
    }
    return new SkyEstimate(sky.flux(), sky.ivar(), sky.bandMeans(wavelength), statistics);
  }

  private boolean isSky(int fibre) {
    return frame.fibres().type()[fibre] == FibreType.SKY;
  }

  /** What a residual is measured against; infinite where unusable. */
  private float[] variance(int fibre, SuperSky.Sky sky) {
    CleanFrame clean = corrected(exposure.folds.foldOf(fibre));
    return isSky(fibre) ? clean.variance(fibre, sky.flux()) : clean.variance(fibre);
  }

  private float[] fluxIvar(int fibre, SuperSky.Sky sky) {
    float[] ivar = variance(fibre, sky).clone();
    for (int p = 0; p < ivar.length; p++) {
      ivar[p] = ivar[p] > 0 ? 1 / ivar[p] : 0; // 0 of infinity; NaN where there is no sky
    }
    return ivar;
  }

  private double signalToNoise(int fibre, SuperSky.Sky sky) {
    CleanFrame clean = corrected(exposure.folds.foldOf(fibre));
    double[] ratio = new double[frame.pixelCount()];
    for (int p = 0; p < ratio.length; p++) {
      ratio[p] = (clean.flux(fibre)[p] - sky.flux()[p]) / Math.sqrt(clean.variance(fibre)[p]);
    }
    return RobustStatistics.median(ratio);
  }
}
