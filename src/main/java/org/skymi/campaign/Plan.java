package org.skymi.campaign;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run is to do: the frozen inventory in units, with the digest of its settings and its base
 * models.
 *
 * @param units sorted by key
 * @param settingsDigest of the settings that decide results
 * @param models base model of each plate
 * @param mayMoveOn whether a campaign may change to these models from those they were made from
 */
public record Plan(
    List<PlannedUnit> units, String settingsDigest, ModelChoice models, boolean mayMoveOn) {
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

  /** A plan for a campaign whose models stay, known by their digest. */
  public Plan(List<PlannedUnit> units, String settingsDigest, String modelDigest) {
    this(units, settingsDigest, ModelChoice.of(modelDigest), false);
  }

  /** Digest of the base models, {@link ModelChoice#NONE} without one. */
  public String modelDigest() {
    return models.digest();
  }

  /** Identity of the run: the same inventory, settings and model give the same. */
  public String runId() {
    Digest digest = new Digest().add(settingsDigest).add(modelDigest());
    units.forEach(u -> digest.add(u.digest()));
    return digest.hex().substring(0, 16);
  }

  /** Identity of one unit's work: as long as it stays the same, the work need not be done again. */
  public String workId(PlannedUnit unit) {
    return workId(unit, models.of(unit));
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
                    .filter(done -> done.workId().equals(workId(u, modelOf(done, u))))
                    .isEmpty())
        .sorted(Comparator.comparingLong(PlannedUnit::bytes).reversed())
        .toList();
  }

  private String modelOf(Manifest.Unit done, PlannedUnit unit) {
    return done.modelDigest() == null ? models.of(unit) : done.modelDigest();
  }
}
