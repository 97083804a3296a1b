package org.skymi.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.skymi.plate.CurableFailure;
import org.skymi.plate.OutputFailure;
import org.skymi.plate.PlateTask;
import org.skymi.plate.TaskSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Serializable;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** {@link PlateTask} as Spark calls it: one unit per partition. */
final class PlateFunction extends AbstractFunction2<TaskContext, Iterator<UnitWork>, UnitEnd>
    implements Serializable {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(PlateFunction.class);

  private static final long FIRST_WAIT_MILLIS = 500;
  private static final long MOST_WAIT_MILLIS = 30_000;

  /** What a slot needs, and so each thread that works in one. */
  private static final long HEAP_OF_A_THREAD = 2L << 30;

  private final TaskSettings settings;
  private final Broadcast<ModelBytes> model;
  private final int threads;

  /**
   * @param threads of a task, as far as the process has processors and memory
   */
  PlateFunction(TaskSettings settings, Broadcast<ModelBytes> model, int threads) {
    this.settings = settings;
    this.model = model;
    this.threads = threads;
  }

  /**
   * {@inheritDoc} A try that failed is thrown, the last one returned if another run may cure it.
   */
  @Override
  public UnitEnd apply(TaskContext context, Iterator<UnitWork> units) {
    Configuration configuration = SparkSessions.configurationOfTask();
    UnitWork work = units.next();
    boolean isLastTry = context.attemptNumber() + 1 >= settings.attempts();
    try {
      return UnitEnd.done(
          new PlateTask(
                  settings,
                  configuration,
                  model.value().model(work.model()),
                  work.analysed(),
                  threads())
              .apply(work.unit(), work.workId(), isLastTry));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      String key = work.unit().key();
      LOG.warn("{}: try {} failed: {}", key, context.attemptNumber() + 1, e.toString());
      LOG.debug("{}", key, e);
      Optional<String> curable = CurableFailure.in(e);
      boolean isPlates = OutputFailure.in(e).isEmpty() && !context.isInterrupted();
      if (isLastTry && isPlates && curable.isPresent()) {
        return UnitEnd.failed(key, curable.get());
      }
      if (curable.isPresent() && isPlates) {
        await(context.attemptNumber());
      }
      throw thrown(e);
    }
  }

  private int threads() {
    Runtime process = Runtime.getRuntime();
    long room = Math.max(1, process.maxMemory() / HEAP_OF_A_THREAD);
    return (int) Math.min(Math.min(threads, process.availableProcessors()), room);
  }

  /** What did not answer gets time before it is asked again, twice as much each time. */
  private static void await(int tries) {
    try {
      Thread.sleep(Math.min(FIRST_WAIT_MILLIS << tries, MOST_WAIT_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Memory that ran out must not reach Spark as an error: it would end the process. */
  private static RuntimeException thrown(Throwable e) {
    if (e instanceof RuntimeException runtime) {
      return runtime;
    }
    return e instanceof IOException io
        ? new UncheckedIOException(io)
        : new IllegalStateException(e.toString());
  }
}
