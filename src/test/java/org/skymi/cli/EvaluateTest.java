package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code skymi evaluate} and {@code skymi plot}, from the command line. */
class EvaluateTest {
  @TempDir Path folder;

  @BeforeEach
  void twoSlots() {
    System.setProperty("spark.master", "local[2]");
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("spark.master");
  }

  @Test
  void anArchiveIsReprocessedByAllMethodsAndItsCampaignEvaluated() throws IOException {
    Path archive = folder.resolve("archive");
    TinyArchive.write(archive, 2);
    Path out = folder.resolve("out");
    Path first = folder.resolve("made/first.csv");
    assertThat(
            Main.run(
                "evaluate",
                archive.toString(),
                "--out",
                out.toString(),
                "--format",
                "csv",
                "--store",
                first.toString()))
        .isEqualTo(Main.DONE);
    List<String> csv = Files.readAllLines(first);
    assertThat(csv)
        .anyMatch(l -> l.startsWith("objects,all,all,4500-5500,TRUTH_BIAS,nmad,%,2,"))
        .anyMatch(l -> l.startsWith("objects,moon,dark,"))
        .anyMatch(l -> l.startsWith("objects,snr,"))
        .anyMatch(l -> l.startsWith("objects,distance,"))
        .anyMatch(l -> l.startsWith("sky_fibres,all,all,b,SYS_FLOOR,median,%,2,"))
        .anyMatch(l -> l.contains(",full/super,"))
        .anyMatch(l -> l.contains(",memory/full,"))
        .anyMatch(l -> l.contains(",smi/memory,"))
        .noneMatch(l -> l.startsWith("objects,moon,bright,"));

    Path again = folder.resolve("again.csv");
    assertThat(evaluate(out, "--format", "csv", "--store", again.toString())).isZero();
    assertThat(again).hasSameTextualContentAs(first);

    Path page = folder.resolve("page.md");
    assertThat(evaluate(out, "--format", "markdown", "--store", page.toString())).isZero();
    assertThat(page)
        .content()
        .contains("# Super Sky, Full, Memory, SMI side by side")
        .containsSubsequence("## What each step adds", "## Bias", "## Object fibres");
    assertThat(Files.readAllLines(page)).filteredOn(l -> l.contains("too few plates")).hasSize(1);
    Path picture = folder.resolve("made/plot.png");
    assertThat(Main.run("plot", out.toString(), "--out", picture.toString())).isZero();
    assertThat(javax.imageio.ImageIO.read(picture.toFile()).getWidth()).isEqualTo(2000);
    assertThat(errorOf("plot", archive.toString(), "--out", picture.toString()))
        .contains("no campaign 'main'");
    assertThat(evaluate(out, "--campaign", "other")).isEqualTo(Main.INPUT);
  }

  @Test
  void whatIsNeitherCampaignNorArchiveIsAnInputError() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(errorOf("evaluate", empty.toString()))
        .startsWith("skymi: neither a campaign 'main' nor an archive: ")
        .hasLineCount(1);
    assertThat(errorOf("evaluate", folder.resolve("absent").toString()))
        .contains("does not exist")
        .hasLineCount(1);
    assertThat(evaluate(empty, "--format", "pdf")).isEqualTo(Main.USAGE);
    assertThat(evaluate(empty, "--resamples", "1")).isEqualTo(Main.USAGE);
  }

  @Test
  void aCampaignWithNothingToJudgeIsAnInputError() throws IOException {
    TinyCampaign empty = TinyCampaign.copy(folder.resolve("empty"));
    empty.loseAllRows();
    assertThat(errorOf("evaluate", empty.out().toString()))
        .contains("nothing to judge")
        .hasLineCount(1);
  }

  private static int evaluate(Path place, String... more) {
    String[] args = new String[2 + more.length];
    args[0] = "evaluate";
    args[1] = place.toString();
    System.arraycopy(more, 0, args, 2, more.length);
    return Main.run(args);
  }

  /** What an input error says. */
  private static String errorOf(String... args) {
    var bytes = new java.io.ByteArrayOutputStream();
    PrintStream err = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(Main.run(args)).isEqualTo(Main.INPUT);
    } finally {
      System.setErr(err);
    }
    return bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(l -> l.startsWith("skymi: "))
        .reduce("", (a, b) -> a.isEmpty() ? b : a + "\n" + b);
  }
}
