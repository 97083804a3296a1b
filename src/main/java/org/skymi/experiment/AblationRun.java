package org.skymi.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.skymi.math.RobustStatistics;
import org.skymi.plate.AnalysedPlate;
import org.skymi.plate.PlateReduction;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.FrameResult;
import org.skymi.sky.judge.HoldOut;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.TruthStatistics;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.Frame;
import org.skymi.survey.SkyBand;

/** Reduces simulated plates by every variant and judges each against the truth. */
public final class AblationRun {
  private final List<AblationVariant> variants;
  private final Function<AblationVariant, ReductionOptions> options;
  private final Optional<SkyModel> model;
  private final Consumer<String> progress;
  private final List<Tally> tallies = new ArrayList<>();
  private double analysisSeconds;
  private int plates;

  /**
   * @param options of the reduction that each variant needs
   * @param model for the variants with a base model
   * @param progress told of every step
   */
  public AblationRun(
      List<AblationVariant> variants,
      Function<AblationVariant, ReductionOptions> options,
      Optional<SkyModel> model,
      Consumer<String> progress) {
    this.variants = variants;
    this.options = options;
    this.model = model;
    this.progress = progress;
    variants.forEach(v -> tallies.add(new Tally()));
  }

  /** What a variant has come to so far. */
  private static final class Tally {
    private final List<Ablation.Score> scores = new ArrayList<>();
    private double seconds;
    private int fibres;
    private int fallbacks;
    private int steps;
    private int kept;

    /** The common stage has nothing to judge it by, and is not counted. */
    void count(List<TrainingStep> training) {
      for (TrainingStep step : training) {
        if (step.isIndividual()) {
          steps++;
          kept += step.accepted() ? 1 : 0;
        }
      }
    }

    double keptShare() {
      return steps == 0 ? Double.NaN : 100.0 * kept / steps;
    }
  }

  /** Simulates a plate and judges every variant on it. */
  public void add(PlateDesign design) throws IOException {
    SimulatedPlate simulated = new SimulatedPlate(design);
    long start = System.nanoTime();
    AnalysedPlate plate = AnalysedPlate.of(simulated.frames(), HoldOut.BLOCKS);
    double seconds = seconds(start);
    analysisSeconds += seconds;
    progress.accept(String.format(Locale.ROOT, "%s: analysed in %.1f s", design.planId(), seconds));
    for (int v = 0; v < variants.size(); v++) {
      AblationVariant variant = variants.get(v);
      Tally tally = tallies.get(v);
      PlateReduction reduction =
          new PlateReduction(
              options.apply(variant), variant.withModel() ? model : Optional.empty());
      long begin = System.nanoTime();
      List<TrainingStep> steps =
          reduction.reduce(
              plate, result -> judge(variant, result, simulated.frame(result.frame().id()), tally));
      tally.count(steps);
      double own = seconds(begin);
      tally.seconds += own;
      progress.accept(
          String.format(
              Locale.ROOT,
              "%s: %d/%d %s: %s in %.1f s",
              design.planId(),
              v + 1,
              variants.size(),
              variant.group(),
              variant.name(),
              own));
    }
    plates++;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private void judge(
      AblationVariant variant, FrameResult result, SimulatedFrame simulated, Tally tally) {
    Frame frame = result.frame();
    List<TruthStatistics> found = new ArrayList<>();
    for (FibreResult fibre : result.fibres()) {
      int i = fibre.fibreIndex();
      if (frame.fibres().type()[i].isTarget() && fibre.flag() != FibreFlag.DEAD) {
        float[] sky = fibre.skies().get(variant.judged()).sky();
        found.add(TruthStatistics.of(sky, simulated.truthSky()[i], frame.wavelength()[i]));
        tally.fibres++;
        tally.fallbacks += fibre.fallsBack() ? 1 : 0;
      }
    }
    for (SkyBand band : SkyBand.values()) {
      int b = band.ordinal();
      if (band.arm() == frame.id().arm()) {
        double[] rms = found.stream().mapToDouble(t -> t.rms()[b]).toArray();
        double[] bias = found.stream().mapToDouble(t -> t.bias()[b]).toArray();
        tally.scores.add(
            new Ablation.Score(
                plates, band, RobustStatistics.median(rms), RobustStatistics.nmad(bias)));
      }
    }
  }

  /**
   * The result.
   *
   * @param simulated what the plates are, for reading
   */
  public Ablation result(String simulated) {
    List<Ablation.Row> rows = new ArrayList<>();
    for (int v = 0; v < variants.size(); v++) {
      AblationVariant variant = variants.get(v);
      Tally tally = tallies.get(v);
      boolean fallsBack = variant.judged() == Method.SMI;
      rows.add(
          new Ablation.Row(
              variant.group(),
              variant.name(),
              variant.text(),
              tally.seconds,
              tally.keptShare(),
              fallsBack ? 100.0 * tally.fallbacks / Math.max(1, tally.fibres) : Double.NaN,
              List.copyOf(tally.scores)));
    }
    return new Ablation(simulated, analysisSeconds, rows);
  }
}
