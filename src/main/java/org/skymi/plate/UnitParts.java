package org.skymi.plate;

import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Quarantined;

/**
 * What the parts of a unit share.
 *
 * @param unit the unit
 * @param reader of its files
 * @param tables that its rows go to
 * @param account of what became of its files
 * @param settings of the run
 */
record UnitParts(
    PlannedUnit unit,
    InputReader reader,
    UnitTables tables,
    Account account,
    TaskSettings settings) {

  /** Quarantines a file that could be read, but not reduced. */
  void notReduced(PlannedInput input, RuntimeException e) {
    account.quarantine(
        new Quarantined(
            input.path(), InputReader.kind(input), PlateReduction.NOT_REDUCED, "", e.toString()));
  }
}
