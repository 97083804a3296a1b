package org.skymi.campaign;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run is to do: the frozen inventory in units, with the digests of settings and base model.
 *
 * @param units sorted by key
 * @param settingsDigest of the settings that decide results
 * @param modelDigest of the base model, {@code none} without one
 * @param succeeds digests of the models that a campaign may change from to this plan's; empty if it
 *     may not change
 */
public record Plan(
    List<PlannedUnit> units, String settingsDigest, String modelDigest, List<String> succeeds) {
  /** {@link #modelDigest} of a run without a base model. */
  public static final String NO_MODEL = "none";

  /**
   * @throws IllegalArgumentException if two units have one key
   */
  public Plan {
    units = units.stream().sorted(Comparator.comparing(PlannedUnit::key)).toList();
    Set<String> keys = new HashSet<>();
    units.forEach(
        u -> {
          if (!keys.add(u.key())) {
            throw new IllegalArgumentException("planned twice: " + u.key());
          }
        });
  }

  /** A plan for a campaign of one base model. */
  public Plan(List<PlannedUnit> units, String settingsDigest, String modelDigest) {
    this(units, settingsDigest, modelDigest, List.of());
  }

  /** Identity of the run: the same inventory, settings and model give the same. */
  public String runId() {
    Digest digest = new Digest().add(settingsDigest).add(modelDigest);
    units.forEach(u -> digest.add(u.digest()));
    return digest.hex().substring(0, 16);
  }

  /** Identity of one unit's work: as long as it stays the same, the work need not be done again. */
  public String workId(PlannedUnit unit) {
    return workId(unit, modelDigest);
  }

  private String workId(PlannedUnit unit, String model) {
    return new Digest().add(settingsDigest).add(model).add(unit.digest()).hex().substring(0, 16);
  }

  /**
   * The units that a campaign does not hold yet, or holds from other input, largest first. What a
   * forerunner of the plan's model did is not done again.
   */
  public List<PlannedUnit> open(Optional<Manifest> manifest) {
    return units.stream()
        .filter(
            u ->
                manifest
                    .flatMap(m -> m.unit(u.key()))
                    .filter(done -> done.workId().equals(workId(u, modelOf(done))))
                    .isEmpty())
        .sorted(Comparator.comparingLong(PlannedUnit::bytes).reversed())
        .toList();
  }

  private String modelOf(Manifest.Unit done) {
    return done.modelDigest() == null ? modelDigest : done.modelDigest();
  }
}
