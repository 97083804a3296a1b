package org.skymi.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

  /**
   * Does the units; returns their outcomes in any order.
   *
   * @throws InputException if the output can't be written, or the cluster is gone
   */
  static List<UnitOutcome> run(
      SparkSession spark,
      TaskSettings settings,
      ModelBytes model,
      List<UnitWork> work,
      Consumer<RunProgress> console) {
    if (work.isEmpty()) {
      return List.of();
    }
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    List<UnitOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());
    Progress progress = new Progress(work, console);
    Function2<Object, UnitOutcome, BoxedUnit> onOutcome =
        new AbstractFunction2<>() {
          @Override
          public BoxedUnit apply(Object partition, UnitOutcome outcome) {
            outcomes.add(outcome);
            progress.add(outcome);
            return BoxedUnit.UNIT;
          }
        };
    int files = work.stream().mapToInt(w -> w.unit().inputs().size()).sum();
    context.setJobDescription(
        String.format(
            "%d plates, %d files into %s", work.size(), files, settings.campaign().uri()));
    // Not collect(): each outcome is seen when it comes, not when the last plate is done.
    try {
      JavaRDD<UnitWork> units =
          settings.split() == TaskSplit.SPECTROGRAPH
              ? SpectrographSplit.of(context, settings, work)
              : UnitPlaces.of(context, settings.archive(), work);
      ClassTag<UnitOutcome> tag = ClassTag$.MODULE$.apply(UnitOutcome.class);
      RDD<UnitWork> rdd = units.rdd();
      Broadcast<ModelBytes> shared = context.broadcast(model);
      context.sc().runJob(rdd, new PlateFunction(settings, shared), onOutcome, tag);
    } catch (Exception e) { // among them SparkException, which Scala does not declare
      throw SparkFailure.of(e, context, "the run failed in Spark");
    }
    return List.copyOf(outcomes);
  }
}
