package org.skymi.spark;

import java.io.Serializable;
import org.skymi.campaign.PlannedUnit;

/**
 * A unit to be done.
 *
 * @param unit the unit
 * @param workId identity of the work
 */
record UnitWork(PlannedUnit unit, String workId) implements Serializable {}
