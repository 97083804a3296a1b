package org.skymi.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import org.skymi.campaign.UnitOutcome;
import org.skymi.plate.TaskSettings;
import org.skymi.plate.TaskSplit;
import org.skymi.survey.InputException;
import scala.Function2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** Units on Spark: one task each, in their order, outcomes as they come. */
final class UnitRun {
  private UnitRun() {}

  /** How all units ended, in any order. */
  record Ends(List<UnitOutcome> outcomes, List<FailedUnit> failed) {
    private static Ends of(List<UnitEnd> ends) {
      return new Ends(
          ends.stream().filter(UnitEnd::isDone).map(UnitEnd::outcome).toList(),
          ends.stream().filter(e -> !e.isDone()).map(UnitEnd::failed).toList());
    }
  }

  /**
   * Does the units; a task's last failure is an end like another.
   *
   * @throws InputException if the output can't be written, or the cluster is gone
   */
  static Ends run(
      SparkSession spark,
      TaskSettings settings,
      ModelBytes model,
      List<UnitWork> work,
      Consumer<RunProgress> console) {
    if (work.isEmpty()) {
      return new Ends(List.of(), List.of());
    }
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    List<UnitEnd> ends = Collections.synchronizedList(new ArrayList<>());
    Progress progress = new Progress(work, console);
    Function2<Object, UnitEnd, BoxedUnit> onEnd =
        new AbstractFunction2<>() {
          @Override
          public BoxedUnit apply(Object partition, UnitEnd end) {
            ends.add(end);
            progress.add(end);
            return BoxedUnit.UNIT;
          }
        };
    int files = work.stream().mapToInt(w -> w.unit().inputs().size()).sum();
    context.setJobDescription(
        String.format(
            Locale.ROOT,
            "%d plates, %d files into %s",
            work.size(),
            files,
            settings.campaign().uri()));
    // Where units are fewer than slots, those that would stand idle work on the others' units.
    int threads = Math.max(1, context.defaultParallelism() / work.size());
    Broadcast<ModelBytes> shared = context.broadcast(model);
    // Not collect(): each outcome is seen when it comes, not when the last plate is done.
    try {
      JavaRDD<UnitWork> units =
          settings.split() == TaskSplit.SPECTROGRAPH
              ? SpectrographSplit.of(context, settings, shared, work)
              : UnitPlaces.of(context, settings.archive(), work);
      ClassTag<UnitEnd> tag = ClassTag$.MODULE$.apply(UnitEnd.class);
      RDD<UnitWork> rdd = units.rdd();
      context.sc().runJob(rdd, new PlateFunction(settings, shared, threads), onEnd, tag);
    } catch (Exception e) { // among them SparkException, which Scala does not declare
      throw SparkFailure.of(e, context, "the run failed in Spark");
    } finally {
      if (!context.sc().isStopped()) {
        shared.destroy();
      }
    }
    return Ends.of(ends);
  }
}
