package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program as its user sees it. */
final class Said {
  private Said() {}

  /** What a command that ends with a code prints to either stream. */
  static String said(int code, String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
    int given;
    try {
      given = Main.run(args);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    String said = bytes.toString(StandardCharsets.UTF_8);
    assertThat(given).as(said).isEqualTo(code);
    return said;
  }
}
