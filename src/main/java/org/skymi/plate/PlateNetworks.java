package org.skymi.plate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.smi.FibreFeatures;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.Arm;

/** A plate's trained networks: one for every fold, and the one from everything. */
final class PlateNetworks {
  private final List<FoldNetworks> folds = new ArrayList<>();
  private final FoldNetworks everything;

  private PlateNetworks(List<FoldNetworks> folds, FoldNetworks everything) {
    this.folds.addAll(folds);
    this.everything = everything;
  }

  /**
   * Trains all folds, then the model from everything, which takes the steps that most folds
   * accepted.
   *
   * @param base model to start from
   * @throws org.skymi.survey.InputException if an exposure's grid is not the base model's
   */
  static PlateNetworks train(
      List<PlateExposure> exposures, ReductionOptions options, Optional<SkyModel> base) {
    int count = exposures.stream().mapToInt(e -> e.folds.count()).max().orElse(0);
    base.ifPresent(b -> grids(exposures).forEach(b::prior));
    FibreFeatures features = base.map(SkyModel::features).orElseGet(() -> features(exposures));
    IncrementalTrainer trainer = new IncrementalTrainer(exposures, features, options, base);
    List<FoldNetworks> folds = new ArrayList<>();
    for (int fold = 0; fold < count; fold++) {
      IncrementalTrainer.Trained trained = trainer.train(fold, count, List.of());
      folds.add(FoldNetworks.of(fold, exposures, trained));
    }
    IncrementalTrainer.Trained trained = trainer.train(-1, count, majority(folds));
    return new PlateNetworks(folds, FoldNetworks.of(-1, exposures, trained));
  }

  private static List<SkyGrid> grids(List<PlateExposure> exposures) {
    List<SkyGrid> grids = new ArrayList<>();
    for (PlateExposure e : exposures) {
      for (Arm arm : Arm.values()) {
        e.analysis(-1).arm(arm).map(ArmSky::grid).ifPresent(grids::add);
      }
    }
    return grids;
  }

  /** The layout that holds the line windows of all exposures. */
  static FibreFeatures features(List<PlateExposure> exposures) {
    int[] windows = new int[Arm.values().length];
    for (SkyGrid grid : grids(exposures)) {
      int arm = grid.arm().ordinal();
      windows[arm] = Math.max(windows[arm], grid.windows().size());
    }
    return new FibreFeatures(windows[Arm.BLUE.ordinal()], windows[Arm.RED.ordinal()]);
  }

  private static List<Boolean> majority(List<FoldNetworks> folds) {
    List<Boolean> accepted = new ArrayList<>();
    int steps = folds.stream().mapToInt(f -> trainingSteps(f).size()).max().orElse(0);
    for (int k = 0; k < steps; k++) {
      int votes = 0;
      for (FoldNetworks fold : folds) {
        List<TrainingStep> own = trainingSteps(fold);
        votes += k < own.size() && own.get(k).accepted() ? 1 : 0;
      }
      accepted.add(2 * votes > folds.size());
    }
    return accepted;
  }

  private static List<TrainingStep> trainingSteps(FoldNetworks fold) {
    return fold.steps().stream().filter(TrainingStep::isIndividual).toList();
  }

  /** The networks that never saw a fold's held-out fibres; -1: those that saw all. */
  FoldNetworks of(int fold) {
    return fold < 0 ? everything : folds.get(fold);
  }

  /** What training did, folds one after the other. */
  List<TrainingStep> steps() {
    List<TrainingStep> steps = new ArrayList<>();
    List<FoldNetworks> all = new ArrayList<>(folds);
    all.add(everything);
    for (FoldNetworks model : all) {
      for (TrainingStep step : model.steps()) {
        steps.add(step.numbered(steps.size(), model.fold()));
      }
    }
    return steps;
  }
}
