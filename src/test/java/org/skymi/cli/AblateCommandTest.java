package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.experiment.AblationVariant;
import org.skymi.survey.SkyBand;

/** Every variant on a tiny plate. */
class AblateCommandTest {
  private static final int FIGURES = 2;

  @TempDir Path folder;

  private String ablate(int code, String... more) throws IOException {
    Path quick =
        Files.writeString(
            folder.resolve("quick.conf"),
            "skymi.reduction.individual-steps = 4\nskymi.reduction.common-steps = 4\n");
    String[] small = {
      "ablate", "--plates", "1", "--spectrographs", "1", "--exposures", "1", "--fibres", "32"
    };
    List<String> args = new ArrayList<>(List.of(small));
    args.addAll(List.of("--pixels", "400", "--conf", quick.toString()));
    args.addAll(List.of(more));
    PrintStream out = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(Main.run(args.toArray(String[]::new))).isEqualTo(code);
    } finally {
      System.setOut(out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void everyVariantHasFiniteFiguresInEveryBandAndTheSameOnesAgain() throws IOException {
    String csv = ablate(Main.DONE, "--format", "csv");
    for (AblationVariant variant : AblationVariant.all(false)) {
      String start = variant.group() + "," + variant.name() + ",";
      List<String> lines =
          csv.lines()
              .filter(l -> l.startsWith(start) && (l.contains(",pixel,") || l.contains(",mean,")))
              .toList();
      assertThat(lines).as(start).hasSize(FIGURES * SkyBand.values().length);
      for (String line : lines) {
        String[] cells = line.split(",", -1);
        assertThat(Double.parseDouble(cells[6])).as(line).isFinite().isPositive();
        assertThat(Double.parseDouble(cells[7])).as(line).isFinite().isPositive();
      }
    }
    assertThat(ablate(Main.DONE, "--format", "csv")).isEqualTo(csv);
  }

  @Test
  void theTableIsMarkdownWithTheSettingsThatMakeEachVariant() throws IOException {
    String page = ablate(Main.DONE, "--format", "markdown");
    assertThat(page)
        .contains("| variant | 3700-4000 |", "| Memory: default | ", "| SMI: default | ", "(1.000)")
        .contains("super-sky.fibre-polynomial = 1", "objects = false")
        .doesNotContain("base model", "NaN");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThat(Main.run("ablate", "--plates", "0")).isEqualTo(Main.USAGE);
    assertThat(Main.run("ablate", "--fibres", "3")).isEqualTo(Main.USAGE);
    assertThat(Main.run("ablate", "--model", folder.resolve("absent").toString()))
        .isEqualTo(Main.INPUT);
  }
}
