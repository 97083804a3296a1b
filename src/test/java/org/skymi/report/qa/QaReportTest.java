package org.skymi.report.qa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;
import org.skymi.survey.Instrument;

/** Pages made of numbers that no campaign of the tests has. */
class QaReportTest {
  private static final int NIGHT = 20171018;
  private static final String WILD = "<script>alert(1)</script>&\"P'1";
  private static final QaSource SOURCE =
      new QaSource("main", "hdfs://a/<b>", 3, "2026-01-01 10:00", "0123", "0.1");

  @TempDir Path folder;

  private static ExposureView exposure(String plan) {
    return new ExposureView(
        new ExposureView.Name(NIGHT, plan, 83584836),
        new ExposureView.Conditions(58044.7, 1800, 1.2, 0.4, 79),
        new ExposureView.Content(16, 8000, 600, 20, 0),
        new ExposureView.Sky(new double[6], 0));
  }

  private static QaData empty(String plan) {
    return new QaData(
        List.of(), List.of(), List.of(exposure(plan)), List.of(), new PixelTally(), Map.of());
  }

  private String page(String path) throws IOException {
    return Files.readString(folder.resolve(path));
  }

  @Test
  void namesFromFilesAreTextAndNothingElse() throws IOException {
    QaReport report = new QaReport(folder, SOURCE);
    report.writeNight(NIGHT, empty(WILD), Map.of("<i>BAD</i>", 2L), true);
    String html = page("nights/20171018/index.html");
    assertThat(html)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;P&#39;1")
        .contains("&lt;i&gt;BAD&lt;/i&gt;", "hdfs://a/&lt;b&gt;")
        .doesNotContain("<script", "<i>BAD", "<b>\"");
  }

  @Test
  void aPageWithoutSpectraSaysWhyAndHasNoEmptyFigures() throws IOException {
    new QaReport(folder, SOURCE)
        .writeCampaign(empty("P1"), List.of(), List.of(), Map.of(), Set.of(NIGHT));
    assertThat(page("index.html"))
        .contains("No spectrum of a held-out sky fibre is stored", "--spectra none")
        .contains("nights/20171018/index.html")
        .doesNotContain("<figure>", "<img");
  }

  @Test
  void aFullPlateIsDrawn() throws IOException {
    assertThat(bytesOfNight(1)).isBetween(300_000L, 3_000_000L);
    assertThat(page("nights/20171018/index.html"))
        .contains("focal-plane-1.png", "training.png", "<b>4 000 fibres.</b>", "4.20");
  }

  @Test
  @Tag("full")
  void aNightOfManyFullPlatesStaysBelowFiveMegabytes() throws IOException {
    assertThat(bytesOfNight(10)).isBetween(2_000_000L, 5_000_000L);
  }

  private long bytesOfNight(int plates) throws IOException {
    List<FibreView> fibres = new ArrayList<>();
    Random random = new Random(1);
    for (int plate = 0; plate < plates; plate++) {
      for (int f = 0; f < 4000; f++) {
        for (String arm : List.of("b", "r")) {
          fibres.add(fibre("P" + plate, arm, f, random));
        }
      }
    }
    QaData data =
        new QaData(
            List.of(new Headline(NIGHT, "b", Metric.SYS_FLOOR, medians(4.2, 1.7), 320)),
            fibres,
            List.of(exposure("P1")),
            List.of(new TrainingView("P1", 0, "b", "faint", 40, 7.5, false)),
            new PixelTally(),
            Map.of());
    new QaReport(folder, SOURCE).writeNight(NIGHT, data, Map.of(), false);
    Path night = folder.resolve("nights/20171018");
    try (Stream<Path> files = Files.list(night)) {
      return files.mapToLong(f -> f.toFile().length()).sum();
    }
  }

  @Test
  void fibresAreNumberedThroughTheSpectrographsOfTheirInstrument() {
    FibreView.Place lamost = new FibreView.Place("", Instrument.LAMOST, "b", 2, 1, 0, 0);
    FibreView.Place boss = new FibreView.Place("", Instrument.BOSS, "b", 2, 501, 0, 0);
    assertThat(new FibreView(lamost, null, Map.of()).number()).isEqualTo(251);
    assertThat(new FibreView(boss, null, Map.of()).number()).isEqualTo(501);
  }

  private static FibreView fibre(String plate, String arm, int number, Random random) {
    double angle = 2 * Math.PI * random.nextDouble();
    double radius = 2.5 * Math.sqrt(random.nextDouble());
    boolean isSky = number % 12 == 0;
    boolean known = isSky || arm.equals("r");
    return new FibreView(
        new FibreView.Place(
            plate,
            Instrument.LAMOST,
            arm,
            1 + number / 250,
            1 + number % 250,
            radius * Math.cos(angle),
            radius * Math.sin(angle)),
        new FibreView.Calibration(
            1 + 0.05 * random.nextGaussian(),
            0.05 * random.nextGaussian(),
            0.2 * random.nextGaussian()),
        Map.of(
            Method.SUPER,
            residual(known, 4, isSky, 5, random),
            Method.SMI,
            residual(known, 1, isSky, 2, random)));
  }

  private static Map<Method, Double> medians(double superSky, double smi) {
    return Map.of(Method.SUPER, superSky, Method.SMI, smi);
  }

  private static FibreView.Residual residual(
      boolean known, double bias, boolean isSky, double floor, Random random) {
    return new FibreView.Residual(
        known ? bias * random.nextGaussian() : Double.NaN,
        isSky ? floor + random.nextGaussian() : Double.NaN);
  }
}
