package org.skymi.plate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.prior.SkyPrior;
import org.skymi.smi.Masters;
import org.skymi.smi.ModelCard;
import org.skymi.smi.ModelFile;
import org.skymi.smi.ModelWriter;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.survey.Arm;
import org.skymi.survey.InputException;
import org.skymi.survey.Instrument;

/**
 * Learns a base model from the shards of its training plates.
 *
 * <p>The plates that are held out teach no network: their fibres tell which epoch was the best. The
 * skies of all plates make the basis, which is learnt here from their masters: those are small, and
 * so it is exact whatever the shards are; all plates teach the memory. Metrics in the model's card:
 * {@code basis_chi_} with the arm's name, what a basis from the other plates leaves of held-out
 * plates' masters, in units of their errors.
 */
public final class Pretraining {
  private final ReductionOptions options;
  private final String software;
  private final TrainingLog log;

  /**
   * @param options of the training
   * @param software version of the program, for the card
   * @param log told of plates and of what was learnt, a line each
   */
  public Pretraining(ReductionOptions options, String software, TrainingLog log) {
    this.options = options;
    this.software = software;
    this.log = log;
  }

  /**
   * Trains in this process.
   *
   * @throws InputException if no plate had a sky, or plates have different grids
   * @throws IOException if a checkpoint can't be read or saved
   */
  public SkyModel train(Shards shards, Checkpoints checkpoints) throws IOException {
    return train(shards, checkpoints, new OneProcessTraining(shards));
  }

  /**
   * Trains.
   *
   * @param networks how networks are trained
   * @throws InputException if no plate had a sky, or plates have different grids
   * @throws IOException if a checkpoint can't be read or saved
   */
  public SkyModel train(Shards shards, Checkpoints checkpoints, FrameTraining networks)
      throws IOException {
    List<TrainingShard.Summary> summaries = shards.map(TrainingShard::summary);
    List<TrainingPlates.Summary> plates =
        summaries.stream()
            .flatMap(s -> s.plates().stream())
            .sorted(Comparator.comparingInt(TrainingPlates.Summary::index))
            .toList();
    plates.forEach(p -> log.line(p.name() + ": " + p.exposures() + " spectrograph-exposures"));
    Map<Arm, SkyGrid> grids = grids(summaries);
    ModelCard.Training training = training(summaries, plates);
    Map<String, Double> metrics = new TreeMap<>();
    Map<Arm, SkyPrior> priors = new TreeMap<>();
    Masters masters = masters(plates);
    Masters test = masters.of(p -> plates.get(p).heldOut());
    Masters others = masters.of(p -> !plates.get(p).heldOut());
    grids.forEach(
        (arm, grid) -> {
          priors.put(arm, masters.prior(grid));
          if (test.has(arm) && others.has(arm)) {
            String name = "basis_chi_" + arm.label();
            put(metrics, name, test.misfit(arm, others.basis(grid)));
          }
        });
    String identity = identity(training.inventory(), summaries.size());
    Instrument instrument = grids.values().iterator().next().instrument();
    MemoryLearning learning = new MemoryLearning(shards, instrument, log);
    LinearMemory memory = learning.learn();
    boolean isToTrain = options.training().epochs() > 0;
    Optional<NightFolds> memories =
        isToTrain ? learning.crossFitted(memory.epochs()) : Optional.empty();
    Map<Arm, byte[]> taught = Map.of();
    if (memories.isPresent()) {
      taught =
          new NetworkLearning(shards, instrument, options, networks, log)
              .learn(memories.get(), checkpoints, identity);
    }
    return ModelWriter.write(
        priors,
        ModelWriter.shapes(grids),
        masters,
        new ModelWriter.Learnt(
            summaries.get(0).patterns(), Optional.of(memory), taught, Optional.empty()),
        new ModelWriter.Origin(options, summaries.size(), software, List.of(), training),
        metrics);
  }

  private static Map<Arm, SkyGrid> grids(List<TrainingShard.Summary> summaries) {
    Map<Arm, SkyGrid> grids = new TreeMap<>();
    for (TrainingShard.Summary s : summaries) {
      s.grids().values().forEach(grid -> TrainingPlates.put(grids, grid));
    }
    return TrainingPlates.required(grids);
  }

  private static Masters masters(List<TrainingPlates.Summary> plates) {
    List<Masters.Master> masters = new ArrayList<>();
    for (int p = 0; p < plates.size(); p++) {
      int plate = p;
      plates.get(p).masters().forEach(m -> masters.add(m.ofPlate(plate)));
    }
    return new Masters(masters);
  }

  private static ModelCard.Training training(
      List<TrainingShard.Summary> summaries, List<TrainingPlates.Summary> plates) {
    StringBuilder inventory = new StringBuilder();
    plates.forEach(p -> inventory.append(TrainingPlates.inventory(p.name(), p.digest())));
    return new ModelCard.Training(
        sha256(inventory.toString()),
        plates.stream().map(TrainingPlates.Summary::name).toList(),
        plates.stream()
            .filter(TrainingPlates.Summary::heldOut)
            .map(TrainingPlates.Summary::name)
            .toList(),
        summaries.stream().mapToInt(TrainingShard.Summary::exposures).sum(),
        plates.stream().mapToInt(TrainingPlates.Summary::exposures).sum(),
        summaries.stream().mapToInt(TrainingShard.Summary::skies).sum(),
        summaries.stream().mapToInt(TrainingShard.Summary::objects).sum());
  }

  private String identity(String inventory, int shards) {
    return sha256(String.join("\n", inventory, "" + shards, options.toString(), software));
  }

  private static String sha256(String text) {
    return ModelFile.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(Map<String, Double> metrics, String name, double value) {
    if (Double.isFinite(value)) {
      metrics.put(name, value);
    }
  }
}
