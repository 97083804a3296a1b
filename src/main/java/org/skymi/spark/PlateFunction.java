package org.skymi.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.skymi.campaign.UnitOutcome;
import org.skymi.plate.PlateTask;
import org.skymi.plate.TaskSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Serializable;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** {@link PlateTask} as Spark calls it: one unit per partition. */
final class PlateFunction extends AbstractFunction2<TaskContext, Iterator<UnitWork>, UnitOutcome>
    implements Serializable {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(PlateFunction.class);

  private final TaskSettings settings;
  private final Broadcast<ModelBytes> model;

  PlateFunction(TaskSettings settings, Broadcast<ModelBytes> model) {
    this.settings = settings;
    this.model = model;
  }

  private static RuntimeException failed(UnitWork work, TaskContext context, RuntimeException e) {
    LOG.warn("{}: try {} failed: {}", work.unit().key(), context.attemptNumber() + 1, e.toString());
    LOG.debug("{}", work.unit().key(), e);
    return e;
  }

  @Override
  public UnitOutcome apply(TaskContext context, Iterator<UnitWork> units) {
    Configuration configuration = SparkSessions.configurationOfTask();
    UnitWork work = units.next();
    boolean isLastTry = context.attemptNumber() + 1 >= settings.attempts();
    try {
      return new PlateTask(settings, configuration, model.value().model(), work.analysed())
          .apply(work.unit(), work.workId(), isLastTry);
    } catch (IOException e) {
      throw failed(work, context, new UncheckedIOException(e));
    } catch (RuntimeException e) {
      throw failed(work, context, e);
    }
  }
}
