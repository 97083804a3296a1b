package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skymi.campaign.CampaignFolder;

/** A standalone cluster of two Workers, archive and campaign on HDFS. */
class ClusterTest {
  private static final int PLATES = 5;

  @TempDir static Path home;
  private static MiniDFSCluster hdfs;
  private static LocalCluster cluster;
  private static Map<String, List<String>> embedded;

  @BeforeAll
  static void start() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, home.resolve("hdfs").toString());
    hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    Path archive = home.resolve("archive");
    TinyArchive.write(archive, PLATES);
    try (FileSystem fs = FileSystem.newInstance(hdfs.getURI(), configuration)) {
      fs.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(archive.toUri()),
          new org.apache.hadoop.fs.Path("/archive"));
    }
    assertThat(reprocess("embedded")).isEqualTo(Main.DONE);
    embedded = rows("embedded");
    cluster = new LocalCluster(home.resolve("spark"), 2);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    hdfs.shutdown();
  }

  @AfterEach
  void embedAgain() {
    if (cluster != null) {
      cluster.properties().keySet().forEach(System::clearProperty);
    }
    List.of("speculation", "speculation.interval", "speculation.multiplier", "speculation.quantile")
        .forEach(p -> System.clearProperty("spark." + p));
  }

  @Test
  @Tag("full")
  void anExecutorThatIsKilledChangesNothing(TestInfo test) throws Exception {
    onCluster(Map.of());
    CompletableFuture<Integer> run = CompletableFuture.supplyAsync(() -> reprocess(name(test)));
    String data = "/" + name(test) + "/main/data/fibre_sky";
    await(() -> exists(data) && !cluster.executors().isEmpty() || run.isDone());
    assertThat(run).as("ended before it could be disturbed").isNotDone();
    ProcessHandle victim = cluster.executors().get(0);
    assertThat(victim.destroyForcibly()).isTrue();
    assertThat(run.get()).isEqualTo(Main.DONE);
    requireRowsOfEmbedded(name(test));
  }

  @Test
  void aWorkerThatIsKilledChangesNothing(TestInfo test) throws Exception {
    onCluster(Map.of());
    CompletableFuture<Integer> run = CompletableFuture.supplyAsync(() -> reprocess(name(test)));
    String data = "/" + name(test) + "/main/data/fibre_sky";
    await(() -> exists(data) && cluster.executors().size() == 2 || run.isDone());
    assertThat(run).as("ended before it could be disturbed").isNotDone();
    cluster.killWorker();
    try {
      assertThat(run.get()).isEqualTo(Main.DONE);
    } finally {
      cluster.addWorker();
    }
    requireRowsOfEmbedded(name(test));
  }

  @Test
  @Tag("full")
  void aDriverThatIsKilledWhileItsExecutorsTrainIsGoneOnWith(TestInfo test) throws Exception {
    Process driver = driver(name(test), List.of());
    String work = "/" + name(test) + "/main/work";
    await(() -> outcomes(work) > 0 || !driver.isAlive());
    driver.destroyForcibly().waitFor();
    assertThat(exists("/" + name(test) + "/main/manifests")).as("was too late").isFalse();
    assertThat(reprocess(name(test))).isEqualTo(Main.DONE);
    requireRowsOfEmbedded(name(test));
  }

  @Tag("full")
  @ParameterizedTest
  @CsvSource({
    "AMID_WRITE, 1, manifests/[.].*, false",
    "BEFORE_RENAME, 1, manifests/000001.json, false",
    "AFTER_RENAME, 1, manifests/000001.json, true",
    "AFTER_DELETE, 2, work/.*[.]json, true",
  })
  void aDriverThatIsKilledInItsCommitIsGoneOnWith(
      HaltPoint.Moment moment, int nth, String path, boolean isCommitted) throws Exception {
    String out = "killed-" + moment;
    HaltPoint point = new HaltPoint(moment, nth, Pattern.compile(path));
    assertThat(driver(out, List.of(point.option())).waitFor())
        .as(Files.readString(home.resolve(out + ".log")))
        .isEqualTo(HaltPoint.CODE);
    assertThat(exists("/" + out + "/main/manifests/000001.json")).isEqualTo(isCommitted);
    assertThat(reprocess(out)).isEqualTo(Main.DONE);
    requireRowsOfEmbedded(out);
  }

  /** A run on the cluster whose driver is a process of its own. */
  private static Process driver(String out, List<String> options) throws IOException {
    Map<String, String> properties = new TreeMap<>(cluster.properties());
    properties.putAll(HaltingHdfs.PROPERTIES);
    List<String> all = new ArrayList<>(options);
    properties.forEach((name, value) -> all.add("-D" + name + "=" + value));
    return Forked.java(home.resolve(out + ".log"), "1g", Map.of(), all, Main.class, arguments(out));
  }

  private static int outcomes(String work) {
    try {
      return hdfs.getFileSystem()
          .globStatus(new org.apache.hadoop.fs.Path(work + "/[!.]*.json"))
          .length;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  @Tag("full")
  void allIsAsEmbedded(TestInfo test) throws IOException {
    onCluster(Map.of());
    assertThat(reprocess(name(test))).isEqualTo(Main.DONE);
    requireRowsOfEmbedded(name(test));
  }

  @Test
  @Tag("full")
  void aBaseModelIsTheSameWhereverItsShardsAre() throws IOException {
    byte[] here = pretrain("here.model");
    onCluster(Map.of());
    assertThat(pretrain("cluster.model")).isEqualTo(here);
  }

  private static byte[] pretrain(String file) throws IOException {
    String uri = hdfs.getURI().toString();
    String[] args = {
      "pretrain", uri + "/archive", "--model-out", uri + "/" + file, "--shards", "3"
    };
    assertThat(Main.run(args)).isEqualTo(Main.DONE);
    try (var in = hdfs.getFileSystem().open(new org.apache.hadoop.fs.Path("/" + file))) {
      return in.readAllBytes();
    }
  }

  @Test
  @Tag("full")
  void speculativeTasksChangeNothing(TestInfo test) throws IOException {
    onCluster(
        Map.of(
            "spark.speculation", "true",
            "spark.speculation.interval", "50ms",
            "spark.speculation.multiplier", "1",
            "spark.speculation.quantile", "0.2"));
    assertThat(reprocess(name(test))).isEqualTo(Main.DONE);
    requireRowsOfEmbedded(name(test));
  }

  private static void onCluster(Map<String, String> more) {
    cluster.properties().forEach(System::setProperty);
    more.forEach(System::setProperty);
  }

  private void requireRowsOfEmbedded(String out) throws IOException {
    embedAgain();
    assertThat(rows(out)).isEqualTo(embedded);
    assertThat(CampaignRows.manifest(folder(out)).number()).isEqualTo(1);
  }

  private static int reprocess(String out) {
    return Main.run(arguments(out));
  }

  private static String[] arguments(String out) {
    String uri = hdfs.getURI().toString();
    return new String[] {"reprocess", uri + "/archive", "--out", uri + "/" + out};
  }

  private static Map<String, List<String>> rows(String out) throws IOException {
    return CampaignRows.of(folder(out));
  }

  private static CampaignFolder folder(String out) {
    return CampaignFolder.of(hdfs.getURI() + "/" + out, "main");
  }

  private static String name(TestInfo test) {
    return test.getTestMethod().orElseThrow().getName();
  }

  private static boolean exists(String path) {
    try {
      return hdfs.getFileSystem().exists(new org.apache.hadoop.fs.Path(path));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 6000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(20);
    }
  }
}
