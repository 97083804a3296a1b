package org.skymi.spark;

import java.io.Serializable;
import java.util.List;
import org.skymi.campaign.PlannedUnit;
import org.skymi.plate.AnalysedExposure;

/**
 * A unit to be done.
 *
 * @param unit the unit
 * @param workId identity of the work
 * @param model digest of the base model
 * @param analysed those of its spectrograph-exposures that are analysed already
 */
public record UnitWork(
    PlannedUnit unit, String workId, String model, List<AnalysedExposure> analysed)
    implements Serializable {

  public UnitWork(PlannedUnit unit, String workId, String model) {
    this(unit, workId, model, List.of());
  }

  UnitWork with(List<AnalysedExposure> done) {
    return new UnitWork(unit, workId, model, done);
  }
}
