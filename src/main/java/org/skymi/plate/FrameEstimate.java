package org.skymi.plate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.calibrate.Throughput;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.FieldStatistics;
import org.skymi.sky.judge.FrameResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.SkyEstimate;
import org.skymi.sky.recipe.SkyRecipe;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.survey.Frame;

/**
 * The second pass over one frame: the sky of every fibre on its native pixels by each method, then
 * what their residuals say.
 */
final class FrameEstimate {
  /** Relative error of a throughput beyond which nobody knows how bright the fibre's sky is. */
  private static final double CALIBRATED = 0.1;

  private final long start = System.nanoTime();
  private final FramePixels pixels;
  private final PlateMethods methods;
  private final Map<Method, SkyMethod.FrameSkies> asked = new EnumMap<>(Method.class);
  private final Map<Method, Sky[]> skies = new EnumMap<>(Method.class);
  private final FrameJudge judge;

  FrameEstimate(Frame frame, PlateExposure exposure, PlateMethods methods) {
    this.pixels = new FramePixels(frame, exposure);
    this.methods = methods;
    this.judge = new FrameJudge(pixels);
    for (SkyMethod method : methods.all()) {
      method
          .skies(pixels)
          .ifPresent(
              own -> {
                asked.put(method.name(), own);
                skies.put(method.name(), new Sky[pixels.fibres()]);
              });
    }
    // Fibre by fibre: what methods share of one is made once.
    for (int i = 0; i < pixels.fibres(); i++) {
      int fibre = i;
      asked.forEach((method, own) -> skies.get(method)[fibre] = sky(own, fibre));
    }
  }

  private Sky sky(SkyMethod.FrameSkies own, int fibre) {
    return pixels.isAlive(fibre) ? own.sky(fibre) : Sky.unknown(pixels.frame.pixelCount());
  }

  /** The frame's result. */
  FrameResult result() {
    Frame frame = pixels.frame;
    Fallback fallback = new Fallback(pixels, skies);
    List<FibreResult> fibres = new ArrayList<>();
    for (int i = 0; i < pixels.fibres(); i++) {
      fibres.add(fibre(i, fallback));
    }
    Map<Method, FieldStatistics> field = new EnumMap<>(Method.class);
    for (Method method : fibres.get(0).skies().keySet()) {
      float[][] judged = new float[fibres.size()][];
      for (int i = 0; i < judged.length; i++) {
        judged[i] = pixels.isJudge(i) ? fibres.get(i).skies().get(method).sky() : null;
      }
      field.put(method, FieldStatistics.of(pixels.corrected(-1), frame.fibres(), judged));
    }
    ArmSky whole = pixels.exposure.analysis(-1).arm(pixels.arm).orElseThrow();
    int skyFibres = frame.fibres().where(frame.fibres()::showsSky).length;
    return new FrameResult(
        frame,
        fibres,
        whole.trained().length,
        skyFibres - whole.trained().length,
        whole.crossTalk(),
        pixels.raw.cosmicRays(),
        field,
        recipes(),
        (System.nanoTime() - start) / 1e9);
  }

  private List<SkyRecipe> recipes() {
    return IntStream.range(0, pixels.fibres())
        .map(pixels::fold)
        .distinct()
        .sorted()
        .mapToObj(this::recipe)
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<SkyRecipe> recipe(int fold) {
    RecipeBuilder recipe = new RecipeBuilder(pixels, fold);
    asked.forEach((method, own) -> own.tell(method, recipe));
    return recipe.build();
  }

  private FibreResult fibre(int fibre, Fallback fallback) {
    Map<Method, SkyEstimate> estimates = new EnumMap<>(Method.class);
    Method source = Method.SUPER;
    Sky best = null;
    for (SkyMethod each : methods.all()) {
      Method method = each.name();
      if (!skies.containsKey(method) && method != Method.SMI) {
        continue;
      }
      source = fallback.source(method, fibre);
      best = skies.get(source)[fibre];
      estimates.put(
          method,
          source == method
              ? judge.estimate(fibre, best, asked.get(method))
              : estimates.get(source));
    }
    return new FibreResult(
        fibre,
        flag(fibre),
        calibration(fibre),
        new FibreResult.Verdict(
            pixels.fold(fibre) >= 0,
            source,
            methods.networkSteps(pixels.fold(fibre), pixels.arm),
            judge.signalToNoise(fibre, best)),
        judge.recorded(fibre, best),
        estimates);
  }

  /** What is wrong with the fibre, or else with what was estimated for it. */
  private FibreFlag flag(int fibre) {
    FibreFlag flag = pixels.exposure.analysis(-1).flag(fibre);
    if (flag != FibreFlag.GOOD) {
      return flag;
    }
    if (!pixels.isAlive(fibre)) {
      return pixels.raw.isDead(fibre) ? FibreFlag.DEAD : FibreFlag.NO_SKY_ESTIMATE;
    }
    boolean isCalibrated = pixels.analysis(fibre).throughput(fibre).greyError() < CALIBRATED;
    return isCalibrated ? FibreFlag.GOOD : FibreFlag.UNCALIBRATED;
  }

  private FibreResult.Calibration calibration(int fibre) {
    Throughput.Estimate throughput = pixels.analysis(fibre).throughput(fibre);
    FibreCalibration own = pixels.sky(fibre).calibration();
    return new FibreResult.Calibration(
        new FibreResult.Measured(throughput.grey(), throughput.greyError()),
        new FibreResult.Measured(-own.shift(fibre), own.shiftError(fibre)),
        -2 * own.slope(fibre),
        new FibreResult.Measured(
            own.width(fibre, pixels.sky(fibre).grid().optics().pivot()), own.widthError(fibre)),
        own.lines(fibre));
  }
}
