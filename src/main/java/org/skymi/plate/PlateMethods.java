package org.skymi.plate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skymi.sky.judge.Method;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.Arm;

/** The methods that a plate is reduced by, each made ready for it. */
final class PlateMethods implements AutoCloseable {
  private final List<SkyMethod> methods = new ArrayList<>();
  private Optional<NetworkMethod> networks = Optional.empty();

  /**
   * Makes the methods ready: pools skies, trains networks, as far as they are asked for.
   *
   * @param exposures analysed for the same options and base model
   * @param base model to start from
   * @param threads that work on the plate
   */
  PlateMethods(
      List<PlateExposure> exposures,
      ReductionOptions options,
      Optional<SkyModel> base,
      SideBySide threads) {
    Set<Method> asked = options.methods();
    methods.add(new SurveyMethod());
    methods.add(new SuperMethod(options.superSky()));
    if (asked.contains(Method.FULL)) {
      methods.add(new FullMethod());
    }
    if (!asked.contains(Method.MEMORY) && !asked.contains(Method.SMI)) {
      return;
    }
    PooledPlate pooled =
        new PooledPlate(exposures, options.has(ReductionOptions.Part.POOLING), base);
    if (asked.contains(Method.MEMORY)) {
      methods.add(new MemoryMethod(pooled, base.flatMap(SkyModel::memory)));
    }
    if (asked.contains(Method.SMI)) {
      networks = Optional.of(new NetworkMethod(pooled, base, exposures, options, threads));
      methods.add(networks.get());
    }
  }

  /** In the order in which each adds something to the one before. */
  List<SkyMethod> all() {
    return methods;
  }

  /** Gives back what networks hold of ND4J's memory. */
  @Override
  public void close() {
    methods.forEach(SkyMethod::close);
  }

  /** What training did, folds one after the other. */
  List<TrainingStep> steps() {
    return networks.map(NetworkMethod::steps).orElse(List.of());
  }

  /** Steps of the plate's training that the networks behind a fibre's sky kept. */
  int networkSteps(int fold, Arm arm) {
    return networks.map(n -> n.networkSteps(fold, arm)).orElse(0);
  }
}
