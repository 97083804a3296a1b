package org.skymi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Settings with which training is quick. */
final class QuickSettings {
  private QuickSettings() {}

  /** Writes them to a folder. */
  static Path write(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("quick.conf"),
        "skymi.reduction.epochs = 2\n"
            + "skymi.reduction.adaptation-steps = 2\n"
            + "skymi.reduction.fewest-visits = 0\n");
  }
}
