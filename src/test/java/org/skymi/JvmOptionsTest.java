package org.skymi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests run with the same openings as the launcher's JVM. */
class JvmOptionsTest {
  @Test
  void pomAndLauncherOpenTheSamePackages() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String inPom =
        pom.substring(
            pom.indexOf("<jvm.add.opens>") + "<jvm.add.opens>".length(),
            pom.indexOf("</jvm.add.opens>"));
    List<String> inLauncher =
        Files.readAllLines(Path.of("conf", "jvm.options")).stream()
            .filter(line -> line.startsWith("--add-opens"))
            .toList();
    assertThat(Arrays.asList(inPom.split(" "))).isEqualTo(inLauncher);
  }
}
