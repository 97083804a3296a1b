package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
  @TempDir Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsKeptComesBackAndLeavesNoFile() throws IOException {
    try (Scratch scratch = new Scratch(folder.toString())) {
      scratch.keep("a", bytes("of the blue arm"));
      scratch.keep("b", new byte[0]);
      scratch.keep("c", bytes("of the red arm"));
      assertThat(folder).isEmptyDirectory();
      assertThat(scratch.kept("c")).hasValue(bytes("of the red arm"));
      assertThat(scratch.kept("a")).hasValue(bytes("of the blue arm"));
      assertThat(scratch.kept("a")).hasValue(bytes("of the blue arm"));
      assertThat(scratch.kept("b")).hasValue(new byte[0]);
      assertThat(scratch.kept("d")).isEmpty();
    }
  }

  @Test
  void objectsComeBackBetweenBytes() throws IOException {
    double[] numbers = new Random(5).doubles(100_000).toArray();
    try (Scratch scratch = new Scratch(folder.toString())) {
      scratch.keep("a", bytes("before"));
      assertThat(scratch.keep("b", numbers)).isTrue();
      scratch.keep("c", new byte[600_000]);
      assertThat(scratch.kept("b", double[].class)).isEqualTo(numbers).isNotSameAs(numbers);
      assertThat(scratch.kept("a")).hasValue(bytes("before"));
      assertThat(scratch.kept("c")).hasValue(new byte[600_000]);
    }
  }

  @Test
  void aDiskThatTakesNothingIsDoneWithout() throws IOException {
    for (String none : new String[] {"none", folder.resolve("absent").toString()}) {
      try (Scratch scratch = new Scratch(none)) {
        scratch.keep("a", bytes("of the blue arm"));
        assertThat(scratch.kept("a")).isEmpty();
        assertThat(scratch.keep("b", "an object")).isFalse();
      }
    }
  }
}
