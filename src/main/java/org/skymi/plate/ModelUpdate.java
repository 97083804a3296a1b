package org.skymi.plate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.prior.SkyPrior;
import org.skymi.smi.CommonNetwork;
import org.skymi.smi.IndividualNetwork;
import org.skymi.smi.Masters;
import org.skymi.smi.ModelCard;
import org.skymi.smi.ModelFile;
import org.skymi.smi.ModelWriter;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.survey.Arm;
import org.skymi.survey.InputException;

/**
 * Makes the next generation of a base model from it and a night's plates. Prior and networks are
 * judged apart, each on plates held out of its learning, and each stays what it was unless it gets
 * better; if both stay, so does the model.
 *
 * <p>The prior is learnt anew from the model's masters and the night's; judged on the masters of
 * all held-out plates, the model's among them, so that what is learnt does not push out what was
 * known. The individual network is trained on with the night's fibres and goes that part of the way
 * which is the night's share of all plates; judged on the night's held-out plates, so that a night
 * of one plate leaves it alone. The common network stays, because the individual one relies on it.
 */
public final class ModelUpdate {
  /** A basis that fits held-out skies better by less than this is no reason for another model. */
  private static final double LEAST_GAIN = 0.01;

  private final SkyModel base;
  private final ReductionOptions options;
  private final String software;
  private final TrainingPlates plates = new TrainingPlates();
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
    Optional<float[]> individual = judgeNetwork();
    if (!isPriorBetter && individual.isEmpty()) {
      return new Result(Optional.empty(), judgements);
    }
    Map<Arm, SkyPrior> priors = new EnumMap<>(base.priors());
    if (isPriorBetter) {
      grids.forEach((arm, grid) -> priors.put(arm, masters.prior(grid)));
    }
    SkyModel.Weights old = base.weights();
    SkyModel next =
        ModelWriter.write(
            priors,
            base.grids(),
            new SkyModel.Weights(
                old.common(), old.normalisation(), individual.orElse(old.individual())),
            isPriorBetter ? masters : base.masters(),
            new ModelWriter.Learnt(base.memory(), base.networks()),
            new ModelWriter.Origin(options, 1, software, ancestors(), training()),
            metrics);
    return new Result(Optional.of(next), judgements);
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

  private Optional<float[]> judgeNetwork() {
    List<PlateExposure> heldOut = plates.split(true);
    if (heldOut.isEmpty()) {
      judgements.add("networks: kept, a night of one plate has none to hold out");
      return Optional.empty();
    }
    TrainingSets sets = TrainingSets.ofPlates(plates.split(false), heldOut, options);
    TrainingSets every = TrainingSets.ofPlates(plates.all(), List.of(), options);
    float[][] states =
        base.common()
            .map(c -> c.commonStates(every.states, every.exposureOfStates(), plates.exposures()))
            .orElseGet(() -> new float[plates.exposures()][CommonNetwork.SIZE]);
    IndividualNetwork network =
        new IndividualNetwork(options.seed() * 31, base.features(), options);
    network.restore(base.individual());
    double[] before = sets.validate(network, states);
    List<IndividualNetwork.Example> examples = new ArrayList<>(sets.skies);
    sets.increments.forEach(examples::addAll);
    if (examples.isEmpty() || options.training().individualSteps() == 0) {
      judgements.add("networks: kept, nothing to train them with");
      return Optional.empty();
    }
    network.train(
        examples,
        sets.donors,
        states,
        options.training().individualSteps(),
        new Random(options.seed() * 31 + base.card().generation()));
    network.restore(partOfTheWay(base.individual(), network.weights()));
    double[] after = sets.validate(network, states);
    boolean isBetter = TrainingSets.isBetter(after, before);
    metrics.put("loss_before", TrainingSets.mean(before));
    metrics.put("loss_after", TrainingSets.mean(isBetter ? after : before));
    judgements.add(
        String.format(
            Locale.ROOT,
            "networks: held-out loss %.4g, was %.4g: %s",
            TrainingSets.mean(after),
            TrainingSets.mean(before),
            isBetter ? "trained on" : "kept"));
    return isBetter ? Optional.of(network.weights()) : Optional.empty();
  }

  private float[] partOfTheWay(float[] from, float[] to) {
    int own = plates.names().size();
    float share = (float) own / (own + known().size());
    float[] weights = new float[from.length];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = from[k] + share * (to[k] - from[k]);
    }
    return weights;
  }

  private ModelCard.Training training() {
    ModelCard.Training old = base.card().training();
    TrainingSets sets = TrainingSets.ofPlates(plates.split(false), List.of(), options);
    String inventory = old.inventory() + "\n" + plates.inventory();
    return new ModelCard.Training(
        ModelFile.sha256(inventory.getBytes(StandardCharsets.UTF_8)),
        joined(old.plates(), plates.names()),
        joined(old.heldOut(), plates.heldOutNames()),
        old.exposures() + plates.exposures(),
        old.masters() + plates.all().size(),
        old.skyFibres() + sets.skies.size(),
        old.objectFibres() + sets.increments.stream().mapToInt(List::size).sum());
  }

  private static List<String> joined(List<String> a, List<String> b) {
    List<String> both = new ArrayList<>(a);
    both.addAll(b);
    return both;
  }
}
