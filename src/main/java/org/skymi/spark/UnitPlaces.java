package org.skymi.spark;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.skymi.archive.Archive;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.survey.InputException;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag$;

/** Where units are best done: on the hosts that hold most of their files. */
final class UnitPlaces {
  /** Files of a unit that are asked for: its hosts need not be known to the last block. */
  private static final int FILES = 4;

  /** Hosts of a unit, as many as HDFS keeps of a block by default. */
  private static final int HOSTS = 3;

  private UnitPlaces() {}

  /**
   * Units, a partition each, in their order.
   *
   * @param root of the archive
   * @throws InputException if there is no such folder
   */
  static JavaRDD<UnitWork> of(JavaSparkContext context, String root, List<UnitWork> work) {
    Archive archive = Archive.open(root, context.hadoopConfiguration());
    // The name node is asked thousands of times.
    List<Tuple2<UnitWork, Seq<String>>> placed =
        work.parallelStream().map(w -> new Tuple2<>(w, seq(hosts(archive, w.unit())))).toList();
    return context
        .sc()
        .makeRDD(seq(placed), ClassTag$.MODULE$.<UnitWork>apply(UnitWork.class))
        .toJavaRDD();
  }

  private static <T> Seq<T> seq(List<T> list) {
    return JavaConverters.asScalaBuffer(list).toSeq();
  }

  /** The hosts that hold most of a unit, best first; none where that can't be told. */
  static List<String> hosts(Archive archive, PlannedUnit unit) {
    Map<String, Long> blocks = new TreeMap<>();
    List<PlannedInput> largest =
        unit.inputs().stream()
            .filter(PlannedInput::isUsable)
            .sorted(Comparator.comparingLong(PlannedInput::bytes).reversed())
            .limit(FILES)
            .toList();
    for (PlannedInput input : largest) {
      try {
        archive.hosts(input.path()).forEach(host -> blocks.merge(host, 1L, Long::sum));
      } catch (IOException e) {
        return List.of(); // the task will say what is wrong with it
      }
    }
    return blocks.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(HOSTS)
        .map(Map.Entry::getKey)
        .toList();
  }
}
