package org.skymi.plate;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.memory.EpochSums;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.MemorySums;
import org.skymi.smi.CommonNetwork;
import org.skymi.smi.CrossFit;
import org.skymi.smi.FibreFeatures;
import org.skymi.smi.FrameNetworks;
import org.skymi.smi.IndividualNetwork;
import org.skymi.smi.ReductionOptions;
import org.skymi.survey.Arm;
import org.skymi.survey.InputException;

/**
 * A share of a base model's training plates, trained on and judged by itself; see {@link
 * Pretraining}. Its numbers depend on its plates, its number and what it is told, and on nothing of
 * where or when it is.
 */
public final class TrainingShard implements Serializable {
  private static final long serialVersionUID = 1;

  private final int number;
  private final ReductionOptions options;
  private final TrainingPlates plates;

  /** Made when first needed, where it is needed, and not sent. */
  private transient TrainingSets sets;

  private transient TrainingSets every;

  /**
   * @param number of the shard, 0 ...
   * @param options of the training
   * @param planned number of plates of all shards
   */
  public TrainingShard(int number, ReductionOptions options, int planned) {
    this.number = number;
    this.options = options;
    this.plates = new TrainingPlates(planned);
  }

  /**
   * Takes a plate.
   *
   * @param index of the plate among those of all shards, which decides if it is held out
   * @param name of the plate
   * @param digest of its files, for the training inventory
   * @throws IOException if a frame can't be read for now
   */
  public void add(int index, String name, String digest, PlateFrames frames) throws IOException {
    plates.add(index, name, digest, frames);
  }

  /**
   * What of a shard the others and the prior need to know.
   *
   * @param plates with usable frames
   * @param skies sky fibres that train
   * @param objects object fibres that may
   */
  record Summary(
      List<TrainingPlates.Summary> plates,
      Map<Arm, SkyGrid> grids,
      int exposures,
      int skies,
      int objects,
      CommonNetwork.Moments moments)
      implements Serializable {}

  /** What the shard has. */
  Summary summary() {
    TrainingSets own = sets();
    return new Summary(
        plates.summaries(),
        plates.gridsFound(),
        plates.exposures(),
        own.skies.size(),
        own.increments.stream().mapToInt(List::size).sum(),
        CommonNetwork.Moments.of(own.states));
  }

  /**
   * What a round made of a network.
   *
   * @param state the network's, with the optimiser's
   * @param fibres trained with; 0 if there was nothing to train with, and the state is as before
   * @param loss at the end; NaN for the common network
   * @param information at the end, nat
   */
  record Trained(float[] state, int fibres, double loss, double information)
      implements Serializable {}

  /**
   * What the shard's frames say of the next memory of fibres.
   *
   * @param without nights that don't teach it
   */
  MemorySums sums(LinearMemory last, Set<Integer> without) {
    MemorySums sums = new MemorySums();
    equations().stream()
        .filter(frame -> !without.contains(frame.when().night()))
        .forEach(frame -> sums.add(last, frame));
    return sums;
  }

  /** Nights of the shard's frames. */
  TreeSet<Integer> nights() {
    return equations().stream()
        .map(frame -> frame.when().night())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Number of an arm's frames. */
  int frames(Arm arm) {
    return (int) equations().stream().filter(f -> f.arm() == arm.ordinal()).count();
  }

  /**
   * Frames of an arm for networks to train on, evenly drawn, each by the memory of other nights.
   *
   * @param share of the frames
   * @param times how often each frame is taken, with other fibres judged
   */
  List<FrameNetworks.Seen> taught(Arm arm, NightFolds memories, double share, int times) {
    List<FrameNetworks.Seen> taught = new ArrayList<>();
    double due = 0;
    for (FrameEquations frame : equations()) {
      if (frame.arm() != arm.ordinal()) {
        continue;
      }
      due += share;
      if (due >= 1) {
        due -= 1;
        LinearMemory memory = memories.of(frame.when().night());
        CrossFit.Placed placed = NetworkLearning.placed(frame);
        for (int k = 0; k < times; k++) {
          taught.add(CrossFit.taught(memory, placed, k));
        }
      }
    }
    return taught;
  }

  /** How far the shard's fibres are off a memory, night by night. */
  EpochSums epochs(LinearMemory memory) {
    EpochSums sums = new EpochSums();
    equations().forEach(frame -> sums.add(memory, frame));
    return sums;
  }

  private List<FrameEquations> equations() {
    return plates.all().stream().flatMap(e -> e.equations().stream()).toList();
  }

  /** Trains the common network for a round. */
  Trained trainCommon(float[] state, double[] normalisation, int round) {
    TrainingSets own = sets();
    CommonNetwork network = common(state, normalisation);
    double information =
        own.states.isEmpty()
            ? Double.NaN
            : network.train(
                own.states,
                own.exposureOfStates(),
                options.training().commonSteps(),
                random(1000 + round));
    boolean isTold = !Double.isNaN(information);
    return new Trained(
        network.state(), isTold ? own.states.size() : 0, Double.NaN, isTold ? information : 0);
  }

  /**
   * The common network as it is used.
   *
   * @param weights none if there is no common network
   */
  record Common(float[] weights, double[] normalisation) implements Serializable {}

  /**
   * Trains the individual network for a round.
   *
   * @param increments of object fibres that have joined
   */
  Trained trainIndividual(
      FibreFeatures features, float[] state, Common common, int increments, int round) {
    TrainingSets own = sets();
    List<IndividualNetwork.Example> examples = new ArrayList<>(own.skies);
    own.increments.subList(0, increments).forEach(examples::addAll);
    if (examples.isEmpty()) {
      return new Trained(state, 0, 0, 0);
    }
    IndividualNetwork network = individual(features, state);
    IndividualNetwork.Progress progress =
        network.train(
            examples,
            own.donors,
            states(common),
            options.training().individualSteps(),
            random(round));
    return new Trained(
        network.state(), examples.size(), progress.loss(), progress.individualInformation());
  }

  /** Losses of an individual network on the shard's held-out plates, one a sky fibre. */
  double[] validate(FibreFeatures features, float[] state, Common common) {
    return sets().validate(individual(features, state), states(common));
  }

  private IndividualNetwork individual(FibreFeatures features, float[] state) {
    IndividualNetwork network = new IndividualNetwork(0, features, options);
    network.restoreState(state);
    return network;
  }

  private static CommonNetwork common(float[] state, double[] normalisation) {
    CommonNetwork network = new CommonNetwork(0);
    network.restoreState(state, normalisation);
    return network;
  }

  private float[][] states(Common common) {
    if (common.weights().length == 0) {
      return new float[plates.exposures()][CommonNetwork.SIZE];
    }
    CommonNetwork network = new CommonNetwork(0);
    network.restore(common.weights(), common.normalisation());
    return network.commonStates(every.states, every.exposureOfStates(), plates.exposures());
  }

  private synchronized TrainingSets sets() {
    if (sets == null) {
      sets = TrainingSets.ofPlates(plates.split(false), plates.split(true), options);
      every = TrainingSets.ofPlates(plates.all(), List.of(), options);
    }
    return sets;
  }

  private Random random(int round) {
    return new Random((options.seed() * 31 + number) * 10_007 + round);
  }

  /**
   * The shards of plates: training plates and held-out ones are dealt one after the other.
   *
   * @param plates number of plates
   * @param shards wanted; there are no more than training plates
   * @return the plates of each shard
   * @throws InputException if there are to be none
   */
  public static List<List<Integer>> deal(int plates, int shards) {
    if (shards < 1) {
      throw new InputException("pretrain.shards is " + shards + ", but must be at least 1");
    }
    int training = plates - TrainingPlates.heldOut(plates);
    List<List<Integer>> dealt = new ArrayList<>();
    for (int s = 0; s < Math.min(shards, training); s++) {
      dealt.add(new ArrayList<>());
    }
    int[] next = new int[2];
    for (int p = 0; p < plates; p++) {
      int kind = TrainingPlates.isHeldOut(p, plates) ? 1 : 0;
      dealt.get(next[kind]++ % dealt.size()).add(p);
    }
    return dealt;
  }
}
