package org.skymi.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;

/** A standalone Spark cluster on this machine: a Master, Workers of one core, a JVM each. */
final class LocalCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  /** Spark's own, which says on which port it listens; the tests' is silent. */
  private static final String LOGGING = "classpath:org/apache/spark/log4j2-defaults.properties";

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private final Path home;
  private final String url;
  private final List<Process> daemons = new ArrayList<>();
  private final List<Process> workers = new ArrayList<>();

  /**
   * Starts it.
   *
   * @param home an empty folder
   * @param number of Workers
   */
  LocalCluster(Path home, int number) throws Exception {
    this.home = home;
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (String entry : CLASS_PATH.split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      if (entry.endsWith(".jar") && Files.notExists(jars.resolve(jar.getFileName()))) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar.toAbsolutePath());
      }
    }
    try {
      daemon("master", Master.class, "--port", "0", "--webui-port", "0");
      url = await("master", "Starting Spark master at (spark://\\S+)");
      for (int w = 0; w < number; w++) {
        startWorker();
      }
      for (int w = 1; w <= number; w++) {
        awaitWorker(w);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What Spark has to be told in order to run there, in executors of these tests' class path. */
  Map<String, String> properties() {
    String folders =
        Stream.of(CLASS_PATH.split(File.pathSeparator))
            .filter(entry -> !entry.endsWith(".jar"))
            // Executors have working directories of their own.
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    return new TreeMap<>(
        Map.of(
            "spark.master",
            url,
            "spark.driver.host",
            HOST,
            "spark.ui.enabled",
            "false",
            "spark.executor.memory",
            "1g",
            "spark.executor.extraClassPath",
            folders,
            "spark.executor.extraJavaOptions",
            String.join(" ", Forked.openings())
                + (" " + String.join(" ", Forked.QUICK))
                + " -Dorg.bytedeco.javacpp.cachedir=javacpp",
            "spark.executorEnv.OMP_NUM_THREADS",
            "1"));
  }

  /** The executors that run now. */
  List<ProcessHandle> executors() {
    return daemons.stream()
        .flatMap(d -> d.toHandle().descendants())
        .filter(p -> p.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  /** Ends a Worker as by kill -9, and with it, soon, its executors. */
  void killWorker() throws InterruptedException {
    workers.remove(0).destroyForcibly().waitFor();
  }

  /** Starts another Worker. */
  void addWorker() throws IOException, InterruptedException {
    awaitWorker(startWorker());
  }

  private int startWorker() throws IOException {
    int number = daemons.size();
    String work = home.resolve("work" + number).toString();
    daemon(
        "worker" + number,
        Worker.class,
        List.of("--webui-port", "0", "--cores", "1", "--memory", "2g", "--work-dir", work, url)
            .toArray(String[]::new));
    workers.add(daemons.get(number));
    return number;
  }

  private void awaitWorker(int number) throws IOException, InterruptedException {
    await("worker" + number, "(Successfully registered)");
  }

  private void daemon(String name, Class<?> main, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of("--host", HOST));
    all.addAll(List.of(args));
    daemons.add(
        Forked.java(
            home.resolve(name + ".log"),
            "256m",
            Map.of(
                "SPARK_HOME",
                home.toString(),
                "SPARK_SCALA_VERSION",
                "2.12",
                "SPARK_LOCAL_IP",
                HOST),
            List.of("-Dlog4j2.configurationFile=" + LOGGING),
            main,
            all.toArray(String[]::new)));
  }

  private String await(String name, String regex) throws IOException, InterruptedException {
    Path log = home.resolve(name + ".log");
    Pattern pattern = Pattern.compile(regex);
    for (int i = 0; i < 600; i++) {
      Matcher matcher = pattern.matcher(Files.readString(log));
      if (matcher.find()) {
        return matcher.group(1);
      }
      Thread.sleep(100);
    }
    throw new IOException(name + " does not start: " + Files.readString(log));
  }

  @Override
  public void close() {
    List<ProcessHandle> executors = executors();
    daemons.forEach(Process::destroyForcibly);
    executors.forEach(ProcessHandle::destroyForcibly);
  }
}
