package org.skymi.spark;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.Utils;
import org.skymi.survey.InputException;

/** Starts Spark, embedded or as spark-submit has it. */
public final class SparkSessions {
  private static final Pattern LOCAL = Pattern.compile("local\\[(\\w+|\\*)\\]");

  private SparkSessions() {}

  /**
   * The session of this process, to be closed by the caller.
   *
   * @param name shown in Spark's UI
   * @param attempts tries of a task
   * @throws InputException if a cluster can't be reached
   */
  public static SparkSession open(String name, int attempts) {
    SparkConf conf = new SparkConf(); // system properties: what spark-submit or the launcher set
    conf.setMaster(withAttempts(conf.get("spark.master", "local[*]"), attempts));
    conf.setAppName(name);
    conf.setIfMissing("spark.task.maxFailures", String.valueOf(Math.max(attempts, 4)));
    conf.setIfMissing("spark.ui.enabled", String.valueOf(!isLocal(conf)));
    // Times in the tables are UTC, whatever the machine's zone is.
    conf.set("spark.sql.session.timeZone", "UTC");
    if (isLocal(conf)) {
      nameHost();
    }
    try {
      return SparkSession.builder().config(conf).getOrCreate();
    } catch (IllegalStateException | IllegalArgumentException e) {
      // What Spark throws when no Master answers: its context stopped while it was starting.
      if (isLocal(conf)) {
        throw e;
      }
      String master = conf.get("spark.master");
      throw new InputException("Spark did not start on " + master + ": does it run there?", e);
    }
  }

  /** Embedded Spark gives up at a task's first failure, unless its master says otherwise. */
  private static String withAttempts(String master, int attempts) {
    Matcher local = LOCAL.matcher("local".equals(master) ? "local[1]" : master);
    return local.matches() ? "local[" + local.group(1) + "," + attempts + "]" : master;
  }

  /** Embedded Spark talks to itself: a host name that no server knows must not stop it. */
  private static void nameHost() {
    try {
      InetAddress.getLocalHost();
    } catch (UnknownHostException e) {
      Utils.setCustomHostname("localhost");
    }
  }

  private static boolean isLocal(SparkConf conf) {
    return conf.get("spark.master").startsWith("local");
  }

  /** Hadoop's configuration as the driver has it, in a task. */
  public static Configuration configurationOfTask() {
    return SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
  }
}
