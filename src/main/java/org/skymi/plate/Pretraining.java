package org.skymi.plate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.prior.SkyPrior;
import org.skymi.smi.CommonNetwork;
import org.skymi.smi.FibreFeatures;
import org.skymi.smi.Masters;
import org.skymi.smi.ModelCard;
import org.skymi.smi.ModelFile;
import org.skymi.smi.ModelWriter;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.Arm;
import org.skymi.survey.InputException;
import org.skymi.survey.Instrument;

/**
 * Learns a base model from the shards of its training plates.
 *
 * <p>The plates that are held out teach no network: their sky fibres tell when to stop. The skies
 * of all plates make the basis, which is learnt here from their masters: those are small, and so it
 * is exact whatever the shards are. Metrics in the model's card: {@code loss_before} and {@code
 * loss_after}, on the held-out plates without and with the networks; {@code mi_common}, nat; {@code
 * basis_chi_blue} and {@code basis_chi_red}, what a basis from the other plates leaves of held-out
 * plates' masters, in units of their errors.
 */
public final class Pretraining {
  private final ReductionOptions options;
  private final String software;
  private final Consumer<String> console;

  /**
   * @param options of the training; {@code individualSteps} are those of one round
   * @param software version of the program, for the card
   * @param console told of plates and rounds, a line each
   */
  public Pretraining(ReductionOptions options, String software, Consumer<String> console) {
    this.options = options;
    this.software = software;
    this.console = console;
  }

  /** The model, and what the training did. */
  public record Result(SkyModel model, List<TrainingStep> steps) {}

  /**
   * Trains.
   *
   * @throws InputException if no plate had a sky, or plates have different grids
   * @throws IOException if a checkpoint can't be read or saved
   */
  public Result train(Shards shards, Checkpoints checkpoints) throws IOException {
    List<TrainingShard.Summary> summaries = shards.map(TrainingShard::summary);
    List<TrainingPlates.Summary> plates =
        summaries.stream()
            .flatMap(s -> s.plates().stream())
            .sorted(Comparator.comparingInt(TrainingPlates.Summary::index))
            .toList();
    plates.forEach(
        p -> console.accept(p.name() + ": " + p.exposures() + " spectrograph-exposures"));
    Map<Arm, SkyGrid> grids = grids(summaries);
    ModelCard.Training training = training(summaries, plates);
    Map<String, Double> metrics = new TreeMap<>();
    Map<Arm, SkyPrior> priors = new EnumMap<>(Arm.class);
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
    BaseTrainer trainer =
        new BaseTrainer(shards, FibreFeatures.of(grids), options, checkpoints, console);
    SkyModel.Weights weights =
        trainer.train(
            identity(training.inventory(), summaries.size()),
            summaries.stream()
                .map(TrainingShard.Summary::moments)
                .reduce(CommonNetwork.Moments::plus)
                .orElseThrow());
    trainer.metrics().forEach((name, value) -> put(metrics, name, value));
    SkyModel model =
        ModelWriter.write(
            priors,
            ModelWriter.shapes(grids),
            weights,
            masters,
            learnt(shards),
            new ModelWriter.Origin(options, summaries.size(), software, List.of(), training),
            metrics);
    return new Result(model, trainer.steps());
  }

  private ModelWriter.Learnt learnt(Shards shards) {
    MemoryLearning learning = new MemoryLearning(shards, Instrument.LAMOST, console);
    LinearMemory memory = learning.learn();
    NetworkLearning networks =
        new NetworkLearning(shards, Instrument.LAMOST, options.seed(), console);
    return new ModelWriter.Learnt(
        Optional.of(memory),
        learning.crossFitted(memory.epochs()).map(networks::learn).orElse(Map.of()));
  }

  private static Map<Arm, SkyGrid> grids(List<TrainingShard.Summary> summaries) {
    Map<Arm, SkyGrid> grids = new EnumMap<>(Arm.class);
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
