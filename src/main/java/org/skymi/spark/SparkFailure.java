package org.skymi.spark;

import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.api.java.JavaSparkContext;
import org.skymi.plate.CurableFailure;
import org.skymi.plate.OutputFailure;
import org.skymi.plate.Unlearnable;
import org.skymi.survey.InputException;

/** What to throw when a job of Spark's failed. */
public final class SparkFailure {
  private SparkFailure() {}

  /**
   * The exception to throw: an {@link InputException} if the user ends the program, the cluster is
   * gone, or a task could not write, found its input to be wrong, or failed by what another try may
   * cure.
   *
   * @param e what Spark threw
   * @param otherwise what to say of anything else
   */
  public static RuntimeException of(Exception e, JavaSparkContext context, String otherwise) {
    if (ShutdownHookManager.get().isShutdownInProgress()) {
      return new InputException("interrupted; run again to go on", e);
    }
    if (context.sc().isStopped()) {
      return new InputException("Spark ended: no answer from " + context.master(), e);
    }
    if (e instanceof RuntimeException runtime) {
      return runtime;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Unlearnable unlearnable) {
        return new Unlearnable(unlearnable);
      }
      if (cause instanceof OutputFailure || cause instanceof InputException) {
        return new InputException(cause.getMessage(), cause);
      }
    }
    return CurableFailure.in(e)
        .<RuntimeException>map(
            why -> new InputException(otherwise + ": " + why + "; run it again", e))
        .orElseGet(() -> new IllegalStateException(otherwise, e));
  }
}
