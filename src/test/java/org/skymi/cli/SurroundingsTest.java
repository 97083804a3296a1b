package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes in surroundings that lack something, or that are asked to end. */
class SurroundingsTest {
  private static final int SIGNALLED = 128;

  @TempDir Path folder;
  private TinyCampaign tiny;

  @BeforeEach
  void copy() throws IOException {
    tiny = TinyCampaign.copy(folder);
  }

  /** What containers lack: an entry for the user, a home, an address for the host's name. */
  @Test
  @Timeout(120)
  void aRunInAContainerIsInterruptedAndGoneOnWith() throws Exception {
    Map<String, List<String>> undisturbed = CampaignRows.of(tiny.out());
    FileUtil.fullyDelete(tiny.out().toFile());
    Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n");
    Path log = folder.resolve("log");
    Process run = reprocess(log, "-Duser.name=?", "-Duser.home=?", "-Djdk.net.hosts.file=" + hosts);
    while (run.isAlive() && !Files.readString(log).contains("\"progress\"")) {
      Thread.sleep(20);
    }
    String signal = ignoresInterrupts(run) ? "TERM" : "INT";
    new ProcessBuilder("kill", "-" + signal, "" + run.pid()).start().waitFor();
    assertThat(run.waitFor())
        .as(Files.readString(log))
        .isEqualTo(SIGNALLED + ("INT".equals(signal) ? 2 : 15));
    assertThat(Files.readAllLines(log))
        .allMatch(line -> line.matches("\\{\"event\":\"(note|progress)\".*|skymi: .*"))
        .endsWith("skymi: interrupted; run again to go on");

    assertThat(tiny.file("manifests")).doesNotExist();
    assertThat(tiny.reprocess()).containsPattern("resumed: [12] plates were finished before");
    assertThat(CampaignRows.of(tiny.out())).isEqualTo(undisturbed);
  }

  /** As of background jobs of a shell without job control, whose children inherit it. */
  private static boolean ignoresInterrupts(Process process) throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    String mask =
        Files.exists(status)
            ? Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow()
                .substring("SigIgn:".length())
            : "0";
    return (Long.parseUnsignedLong(mask.trim(), 16) & 2) != 0;
  }

  private Process reprocess(Path log, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("-Dspark.master=local[1]"));
    all.addAll(List.of(options));
    String[] command = {
      "reprocess",
      "" + tiny.archive(),
      "--out",
      "" + tiny.out(),
      "--conf",
      tiny.conf(),
      "--json-log"
    };
    return Forked.java(log, "1g", Map.of(), all, Main.class, command);
  }

  @Test
  @Timeout(60)
  void theLauncherReadsNamesBeyondAsciiInTheLocaleC() throws Exception {
    Path home = folder.resolve("home");
    Path launcher = home.resolve("submit/skymi");
    Files.createDirectories(launcher.getParent());
    Files.copy(Path.of("submit/skymi"), launcher);
    TinyCampaign.copy(Path.of("conf"), home.resolve("conf"));
    Files.createDirectories(home.resolve("target/lib"));
    jarOfTheClassPath(home.resolve("target/skymi.jar"));
    Path frame = Files.createDirectories(folder.resolve("Nächte/光")).resolve("ł.fits.gz");
    Files.copy(tiny.filesOf(1).get(0), frame);

    Path log = folder.resolve("log");
    ProcessBuilder builder = new ProcessBuilder("bash", "" + launcher, "inspect", "" + frame);
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || "HOME".equals(name));
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    assertThat(log).content().startsWith(frame + System.lineSeparator()).contains("fibre frame");
  }

  /** A jar without a class of its own. */
  private static void jarOfTheClassPath(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Arrays.stream(System.getProperty("java.class.path").split(":"))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
  }
}
