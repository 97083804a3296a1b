package org.skymi.smi;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skymi.sky.SkyGrid;
import org.skymi.sky.SkyPrior;
import org.skymi.survey.Arm;
import org.skymi.survey.InputException;

/**
 * Learns a base model from plates.
 *
 * <p>The plates that are held out teach no network: their sky fibres tell when to stop. The skies
 * of all plates make the basis. Its metrics in the model's card: {@code loss_before} and {@code
 * loss_after}, on the held-out plates without and with the networks; {@code mi_common}, nat; {@code
 * basis_chi_blue} and {@code basis_chi_red}, what a basis from the other plates leaves of held-out
 * plates' masters, in units of their errors.
 */
public final class Pretraining {
  private final ReductionOptions options;
  private final String software;
  private final TrainingPlates plates = new TrainingPlates();

  /**
   * @param options of the training; {@code individualSteps} are those of one round
   * @param software version of the program, for the card
   */
  public Pretraining(ReductionOptions options, String software) {
    this.options = options;
    this.software = software;
  }

  /** The model, and what the training did. */
  public record Result(SkyModel model, List<TrainingStep> steps) {}

  /** What is learnt from, to be filled. */
  public TrainingPlates plates() {
    return plates;
  }

  /**
   * Trains.
   *
   * @throws InputException if no plate had a sky, or plates have different grids
   */
  public Result train() {
    List<PlateExposure> all = plates.all();
    Map<Arm, SkyGrid> grids = plates.grids();
    Map<String, Double> metrics = new TreeMap<>();
    Map<Arm, SkyPrior> priors = new EnumMap<>(Arm.class);
    Masters masters = new Masters(plates.masters(0));
    List<String> heldOut = plates.heldOutNames();
    Masters test = masters.of(p -> heldOut.contains(plates.names().get(p)));
    Masters others = masters.of(p -> !heldOut.contains(plates.names().get(p)));
    grids.forEach(
        (arm, grid) -> {
          priors.put(arm, masters.prior(grid));
          if (test.has(arm) && others.has(arm)) {
            String name = "basis_chi_" + (arm == Arm.BLUE ? "blue" : "red");
            put(metrics, name, test.misfit(arm, others.basis(grid)));
          }
        });
    TrainingSets sets = TrainingSets.ofPlates(plates.split(false), plates.split(true), options);
    BaseTrainer trainer = new BaseTrainer(sets, all, plates.exposures(), options);
    SkyModel.Weights weights = trainer.train();
    trainer.metrics().forEach((name, value) -> put(metrics, name, value));
    SkyModel model =
        ModelWriter.write(
            priors,
            ModelWriter.shapes(grids),
            weights,
            masters,
            new ModelWriter.Origin(options, software, List.of(), training(sets)),
            metrics);
    return new Result(model, trainer.steps());
  }

  private ModelCard.Training training(TrainingSets sets) {
    return new ModelCard.Training(
        ModelFile.sha256(plates.inventory().getBytes(StandardCharsets.UTF_8)),
        plates.names(),
        plates.heldOutNames(),
        plates.exposures(),
        plates.all().size(),
        sets.skies.size(),
        sets.increments.stream().mapToInt(List::size).sum());
  }

  private static void put(Map<String, Double> metrics, String name, double value) {
    if (Double.isFinite(value)) {
      metrics.put(name, value);
    }
  }
}
