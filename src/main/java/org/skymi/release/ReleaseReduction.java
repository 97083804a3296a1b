package org.skymi.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skymi.release.ResidualSkyModel.Parts;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.SkyEstimate;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.Instrument;
import org.skymi.survey.ReleaseSpectrum;

/**
 * Models the sky that a survey's pipeline left in the released spectra of one spectrograph, in the
 * windows of sky lines.
 *
 * <p>Everything a fibre is corrected by is learnt from other fibres (folds), and how much of it the
 * fibre has, from the fibre's other windows. Windows in which the faint spectra of the other folds
 * gain nothing stay as they are, and so does the whole set unless four in five of its faint spectra
 * gain. Too few spectra are corrected by what other spectrographs of their plate have in common,
 * with an error that says so, if they gain by it.
 *
 * <p>Statistics before and after are those of the windows without the lines and bands that objects
 * have, as far as the model knows them; they are the same in both.
 */
public final class ReleaseReduction {
  /** Fewer spectra than this can't tell sky from objects: they need others of their plate. */
  public static final int FEWEST = 12;

  private final ReductionOptions options;
  private final Optional<ResidualBase> base;

  /** Without a base model. */
  public ReleaseReduction(ReductionOptions options) {
    this(options, Optional.empty());
  }

  /**
   * @param base what a base model knows
   */
  public ReleaseReduction(ReductionOptions options, Optional<ResidualBase> base) {
    this.options = options;
    this.base = base;
  }

  /**
   * What a reduction of released spectra gives.
   *
   * @param fibres one result per spectrum, in order; {@link Method#SUPER} is the spectrum as
   *     released (a sky of zero), {@link Method#MEMORY} the modelled residual sky, with ivar 0
   *     where nothing is corrected
   * @param training what held-out faint spectra gained: of the whole set, and of each window
   */
  public record Result(List<FibreResult> fibres, List<TrainingStep> training) {}

  /** Number of windows of sky lines that are looked at. */
  public static int windowCount() {
    return TopocentricGrid.lines().size();
  }

  /**
   * Reduces the spectra of one plate and spectrograph, of one version of the survey's pipeline.
   *
   * @param spectra any number
   * @param others spectra of the plate's other spectrographs, of the same version: what too few
   *     spectra are corrected by, rather than by the base model
   */
  public Result reduce(List<ReleaseSpectrum> spectra, List<ReleaseSpectrum> others) {
    ResidualSet set = new ResidualSet(spectra, options.seed());
    if (set.size() >= FEWEST) {
      return many(spectra, set);
    }
    List<TrainingStep> training = new ArrayList<>();
    JudgedWay way = null;
    if (others.size() >= FEWEST) {
      way = byOthers(set.spectra(), new ResidualSet(others, options.seed()), training);
    }
    if ((way == null || !way.isAccepted()) && !spectra.isEmpty()) {
      Optional<PipelineResidual> pipeline =
          base.flatMap(b -> b.pipeline(spectra.get(0).pipelineVersion()))
              .filter(PipelineResidual::holds);
      if (pipeline.isPresent()) {
        Parts[] parts = pipeline.get().predict(set.spectra());
        way = JudgedWay.byOthers(set.spectra(), parts, pipeline.get().windows(), true);
        training.addAll(way.record("residual of the base model", pipeline.get().components()));
      }
    }
    return result(spectra, set, new Ladder(way, null, null), training);
  }

  /**
   * The ways of a set, each on top of the one before; null if it was not tried.
   *
   * @param components by component models
   * @param memory with the base model's memory
   * @param networks with its networks
   */
  private record Ladder(JudgedWay components, JudgedWay memory, JudgedWay networks) {
    /**
     * What the memory's columns hold of a fold's spectra: its own, or what it is no better than.
     */
    JudgedWay memory(int[] fold, int f) {
      return memory != null && memory.replaces(components, fold, f) ? memory : components;
    }

    boolean usesNetworks(int[] fold, int f) {
      return networks != null && networks.replaces(memory(fold, f), fold, f);
    }
  }

  /** Every spectrum by models of others, which others have judged. */
  private Result many(List<ReleaseSpectrum> spectra, ResidualSet set) {
    JudgedWay components = JudgedWay.byFolds(set.spectra(), set.parts(), set.folds());
    List<TrainingStep> training = new ArrayList<>(components.record("residual", set.components()));
    boolean asksMemory = options.methods().contains(Method.MEMORY);
    boolean asksNetworks = options.methods().contains(Method.SMI);
    if (base.filter(ResidualBase::hasNetworks).isEmpty() || !asksMemory && !asksNetworks) {
      return result(spectra, set, new Ladder(components, null, null), training);
    }
    Parts[] remembered = new Parts[set.size()];
    Parts[] expected = new Parts[set.size()];
    try (ResidualNetworks networks = base.get().networks()) {
      for (int f = 0; f < ResidualSet.FOLDS; f++) {
        ResidualSet.Frame frame = set.frame(f);
        ResidualNetworks.Expected own = networks.expected(frame.placed(), asksNetworks);
        for (int i = 0; i < set.size(); i++) {
          if (set.isHeld(i, f)) {
            remembered[i] = frame.with(i, own.memory()[i]);
            expected[i] = asksNetworks ? frame.with(i, own.networks()[i]) : null;
          }
        }
      }
    }
    JudgedWay memory = JudgedWay.byFolds(set.spectra(), remembered, set.folds());
    training.add(
        memory.recordOver("memory over components", set.components(), components, set.folds()));
    JudgedWay smi = null;
    if (asksNetworks) {
      smi = JudgedWay.byFolds(set.spectra(), expected, set.folds());
      training.add(smi.recordOver("networks over memory", set.components(), memory, set.folds()));
    }
    return result(spectra, set, new Ladder(components, memory, smi), training);
  }

  /**
   * Few spectra by a model of other spectrographs, in the windows in which it holds there, if it
   * holds for these, too; null if it holds nowhere.
   */
  private static JudgedWay byOthers(
      GriddedSpectrum[] few, ResidualSet others, List<TrainingStep> training) {
    JudgedWay known = JudgedWay.byFolds(others.spectra(), others.parts(), others.folds());
    if (!known.isAccepted()) {
      return null;
    }
    boolean[] windows = known.gain().windows(new boolean[others.size()]);
    ResidualSkyModel model = ResidualSkyModel.learn(Arrays.asList(others.spectra()));
    Parts[] parts = new Parts[few.length];
    Arrays.setAll(parts, i -> model.predict(few[i], ResidualSet.PARTS));
    double error = new HeldOutGain(few, parts).shareInError(windows);
    Arrays.setAll(parts, i -> parts[i].withError(error));
    JudgedWay way = JudgedWay.byOthers(few, parts, windows, false);
    training.addAll(way.record("residual of others", model.components()));
    return way;
  }

  private Result result(
      List<ReleaseSpectrum> spectra, ResidualSet set, Ladder ladder, List<TrainingStep> training) {
    List<FibreResult> fibres = new ArrayList<>();
    for (int i = 0; i < set.size(); i++) {
      fibres.add(fibre(i, spectra.get(i), set, ladder));
    }
    return new Result(fibres, training);
  }

  private FibreResult fibre(int i, ReleaseSpectrum spectrum, ResidualSet set, Ladder ladder) {
    GriddedSpectrum gridded = set.spectrum(i);
    int fold = set.folds()[i];
    JudgedWay memory = ladder.memory(set.folds(), fold);
    boolean usesNetworks = ladder.usesNetworks(set.folds(), fold);
    double[] star =
        ladder.components() == null
            ? new double[TopocentricGrid.SIZE]
            : ladder.components().parts()[i].star();
    Map<Method, SkyEstimate> skies = new EnumMap<>(Method.class);
    skies.put(Method.SUPER, estimate(spectrum, gridded, star, null, i));
    if (options.methods().contains(Method.FULL)) {
      skies.put(Method.FULL, estimate(spectrum, gridded, star, ladder.components(), i));
    }
    skies.put(Method.MEMORY, estimate(spectrum, gridded, star, memory, i));
    if (ladder.networks() != null) {
      JudgedWay best = usesNetworks ? ladder.networks() : memory;
      skies.put(Method.SMI, estimate(spectrum, gridded, star, best, i));
    }
    Method source = usesNetworks ? Method.SMI : isTaken(memory) ? Method.MEMORY : Method.SUPER;
    double signalToNoise = gridded.signalToNoise();
    return new FibreResult(
        i,
        Double.isNaN(signalToNoise) ? FibreFlag.DEAD : FibreFlag.GOOD,
        FibreResult.Calibration.none(windowCount()),
        new FibreResult.Verdict(true, source, 0, signalToNoise),
        new FibreResult.Recorded(spectrum.flux(), spectrum.ivar()),
        skies);
  }

  private static boolean isTaken(JudgedWay way) {
    return way != null && way.isAccepted();
  }

  /**
   * @param way null to take nothing
   */
  private static SkyEstimate estimate(
      ReleaseSpectrum spectrum, GriddedSpectrum gridded, double[] star, JudgedWay way, int i) {
    float[] sky = new float[spectrum.pixelCount()];
    float[] ivar = new float[sky.length];
    double[] used = new double[TopocentricGrid.SIZE];
    boolean[] corrected = way == null ? null : way.corrected(i);
    for (int k = 0; corrected != null && k < used.length; k++) {
      int window = TopocentricGrid.window(k);
      if (window >= 0 && corrected[window] && gridded.knows(k)) {
        used[k] = way.parts()[i].sky()[k];
        sky[gridded.pixel(k)] = (float) used[k];
        ivar[gridded.pixel(k)] = (float) (1 / way.parts()[i].variance()[k]);
      }
    }
    double[] means = new Sky(sky, ivar).bandMeans(Instrument.LAMOST.bands(), spectrum.wavelength());
    return new SkyEstimate(sky, ivar, means, gridded.statistics(star, used));
  }
}
