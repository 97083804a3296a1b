package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code skymi bench scale}, and what it says of many plates. */
class BenchScaleTest {
  @TempDir Path folder;

  private JsonNode measure(int plates) throws IOException {
    Path archive = folder.resolve("archive");
    TinyArchive.write(archive, plates);
    Path quick = QuickSettings.write(folder);
    String[] args = {
      "bench", "scale", "" + archive, "--slots", "2", "--memory", "--conf", "" + quick
    };
    String said = said(Main.DONE, args);
    return new ObjectMapper().readTree(said.substring(said.indexOf('{')));
  }

  @Test
  void tellsWhatARunTook() throws IOException {
    JsonNode measured = measure(4);
    assertThat(measured.get("slots").asInt()).isEqualTo(2);
    assertThat(measured.get("plates").asInt()).isEqualTo(4);
    assertThat(measured.get("rows").asInt()).isEqualTo(4 * 2 * TinyArchive.FIBRES);
    assertThat(measured.get("quarters")).hasSize(4);
    assertThat(measured.get("quarters").get(3).get("process_mb").asDouble())
        .isGreaterThan(measured.get("quarters").get(3).get("heap_mb").asDouble());
    assertThat(measured.get("task_s").asDouble())
        .isBetween(0.1, 2 * measured.get("wall_s").asDouble());
  }

  @Test
  @Tag("full")
  void of200PlatesTimeIsLinearMemoryFlatAndTheManifestOne() throws IOException {
    JsonNode measured = measure(200);
    assertThat(measured.get("rows").asInt()).isEqualTo(200 * 2 * TinyArchive.FIBRES);
    assertThat(measured.get("manifests").asInt()).isEqualTo(1);
    JsonNode quarters = measured.get("quarters");
    double[] seconds = new double[4];
    double[] heap = new double[4];
    long[] files = new long[4];
    for (int q = 0; q < 4; q++) {
      seconds[q] = quarters.get(q).get("seconds").asDouble();
      heap[q] = quarters.get(q).get("heap_mb").asDouble();
      files[q] = quarters.get(q).get("open_files").asLong();
    }
    // The last quarter takes what the second one takes, give or take what else the machine does.
    assertThat(seconds[3] - seconds[2])
        .isBetween((seconds[1] - seconds[0]) / 2, (seconds[1] - seconds[0]) * 2);
    assertThat(heap[3] - heap[0]).as(measured.toString()).isLessThan(25);
    assertThat(files[3] - files[0]).as(measured.toString()).isLessThan(10);
  }
}
