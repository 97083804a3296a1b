package org.skymi.plate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skymi.sky.judge.Method;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.smi.TrainingStep;

/** The methods that a plate is reduced by, each made ready for it. */
final class PlateMethods implements AutoCloseable {
  private final List<SkyMethod> methods = new ArrayList<>();
  private final Optional<PlateNetworks> networks;

  /**
   * Makes the methods ready: pools skies, trains networks, as far as they are asked for.
   *
   * @param base model to start from
   * @throws org.skymi.survey.InputException if an exposure's grid is not the base model's
   */
  PlateMethods(List<PlateExposure> exposures, ReductionOptions options, Optional<SkyModel> base) {
    Set<Method> asked = options.methods();
    methods.add(new SurveyMethod());
    methods.add(new SuperMethod(options.superSky()));
    if (asked.contains(Method.FULL)) {
      methods.add(new FullMethod());
    }
    boolean pools = asked.contains(Method.MEMORY) || asked.contains(Method.SMI);
    Optional<PooledPlate> pooled =
        pools
            ? Optional.of(
                new PooledPlate(exposures, options.has(ReductionOptions.Part.POOLING), base))
            : Optional.empty();
    pooled
        .filter(p -> asked.contains(Method.MEMORY))
        .ifPresent(p -> methods.add(new MemoryMethod(p, base.flatMap(SkyModel::memory))));
    Optional<SkyModel> taught = base.filter(b -> !b.networks().isEmpty());
    networks =
        asked.contains(Method.SMI) && taught.isEmpty()
            ? Optional.of(PlateNetworks.train(exposures, options, base))
            : Optional.empty();
    networks.ifPresent(n -> methods.add(new SmiMethod(pooled.orElseThrow(), n)));
    if (asked.contains(Method.SMI) && taught.isPresent()) {
      methods.add(
          new NetworkMethod(
              pooled.orElseThrow(), taught.get().memory().orElseThrow(), taught.get().networks()));
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
    return networks.map(PlateNetworks::steps).orElse(List.of());
  }

  /** Training steps that the networks behind a fibre's sky kept. */
  int networkSteps(int fold) {
    return networks.map(n -> n.of(fold).networkSteps()).orElse(0);
  }
}
