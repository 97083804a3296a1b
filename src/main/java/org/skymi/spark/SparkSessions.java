package org.skymi.spark;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.Utils;
import org.skymi.survey.InputException;
import org.skymi.survey.Instrument;
import scala.Option;

/** Starts Spark, embedded or as spark-submit has it. */
public final class SparkSessions {
  private static final String MASTER = "spark.master";
  private static final String EMBEDDED = "local[*]";
  private static final Pattern LOCAL = Pattern.compile("local\\[(\\w+|\\*)\\]");

  /** Before Spark stops itself, which it does at 40. */
  private static final int BEFORE_SPARK = 100;

  static {
    // A user who interrupts the program knows why its tasks end.
    ShutdownHookManager.get().addShutdownHook(SparkSessions::silence, BEFORE_SPARK);
  }

  private SparkSessions() {}

  private static void silence() {
    Option<SparkSession> running = SparkSession.getDefaultSession();
    if (running.isDefined()) {
      running.get().sparkContext().setLogLevel("OFF");
    }
  }

  /**
   * The session of this process, to be closed by the caller.
   *
   * @param name shown in Spark's UI
   * @param attempts tries of a task
   * @throws InputException if a cluster can't be reached
   */
  public static SparkSession open(String name, int attempts) {
    boolean isLocal = isLocal(System.getProperty(MASTER, EMBEDDED));
    if (isLocal) {
      nameHost();
    }
    SparkConf conf = new SparkConf(); // system properties: what spark-submit or the launcher set
    conf.setMaster(withAttempts(conf.get(MASTER, EMBEDDED), attempts));
    conf.setAppName(name);
    conf.setIfMissing("spark.task.maxFailures", String.valueOf(Math.max(attempts, 4)));
    conf.setIfMissing("spark.ui.enabled", String.valueOf(!isLocal));
    // Times in the tables are UTC, whatever the machine's zone is.
    conf.set("spark.sql.session.timeZone", "UTC");
    if (!Instrument.ownFiles().isEmpty()) {
      conf.set("spark.executorEnv." + Instrument.OWN_VARIABLE, Instrument.ownFiles());
    }
    try {
      return SparkSession.builder().config(conf).getOrCreate();
    } catch (IllegalStateException | IllegalArgumentException e) {
      // What Spark throws when no Master answers: its context stopped while it was starting.
      if (isLocal) {
        throw e;
      }
      throw new InputException(
          "Spark did not start on " + conf.get(MASTER) + ": does it run there?", e);
    }
  }

  /** Embedded Spark gives up at a task's first failure, unless its master says otherwise. */
  private static String withAttempts(String master, int attempts) {
    Matcher local = LOCAL.matcher("local".equals(master) ? "local[1]" : master);
    return local.matches() ? "local[" + local.group(1) + "," + attempts + "]" : master;
  }

  /**
   * Embedded Spark talks to itself: a host name that no server knows must not stop it. Its
   * configuration already asks for the name.
   */
  private static void nameHost() {
    try {
      InetAddress.getLocalHost();
    } catch (UnknownHostException e) {
      Utils.setCustomHostname("localhost");
    }
  }

  private static boolean isLocal(String master) {
    return master.startsWith("local");
  }

  /** Hadoop's configuration as the driver has it, in a task. */
  public static Configuration configurationOfTask() {
    return SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
  }
}
