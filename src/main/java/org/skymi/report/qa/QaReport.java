package org.skymi.report.qa;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.skymi.report.ArmNames;
import org.skymi.report.Digits;
import org.skymi.sky.judge.Method;
import org.skymi.survey.Night;

/**
 * A folder of pages that need no network and no program but a browser: {@code index.html} of the
 * campaign, and {@code nights/YYYYMMDD/index.html} of each night, each with its pictures beside it.
 */
public final class QaReport {
  private static final String NIGHTS = "nights";

  private final Path folder;
  private final QaSource source;

  /**
   * @param folder made when the first page is written
   */
  public QaReport(Path folder, QaSource source) {
    this.folder = folder;
    this.source = source;
  }

  /**
   * Writes a night's page.
   *
   * @param night YYYYMMDD
   * @param data of the night
   * @param quarantine files of the night that were not used, by reason
   * @param hasCampaignPage whether to link to it
   */
  public void writeNight(
      int night, QaData data, Map<String, Long> quarantine, boolean hasCampaignPage)
      throws IOException {
    List<Section> sections = new ArrayList<>();
    List<HtmlTable> overview = new ArrayList<>();
    overview.add(QaTables.exposures(data.exposures()));
    overview.addAll(QaTables.headlines(data.headlines()));
    overview.addAll(QaTables.quarantine(quarantine));
    sections.add(new Section("overview", "Overview", "", overview, List.of()));
    sections.addAll(common(data));
    List<Figure> training = new TrainingCurves(data.training()).figure().stream().toList();
    sections.add(Section.of("training", "Training", training));
    List<Figure> sky = new SkyBrightness(data.exposures()).throughTheNight().stream().toList();
    sections.add(Section.of("sky", "Sky brightness", sky));
    new QaPage(
            "Night " + Night.parse(String.valueOf(night)).evening(),
            sideBySide(data.headlines()),
            hasCampaignPage ? "../../index.html" : "",
            facts(data.exposures()),
            sections)
        .write(folder.resolve(NIGHTS).resolve(String.valueOf(night)));
  }

  /**
   * Writes the campaign's page.
   *
   * @param data of the whole campaign, without training steps
   * @param byNight headlines of each night
   * @param training of each night
   * @param quarantine files that were not used, by reason
   * @param pages nights that have a page
   */
  public void writeCampaign(
      QaData data,
      List<Headline> byNight,
      List<TrainingTrend> training,
      Map<String, Long> quarantine,
      Set<Integer> pages)
      throws IOException {
    List<Section> sections = new ArrayList<>();
    List<HtmlTable> overview = new ArrayList<>(QaTables.headlines(data.headlines()));
    overview.addAll(QaTables.quarantine(quarantine));
    sections.add(
        new Section(
            "overview",
            "Overview",
            "",
            overview,
            NightTrends.residuals(byNight).stream().toList()));
    sections.addAll(common(data));
    sections.add(
        Section.of("training", "Training", NightTrends.training(training).stream().toList()));
    List<Figure> sky = new SkyBrightness(data.exposures()).throughTheCampaign().stream().toList();
    sections.add(Section.of("sky", "Sky brightness", sky));
    HtmlTable nights =
        QaTables.nights(
            data.exposures(),
            byNight,
            n -> pages.contains(n) ? NIGHTS + "/" + n + "/index.html" : null);
    sections.add(new Section("nights", "Nights", "", List.of(nights), List.of()));
    new QaPage(
            "Campaign " + source.campaign(),
            sideBySide(data.headlines()),
            "",
            facts(data.exposures()),
            sections)
        .write(folder);
  }

  /** The methods on a page. */
  private static String sideBySide(List<Headline> headlines) {
    List<String> titles = new ArrayList<>();
    for (List<String> arms : List.of(ArmNames.ofFrames(), List.of(ArmNames.JOINED))) {
      List<Method> methods =
          Methods.where(
              m ->
                  headlines.stream()
                      .filter(h -> arms.contains(h.arm()))
                      .anyMatch(h -> h.medians().containsKey(m)));
      methods.forEach(m -> titles.add(Methods.title(arms.get(0), m)));
    }
    return titles.isEmpty() ? "" : String.join(", ", titles) + " side by side";
  }

  private static List<Section> common(QaData data) {
    List<Figure> spectra = new ResidualSpectra(data).figures();
    String none =
        spectra.isEmpty()
            ? "No spectrum of a held-out sky fibre is stored: there are none, or the campaign was"
                + " made with --spectra none."
            : "";
    FibreMaps maps = new FibreMaps(data);
    return List.of(
        new Section("focal-plane", "Focal plane", maps.note(), List.of(), maps.residuals()),
        new Section("spectra", "Residual spectra", none, List.of(), spectra),
        Section.of("fibres", "Fibre numbers", new FibreNumbers(data).figures()),
        Section.of("calibration", "Throughput, shift and width", maps.calibration()));
  }

  private List<QaPage.Fact> facts(List<ExposureView> exposures) {
    long plates =
        exposures.stream().map(e -> e.name().night() + " " + e.name().planId()).distinct().count();
    return List.of(
        new QaPage.Fact("campaign", source.uri()),
        new QaPage.Fact(
            "state",
            String.format(
                Locale.ROOT,
                "manifest %d of %s UTC, run %s, SkyMI %s",
                source.manifest(),
                source.created(),
                source.runId(),
                source.software())),
        new QaPage.Fact(
            "holds",
            String.format(
                Locale.ROOT,
                "%s, %s, %s",
                Counts.of(plates, "plate"),
                Counts.of(exposures.stream().filter(e -> e.name().lmjm() > 0).count(), "exposure"),
                Counts.of(
                    exposures.stream().mapToLong(e -> e.content().spectra()).sum(), "spectrum"))),
        new QaPage.Fact(
            "fell back to a humbler method in",
            Digits.count(exposures.stream().mapToLong(e -> e.content().fallbacks()).sum())
                + " spectra"));
  }
}
