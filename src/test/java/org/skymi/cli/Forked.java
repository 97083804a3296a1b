package org.skymi.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Java processes with the class path of the tests. */
final class Forked {
  /**
   * These processes end before what a better compiler or collector, or a proof of the libraries'
   * bytecode, costs pays.
   */
  static final List<String> QUICK =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-BytecodeVerificationRemote");

  private Forked() {}

  /** What Java 17 has to open for Spark. */
  static List<String> openings() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("--add-opens"))
        .toList();
  }

  /** The program, with Spark embedded. */
  static Process skymi(Path log, String master, String... args) throws IOException {
    return java(log, "1g", Map.of(), List.of("-Dspark.master=" + master), Main.class, args);
  }

  /** A class's main method; what it prints goes to a file. */
  static Process java(
      Path log,
      String heap,
      Map<String, String> environment,
      List<String> options,
      Class<?> main,
      String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(openings());
    command.add("-Xmx" + heap);
    command.addAll(QUICK);
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }
}
