package org.skymi.plate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.skymi.sky.supersky.SkyColumns;
import org.skymi.smi.FibreFeatures;
import org.skymi.smi.Observation;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.Arm;

/** What a plate's training of one fold gives: coefficients of the fibres that it is asked for. */
public final class FoldNetworks {
  private final Map<PlateExposure, double[][]> coefficients = new IdentityHashMap<>();
  private final Map<PlateExposure, double[][]> probed = new IdentityHashMap<>();
  private final List<TrainingStep> steps;
  private final int fold;

  private FoldNetworks(int fold, List<TrainingStep> steps) {
    this.fold = fold;
    this.steps = steps;
  }

  /**
   * Asks the trained network for coefficients.
   *
   * @param fold held out; its networks are asked for its held-out fibres, those of fold -1 for all
   */
  static FoldNetworks of(
      int fold, List<PlateExposure> exposures, IncrementalTrainer.Trained trained) {
    FoldNetworks model = new FoldNetworks(fold, trained.steps());
    for (PlateExposure e : exposures) {
      List<Observation> asked = new ArrayList<>();
      int[] fibres =
          fold < 0 ? IntStream.range(0, e.fibres.size()).toArray() : e.folds.heldOut(fold);
      for (int i : fibres) {
        asked.add(Observation.of(e.analysis(fold), i, e.exposure));
      }
      double[][] z = new double[e.fibres.size()][];
      double[][] found = trained.network().coefficients(asked, trained.states());
      for (int k = 0; k < fibres.length; k++) {
        z[fibres[k]] = found[k];
      }
      model.coefficients.put(e, z);
      model.ask(e, trained);
    }
    return model;
  }

  /** Asks for the coefficients of held-out fibres that hold an injected object. */
  private void ask(PlateExposure e, IncrementalTrainer.Trained trained) {
    double[][] z = new double[e.fibres.size()][];
    for (int i : fold < e.folds.count() ? e.folds.heldOut(fold) : new int[0]) {
      e.probe(i)
          .map(p -> Observation.of(p.sky, i, e.exposure))
          .ifPresent(o -> z[i] = trained.network().coefficients(List.of(o), trained.states())[0]);
    }
    probed.put(e, z);
  }

  /** A fibre's coefficients of both arms. */
  double[] coefficients(PlateExposure e, int fibre) {
    return coefficients.get(e)[fibre];
  }

  /** A fibre's coefficients of one arm. */
  double[] coefficients(PlateExposure e, int fibre, Arm arm) {
    return ofArm(coefficients.get(e)[fibre], arm);
  }

  /** A held-out fibre's coefficients of one arm with the object of its {@link Probe} in it. */
  double[] probed(PlateExposure e, int fibre, Arm arm) {
    return ofArm(probed.get(e)[fibre], arm);
  }

  private static double[] ofArm(double[] z, Arm arm) {
    int from = FibreFeatures.offset(arm);
    return Arrays.copyOfRange(z, from, from + SkyColumns.count(arm));
  }

  /** The fold held out, -1 for none. */
  int fold() {
    return fold;
  }

  /** What training did. */
  List<TrainingStep> steps() {
    return steps;
  }

  /**
   * Steps of the individual network's training that were kept, a base model's weights among them.
   */
  int networkSteps() {
    return (int) steps.stream().filter(s -> s.isIndividual() && s.accepted()).count();
  }
}
