package org.skymi.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.skymi.archive.Archive;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Quarantined;
import org.skymi.fits.FitsLimits;
import org.skymi.plate.Account;
import org.skymi.plate.ArchiveFrames;
import org.skymi.plate.InputReader;
import org.skymi.plate.PatternSample;
import org.skymi.plate.TrainingShard;
import org.skymi.sky.memory.Patterns;
import org.skymi.survey.Arm;

/**
 * A shard of a training's plates that is to be read and analysed.
 *
 * @param planned number of plates of all shards
 * @param patterns of lines by arm
 */
record ShardLoading(Source source, int planned, List<Plate> plates, Map<Arm, Patterns> patterns)
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
   * @param plates that it was to read
   * @param unused files that could not be used
   */
  record Loaded(TrainingShard shard, int plates, List<Quarantined> unused)
      implements Serializable {}

  /**
   * Where inputs are.
   *
   * @param archive root of their paths
   * @param flats folder of the fibres' flats; empty for none
   */
  record Source(String archive, String flats) implements Serializable {
    InputReader reader() throws IOException {
      Configuration configuration = SparkSessions.configurationOfTask();
      return new InputReader(Archive.open(archive, configuration), FitsLimits.DEFAULT)
          .withFlats(flats, configuration);
    }
  }

  /**
   * A plate that patterns of lines are to be learnt from.
   *
   * @param sampled number of such plates
   */
  record FirstLook(Source source, Plate plate, int sampled) implements Serializable {
    /** Reads and analyses, in a task of Spark's; what is wrong with files is told of later. */
    PatternSample look() throws IOException {
      PlannedUnit unit = plate.unit();
      ArchiveFrames frames = new ArchiveFrames(unit, source.reader(), new Account(unit));
      return PatternSample.of(plate.index(), sampled, frames);
    }
  }

  /** Reads and analyses, in a task of Spark's. */
  Loaded load() throws IOException {
    InputReader reader = source.reader();
    TrainingShard shard = new TrainingShard(planned, patterns);
    List<Quarantined> unused = new ArrayList<>();
    for (Plate plate : plates) {
      Account account = new Account(plate.unit());
      ArchiveFrames frames = new ArchiveFrames(plate.unit(), reader, account);
      shard.add(plate.index(), plate.unit().key(), plate.digest(), frames);
      unused.addAll(account.quarantined());
    }
    return new Loaded(shard, plates.size(), unused);
  }
}
