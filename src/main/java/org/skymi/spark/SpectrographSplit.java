package org.skymi.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.skymi.archive.Archive;
import org.skymi.plate.Account;
import org.skymi.plate.AnalysedExposure;
import org.skymi.plate.ArchiveFrames;
import org.skymi.plate.InputReader;
import org.skymi.plate.TaskSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * The classical analysis of units' frames in a stage of its own, a task for each spectrograph and
 * exposure, for when there are fewer plates than slots. What fails here is left to the plate's own
 * task, which tells, tries again and quarantines.
 */
public final class SpectrographSplit {
  private static final Logger LOG = LoggerFactory.getLogger(SpectrographSplit.class);

  private SpectrographSplit() {}

  /**
   * A spectrograph-exposure to be analysed.
   *
   * @param unit index of its unit
   */
  private record Part(int unit, UnitWork work, String pair) implements Serializable {}

  /** Units, a partition each, with their analyses. */
  public static JavaRDD<UnitWork> of(
      JavaSparkContext context,
      TaskSettings settings,
      Broadcast<ModelBytes> model,
      List<UnitWork> work) {
    List<Part> parts = new ArrayList<>();
    for (int u = 0; u < work.size(); u++) {
      UnitWork unit = work.get(u);
      for (String pair : AnalysedExposure.pairs(ArchiveFrames.ids(unit.unit()))) {
        parts.add(new Part(u, unit, pair));
      }
    }
    JavaRDD<UnitWork> units = context.parallelize(work, work.size());
    if (parts.isEmpty()) {
      return units;
    }
    return units.zipPartitions(
        context
            .parallelize(parts, parts.size())
            .flatMapToPair(part -> analyse(part, settings, model))
            // An index is its own hash: each unit's analyses come to its partition.
            .partitionBy(new HashPartitioner(work.size())),
        SpectrographSplit::joined);
  }

  private static Iterator<Tuple2<Integer, AnalysedExposure>> analyse(
      Part part, TaskSettings settings, Broadcast<ModelBytes> model) {
    try {
      Configuration configuration = SparkSessions.configurationOfTask();
      InputReader reader =
          new InputReader(Archive.open(settings.archive(), configuration), settings.limits())
              .withFlats(settings.flats(), configuration);
      Account account = new Account(part.work().unit());
      int before = account.quarantined().size();
      ArchiveFrames frames = new ArchiveFrames(part.work().unit(), reader, account);
      Optional<AnalysedExposure> analysed =
          AnalysedExposure.of(
              frames, part.pair(), settings.options(), model.value().model(part.work().model()));
      // A frame that was refused is the plate's to refuse.
      return analysed
          .filter(a -> account.quarantined().size() == before)
          .map(a -> new Tuple2<>(part.unit(), a))
          .stream()
          .iterator();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      LOG.warn("{}, {}: left to the plate: {}", part.work().unit().key(), part.pair(), "" + e);
      return Collections.emptyIterator();
    }
  }

  private static Iterator<UnitWork> joined(
      Iterator<UnitWork> units, Iterator<Tuple2<Integer, AnalysedExposure>> analysed) {
    List<AnalysedExposure> own = new ArrayList<>();
    analysed.forEachRemaining(a -> own.add(a._2()));
    return List.of(units.next().with(own)).iterator();
  }
}
