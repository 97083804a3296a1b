package org.skymi;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real data beside the checkout, in ../shared/data; tests that want it are skipped where it is
 * absent.
 */
public final class SharedData {
  private SharedData() {}

  /** A path below ../shared/data; skips the calling test if it does not exist. */
  public static Path path(String relative) {
    Path path = Path.of("..", "shared", "data").resolve(relative).toAbsolutePath().normalize();
    assumeTrue(Files.exists(path), () -> "skipped: no " + path);
    return path;
  }
}
