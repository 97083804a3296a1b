package org.skymi.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.skymi.archive.Archive;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Quarantined;
import org.skymi.fits.FitsLimits;
import org.skymi.plate.Account;
import org.skymi.plate.ArchiveFrames;
import org.skymi.plate.InputReader;
import org.skymi.plate.TrainingShard;

/**
 * A shard of a training's plates that is to be read and analysed.
 *
 * @param archive root of the inputs' paths
 * @param flats folder of the fibres' flats; empty for none
 * @param planned number of plates of all shards
 */
record ShardLoading(String archive, String flats, int planned, List<Plate> plates)
    implements Serializable {

  /**
   * A plate to learn from.
   *
   * @param index among those of all shards
   * @param digest of its files
   */
  record Plate(int index, PlannedUnit unit, String digest) implements Serializable {}

  /**
   * A shard that was read.
   *
   * @param unused files that could not be used
   */
  record Loaded(TrainingShard shard, List<Quarantined> unused) implements Serializable {}

  /** Reads and analyses, in a task of Spark's. */
  Loaded load() throws IOException {
    Configuration configuration = SparkSessions.configurationOfTask();
    InputReader reader =
        new InputReader(Archive.open(archive, configuration), FitsLimits.DEFAULT)
            .withFlats(flats, configuration);
    TrainingShard shard = new TrainingShard(planned);
    List<Quarantined> unused = new ArrayList<>();
    for (Plate plate : plates) {
      Account account = new Account(plate.unit());
      ArchiveFrames frames = new ArchiveFrames(plate.unit(), reader, account);
      shard.add(plate.index(), plate.unit().key(), plate.digest(), frames);
      unused.addAll(account.quarantined());
    }
    return new Loaded(shard, unused);
  }
}
