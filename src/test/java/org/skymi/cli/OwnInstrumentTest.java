package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.fits.FrameWriter;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.survey.Arm;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.table.FibreSkyTable;

/** A survey that nobody knew: an invented instrument of four arms, told of by a file alone. */
class OwnInstrumentTest {
  private static final int FIBRES = 24;

  @TempDir static Path folder;

  @BeforeAll
  static void platesOfAnInventedInstrument() throws IOException {
    System.setProperty("spark.master", "local[2]");
    List<String> lines =
        new ArrayList<>(
            List.of(
                "telescope = GRID",
                "plans = GRID-",
                "spectrographs = 3",
                "fibres = 40",
                "arms = u g r i",
                "guide = i"));
    lines.addAll(arm("u", "violet", 3690, 4700, 2.8));
    lines.addAll(arm("g", "green", 4600, 5950, 2.8));
    lines.addAll(arm("r", "red", 5850, 7400, 4));
    lines.addAll(arm("i", "infrared", 7300, 9110, 4));
    Path file = Files.write(folder.resolve("grid.properties"), lines);
    System.setProperty(Instrument.OWN, file.toString());
    write("known", "GRID-1", 58100);
    write("known", "GRID-2", 58101);
    write("new", "GRID-3", 58110);
    Files.writeString(
        folder.resolve("quick.conf"),
        "skymi.reduction.epochs = 1\n"
            + "skymi.reduction.adaptation-steps = 1\n"
            + "skymi.reduction.fewest-visits = 0\n");
  }

  @AfterAll
  static void asBefore() {
    System.clearProperty("spark.master");
    System.clearProperty(Instrument.OWN);
  }

  private static List<String> arm(
      String letter, String label, double first, double last, double spread) {
    return List.of(
        letter + ".label = " + label,
        letter + ".first = " + first,
        letter + ".last = " + last,
        letter + ".pixels = 2000",
        letter + ".low = " + (first + 10),
        letter + ".high = " + (last - 10),
        letter + ".pixel = 1",
        letter + ".pivot = " + (first + last) / 2,
        letter + ".spread = " + spread);
  }

  private static void write(String archive, String plan, int lmjd) throws IOException {
    PlateSimulator simulator =
        new PlateSimulator(
            PlateDesign.of(plan, lmjd, 1).withFibres(FIBRES).withPixels(700, 700, 700, 1000));
    Path to = Files.createDirectories(folder.resolve(archive));
    for (FrameId id : simulator.ids()) {
      SimulatedFrame simulated = simulator.frame(id);
      try (OutputStream out = Files.newOutputStream(to.resolve(id.fileStem() + ".fits"))) {
        FrameWriter.write(
            simulated.frame(), Optional.of(simulated.truthSky()), Optional.empty(), out);
      }
    }
  }

  @Test
  void fourArmsAreLearntEstimatedAndJudged() throws IOException {
    Instrument grid = Instrument.ofPlan("GRID-1");
    assertThat(grid.telescope()).isEqualTo("GRID");
    assertThat(grid.fromGuide()).extracting(Arm::letter).containsExactly('i', 'r', 'g', 'u');
    String conf = folder.resolve("quick.conf").toString();
    String model = folder.resolve("base.model").toString();
    String known = folder.resolve("known").toString();
    assertThat(said(Main.DONE, "pretrain", known, "--model-out", model, "--conf", conf))
        .contains("violet", "infrared");
    String out = folder.resolve("out").toString();
    String plates = folder.resolve("new").toString();
    said(Main.DONE, "reprocess", plates, "--out", out, "--conf", conf, "--model", model);
    List<Row> rows = CampaignRows.rows(CampaignRows.folder(Path.of(out)), FibreSkyTable.TABLE);
    Map<String, Long> byArm =
        rows.stream()
            .collect(Collectors.groupingBy(r -> r.<String>getAs("arm"), Collectors.counting()));
    assertThat(byArm)
        .containsOnlyKeys("u", "g", "r", "i")
        .allSatisfy((arm, count) -> assertThat(count).isEqualTo(FIBRES));
    assertBand(rows, "u", "b4000_4500");
    assertBand(rows, "r", "r6000_6800");
    assertBand(rows, "i", "r8200_9000");
    assertThat(said(Main.DONE, "summary", out))
        .contains("violet arm", "green arm", "red arm", "infrared arm");
    assertThat(said(Main.DONE, "evaluate", out)).contains("8200-9000");
  }

  /** A band belongs to the one arm that has all of it, and its sky is about right there. */
  private static void assertBand(List<Row> rows, String arm, String band) {
    for (String method : List.of("memory", "smi")) {
      List<Float> errors =
          rows.stream()
              .filter(r -> !r.isNullAt(r.fieldIndex(method + "_truth_bias_" + band)))
              .peek(r -> assertThat(r.<String>getAs("arm")).isEqualTo(arm))
              .map(r -> Math.abs(r.<Float>getAs(method + "_truth_bias_" + band)))
              .sorted()
              .toList();
      assertThat(errors).hasSizeGreaterThan(FIBRES / 2);
      assertThat(errors.get(errors.size() / 2)).isLessThan(10);
    }
  }
}
