package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.skymi.experiment.SmiVariant;
import org.skymi.survey.Instrument;

/** Every variant on tiny plates. */
class AblateCommandTest {
  private static String run(String... more) {
    String[] small = {
      "ablate",
      "--learn",
      "3",
      "--judge",
      "2",
      "--spectrographs",
      "1",
      "--fibres",
      "30",
      "--pixels",
      "400",
      "--epochs",
      "2",
      "--markdown"
    };
    List<String> args = new ArrayList<>(List.of(small));
    args.addAll(List.of(more));
    return Said.said(Main.DONE, args.toArray(String[]::new))
        .lines()
        .filter(l -> l.startsWith("| ") || l.startsWith("Plates"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void everyVariantStandsBesideTheMemoryOfAsManyPlates() {
    String page = run();
    for (SmiVariant variant : SmiVariant.values()) {
      List<String> rows =
          page.lines().filter(l -> l.startsWith("| " + variant.label() + " of 3 |")).toList();
      assertThat(rows).as(variant.label()).hasSize(4);
      assertThat(rows.get(0).split("\\|"))
          .hasSize(2 + Instrument.LAMOST.bands().size())
          .allSatisfy(cell -> assertThat(cell).doesNotContain("NaN"));
    }
    assertThat(page)
        .contains(
            "| memory of 3 | ", "(1.000±0.000)", "Plates that kept a step of their training: ");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThat(Main.run("ablate", "--judge", "0")).isEqualTo(Main.USAGE);
    assertThat(Main.run("ablate", "--fibres", "3")).isEqualTo(Main.USAGE);
    assertThat(Main.run("ablate", "--learn", "6,3")).isEqualTo(Main.USAGE);
  }
}
