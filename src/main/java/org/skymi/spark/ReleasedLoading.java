package org.skymi.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Quarantined;
import org.skymi.plate.Account;
import org.skymi.plate.ReleasedTraining;

/**
 * A plate whose released spectra are to be read and learnt from.
 *
 * @param digest of its files
 * @param plates that are read in all
 * @param seed of what is held out together
 */
record ReleasedLoading(
    ShardLoading.Source source, PlannedUnit unit, String digest, int plates, long seed)
    implements Serializable {

  /**
   * A plate that was read.
   *
   * @param unused files that could not be used
   */
  record Loaded(ReleasedTraining.Plate plate, List<Quarantined> unused) implements Serializable {}

  /** Reads, in a task of Spark's. */
  Loaded load() throws IOException {
    Account account = new Account(unit);
    ReleasedTraining.Plate plate =
        ReleasedTraining.Plate.of(unit, digest, source.reader(), account, plates, seed);
    return new Loaded(plate, account.quarantined());
  }
}
