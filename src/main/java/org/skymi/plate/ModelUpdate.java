package org.skymi.plate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.MemorySums;
import org.skymi.sky.memory.Prediction;
import org.skymi.sky.prior.SkyPrior;
import org.skymi.smi.CrossFit;
import org.skymi.smi.FrameNetworks;
import org.skymi.smi.Masters;
import org.skymi.smi.ModelCard;
import org.skymi.smi.ModelFile;
import org.skymi.smi.ModelWriter;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.Arm;
import org.skymi.survey.InputException;

/**
 * Makes the next generation of a base model from it and a night's plates. Prior, memory and
 * networks are judged apart, and each stays what it was unless it gets better; if all stay, so does
 * the model.
 *
 * <p>The prior is learnt anew from the model's masters and the night's; judged on the masters of
 * all held-out plates, the model's among them, so that what is learnt does not push out what was
 * known. The memory takes the night's sky fibres in as if it had known them at first; judged by
 * what it would have expected of each plate of the night with the others taken in, so that a night
 * of one plate leaves it alone. The networks adapt to the night as to a plate, see {@link
 * FrameNetworks#adapt}: increments that help fibres which taught nothing stay.
 */
public final class ModelUpdate {
  /** A basis that fits held-out skies better by less than this is no reason for another model. */
  private static final double LEAST_GAIN = 0.01;

  /** What a fibre counts at most for or against a memory, nat. */
  private static final double MOST_GAIN = 10;

  private final SkyModel base;
  private final ReductionOptions options;
  private final String software;
  private final TrainingPlates plates;
  private final List<String> judgements = new ArrayList<>();
  private final Map<String, Double> metrics = new TreeMap<>();

  /**
   * @param options of the training
   * @param software version of the program, for the card
   * @throws InputException if the model does not hold its masters
   */
  public ModelUpdate(SkyModel base, ReductionOptions options, String software) {
    if (base.masters().isEmpty()) {
      throw new InputException(
          base.name() + ": has no masters to be updated with; make it anew by skymi pretrain");
    }
    this.base = base;
    this.plates = new TrainingPlates(base.patterns());
    this.options = options;
    this.software = software;
  }

  /**
   * What became of an update.
   *
   * @param model the next generation; empty if the model is kept
   * @param judgements what was compared, a line each
   */
  public record Result(Optional<SkyModel> model, List<String> judgements) {}

  /** What is learnt from, to be filled. */
  public TrainingPlates plates() {
    return plates;
  }

  /**
   * Trains.
   *
   * @throws InputException if the plates' pixels are not the model's
   */
  public Result train() {
    if (plates.isEmpty()) {
      return new Result(Optional.empty(), List.of("nothing to learn that the model has not seen"));
    }
    Map<Arm, SkyGrid> grids = plates.grids();
    grids.values().forEach(base::prior);
    Masters masters = base.masters().and(plates.masters(known().size()));
    boolean isPriorBetter = judgePrior(grids, masters);
    Optional<LinearMemory> memory = judgeMemory();
    Map<Arm, byte[]> networks = judgeNetworks();
    if (!isPriorBetter && memory.isEmpty() && networks.isEmpty()) {
      return new Result(Optional.empty(), judgements);
    }
    Map<Arm, byte[]> next = new TreeMap<>();
    next.putAll(base.networks());
    next.putAll(networks);
    Map<Arm, SkyPrior> priors = new TreeMap<>(base.priors());
    if (isPriorBetter) {
      grids.forEach((arm, grid) -> priors.put(arm, masters.prior(grid)));
    }
    SkyModel model =
        ModelWriter.write(
            priors,
            base.grids(),
            isPriorBetter ? masters : base.masters(),
            new ModelWriter.Learnt(base.patterns(), memory.or(base::memory), next, base.released()),
            new ModelWriter.Origin(options, 1, software, ancestors(), training()),
            metrics);
    return new Result(Optional.of(model), judgements);
  }

  private List<String> known() {
    return base.card().training().plates();
  }

  private List<String> ancestors() {
    List<String> ancestors = new ArrayList<>(base.card().ancestors());
    ancestors.add(base.digest());
    return ancestors;
  }

  private boolean judgePrior(Map<Arm, SkyGrid> grids, Masters masters) {
    Set<String> heldOut = new HashSet<>(base.card().training().heldOut());
    heldOut.addAll(plates.heldOutNames());
    List<String> names = new ArrayList<>(known());
    names.addAll(plates.names());
    IntPredicate judges = plate -> heldOut.contains(names.get(plate));
    Masters test = masters.of(judges);
    boolean isBetter = false;
    boolean isWorse = false;
    for (Map.Entry<Arm, SkyGrid> e : grids.entrySet()) {
      Masters old = base.masters().of(judges.negate());
      Masters now = masters.of(judges.negate());
      String arm = e.getKey().name().toLowerCase(Locale.ROOT);
      if (!old.has(e.getKey()) || !test.has(e.getKey())) {
        judgements.add("prior, " + arm + ": no held-out plates to judge it");
        continue;
      }
      double before = test.misfit(e.getKey(), old.basis(e.getValue()));
      double after = test.misfit(e.getKey(), now.basis(e.getValue()));
      metrics.put("basis_chi_" + arm, after);
      isBetter |= after < before * (1 - LEAST_GAIN);
      isWorse |= !(after <= before);
      judgements.add(
          String.format(Locale.ROOT, "prior, %s: held-out chi %.4f, was %.4f", arm, after, before));
    }
    boolean isTaken = isBetter && !isWorse;
    judgements.add("prior: " + (isTaken ? "learnt anew" : "kept"));
    return isTaken;
  }

  private Optional<LinearMemory> judgeMemory() {
    List<List<FrameEquations>> all = plates.equations();
    if (base.memory().isEmpty() || all.size() < 2) {
      judgements.add("memory: kept, nothing to judge it by in a night of one plate");
      return Optional.empty();
    }
    LinearMemory old = base.memory().get();
    List<Double> gains = new ArrayList<>();
    for (int plate = 0; plate < all.size(); plate++) {
      int own = plate;
      MemorySums sums = new MemorySums();
      IntStream.range(0, all.size())
          .filter(p -> p != own)
          .forEach(p -> all.get(p).forEach(frame -> sums.add(old, frame)));
      LinearMemory others = sums.addedTo(old);
      for (FrameEquations frame : all.get(plate)) {
        Prediction[] before = old.predict(frame, i -> true);
        Prediction[] after = others.predict(frame, i -> true);
        for (int i = 0; i < before.length; i++) {
          FrameEquations.Fibre fibre = frame.fibres()[i];
          if (fibre.teaches() && fibre.equations() != null) {
            gains.add(before[i].surprise(fibre.equations()) - after[i].surprise(fibre.equations()));
          }
        }
      }
    }
    SummaryStatistics each = new SummaryStatistics();
    gains.stream().filter(Double::isFinite).forEach(g -> each.addValue(bounded(g)));
    double error = each.getStandardDeviation() / Math.sqrt(each.getN());
    boolean isBetter = each.getN() > 1 && each.getMean() > error;
    judgements.add(
        String.format(
            Locale.ROOT,
            "memory: %.2f +- %.2f nat gained by a sky fibre of another plate of the night: %s",
            each.getMean(),
            error,
            isBetter ? "the night is taken in" : "kept"));
    if (!isBetter) {
      return Optional.empty();
    }
    MemorySums sums = new MemorySums();
    all.forEach(plate -> plate.forEach(frame -> sums.add(old, frame)));
    return Optional.of(sums.addedTo(old));
  }

  /** One wild fibre must not decide. */
  private static double bounded(double gain) {
    return Math.max(-MOST_GAIN, Math.min(MOST_GAIN, gain));
  }

  /** Networks that got better, by arm. */
  private Map<Arm, byte[]> judgeNetworks() {
    Map<Arm, byte[]> better = new TreeMap<>();
    base.networks()
        .forEach(
            (arm, bytes) -> {
              try (FrameNetworks networks = FrameNetworks.read(bytes)) {
                List<FrameNetworks.Seen> frames = frames(arm);
                if (frames.isEmpty()) {
                  return;
                }
                List<TrainingStep> steps =
                    networks.adapt(frames, options.adaptation(), -1, arm.letter());
                List<String> kept =
                    steps.stream()
                        .filter(TrainingStep::isProgress)
                        .map(TrainingStep::stage)
                        .toList();
                double[] losses =
                    steps.stream()
                        .filter(TrainingStep::accepted)
                        .mapToDouble(step -> step.losses().heldOut())
                        .toArray();
                judgements.add(
                    String.format(
                        Locale.ROOT,
                        "networks, %s: held-out loss %.4g, was %.4g: %s",
                        arm.label(),
                        losses[losses.length - 1],
                        losses[0],
                        kept.isEmpty() ? "kept" : "trained on, " + String.join(", ", kept)));
                if (!kept.isEmpty()) {
                  better.put(arm, networks.bytes());
                }
              }
            });
    return better;
  }

  /**
   * The night's frames by the memory that has not seen them, each with all its fibres judged once.
   */
  private List<FrameNetworks.Seen> frames(Arm arm) {
    List<FrameNetworks.Seen> frames = new ArrayList<>();
    for (List<FrameEquations> plate : plates.equations()) {
      for (FrameEquations frame : plate) {
        if (frame.arm() == arm.ordinal()) {
          CrossFit.Placed placed = NetworkLearning.placed(base.instrument(), frame);
          LinearMemory memory = base.memory().orElseThrow();
          frames.addAll(CrossFit.taught(memory, placed, 0, CrossFit.FIBRE_FOLDS));
        }
      }
    }
    return frames;
  }

  private ModelCard.Training training() {
    ModelCard.Training old = base.card().training();
    String inventory = old.inventory() + "\n" + plates.inventory();
    return new ModelCard.Training(
        ModelFile.sha256(inventory.getBytes(StandardCharsets.UTF_8)),
        joined(old.plates(), plates.names()),
        joined(old.heldOut(), plates.heldOutNames()),
        old.exposures() + plates.exposures(),
        old.masters() + plates.all().size(),
        old.skyFibres() + TrainingPlates.fibres(plates.all(), true),
        old.objectFibres() + TrainingPlates.fibres(plates.all(), false));
  }

  private static List<String> joined(List<String> a, List<String> b) {
    List<String> both = new ArrayList<>(a);
    both.addAll(b);
    return both;
  }
}
