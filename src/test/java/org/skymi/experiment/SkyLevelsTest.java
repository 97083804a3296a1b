package org.skymi.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.SharedData;
import org.skymi.sky.memory.MemoryShape;
import org.skymi.survey.InputException;

class SkyLevelsTest {
  private static final String HEADING =
      "night,expid,tileid,petal,fibre,dist_mm,x_mm,y_mm,flux_e_per_0p8A\n";

  private static final LevelPredictor MEMORY =
      new LevelMemory("memory", new MemoryShape.Orders(1, 1, 0, 0));

  @TempDir private Path folder;

  private Path table(String rows) throws IOException {
    Path file = folder.resolve("levels.csv.gz");
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      out.write(HEADING + rows);
    }
    return file;
  }

  /** Fibres that are 2 % apart for good and 0.5 % from visit to visit. */
  private static String rows() {
    StringBuilder rows = new StringBuilder();
    Random random = new Random(1);
    double[] own = random.doubles(120).map(d -> (d - 0.5) * 0.07).toArray();
    for (int exposure = 0; exposure < 12; exposure++) {
      double sky = 200 * (1 + random.nextDouble());
      for (int fibre = 0; fibre < own.length; fibre++) {
        int petal = fibre / 60;
        rows.append(
            String.format(
                Locale.ROOT,
                "%d,%d,1,%d,%d,1.0,%d.0,%d.0,%.4f%n",
                20220205 + exposure / 4,
                100 + exposure,
                petal,
                petal * 500 + fibre % 60,
                fibre,
                fibre % 7,
                sky * (1 + own[fibre] + 0.005 * random.nextGaussian())));
      }
    }
    return rows.toString();
  }

  @Test
  void memoryForetellsWhatOtherNightsTaught() throws IOException {
    SkyLevelBenchmark benchmark = new SkyLevelBenchmark(SkyLevels.read(table(rows())), 1);
    SkyLevelBenchmark.Score memory = benchmark.judge(MEMORY);
    SkyLevelBenchmark.Score median = benchmark.judge(LevelBaselines.all().get(1));
    assertThat(memory.fibres()).isEqualTo(12 * 120);
    assertThat(memory.scatter()).isBetween(0.4, 0.7);
    assertThat(median.scatter()).isGreaterThan(2);
  }

  @Test
  void heldOutFibresHaveNoEquations() throws IOException {
    SkyLevels levels = SkyLevels.read(table(rows()));
    LevelExposure exposure = levels.exposure(3, k -> k % 5 == 0);
    int k = 0;
    for (LevelExposure.LevelFrame frame : exposure.frames()) {
      for (var fibre : frame.equations().fibres()) {
        assertThat(fibre.equations() == null).isEqualTo(k % 5 == 0);
        assertThat(fibre.teaches()).isEqualTo(k % 5 != 0);
        k++;
      }
    }
    // The unit of all levels is made without them.
    assertThat(levels.truth(3, 0, i -> i % 5 == 0)).isBetween(0.9, 1.1);
  }

  @Test
  void whatIsNoTableIsNamed() throws IOException {
    Path damaged = table("20220205,1,1,0,7,1.0,2.0,3.0,200\n20220205,1,1,0,x,1.0,2.0,3.0,200\n");
    assertThatThrownBy(() -> SkyLevels.read(damaged))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(":3: not a sky level");
    Path other = folder.resolve("other.csv.gz");
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(other)), StandardCharsets.UTF_8)) {
      out.write("a,b\n1,2\n");
    }
    assertThatThrownBy(() -> SkyLevels.read(other))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no table of sky levels");
  }

  /** The figures of a published table: DESI's sky fibres of four nights. */
  @Test
  void realFibresAreForetoldAsWellAsPublished() throws IOException {
    Path file = SharedData.path("desi/sky-fibres-r.csv.gz");
    SkyLevelBenchmark benchmark = new SkyLevelBenchmark(SkyLevels.read(file), 1);
    assertThat(benchmark.judge(LevelBaselines.all().get(0)).scatter()).isBetween(1.55, 1.61);
    assertThat(benchmark.judge(LevelBaselines.all().get(1)).scatter()).isBetween(1.31, 1.37);
    assertThat(benchmark.judge(MEMORY).scatter()).isLessThan(0.79);
  }
}
