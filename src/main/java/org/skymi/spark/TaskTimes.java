package org.skymi.spark;

import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** What the tasks of an engine took, those that failed among them; complete when it is closed. */
public final class TaskTimes extends SparkListener {
  private int tasks;
  private double seconds;
  private double cpuSeconds;
  private double gcSeconds;

  TaskTimes() {}

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    TaskMetrics metrics = end.taskMetrics();
    if (metrics != null) {
      tasks++;
      seconds += metrics.executorRunTime() / 1e3;
      cpuSeconds += metrics.executorCpuTime() / 1e9;
      gcSeconds += metrics.jvmGCTime() / 1e3;
    }
  }

  /** Number of tasks. */
  public synchronized int tasks() {
    return tasks;
  }

  /** Time in which they computed, read and wrote, s; without what Spark did to start them. */
  public synchronized double seconds() {
    return seconds;
  }

  /** CPU time of it, s; of tasks' own threads, of which each has one where tasks fill the slots. */
  public synchronized double cpuSeconds() {
    return cpuSeconds;
  }

  /** Garbage collection while they ran, counted for each of those that ran together, s. */
  public synchronized double gcSeconds() {
    return gcSeconds;
  }
}
