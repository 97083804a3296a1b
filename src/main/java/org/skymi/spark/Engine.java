package org.skymi.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Running Spark, for callers that need not know it is Spark; stopped by closing it. */
public final class Engine implements AutoCloseable {
  private final SparkSession session;

  private Engine(SparkSession session) {
    this.session = session;
  }

  /**
   * Starts Spark, embedded or as spark-submit has it.
   *
   * @param name shown in Spark's UI
   * @param attempts tries of a task
   */
  public static Engine start(String name, int attempts) {
    return new Engine(SparkSessions.open(name, attempts));
  }

  /** Hadoop's configuration, with what Spark was told of it. */
  public Configuration configuration() {
    return session.sparkContext().hadoopConfiguration();
  }

  /** Times the tasks from now on. */
  public TaskTimes timeTasks() {
    TaskTimes times = new TaskTimes();
    session.sparkContext().addSparkListener(times);
    return times;
  }

  public SparkSession session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
  }
}
