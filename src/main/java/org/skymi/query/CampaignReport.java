package org.skymi.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.report.Digits;
import org.skymi.report.qa.ExposureView;
import org.skymi.report.qa.FibreView;
import org.skymi.report.qa.Headline;
import org.skymi.report.qa.PixelTally;
import org.skymi.report.qa.QaData;
import org.skymi.report.qa.QaReport;
import org.skymi.report.qa.QaSource;
import org.skymi.report.qa.TrainingView;
import org.skymi.spark.Engine;
import org.skymi.survey.InputException;
import org.skymi.table.FileReport;
import org.skymi.table.Table;
import org.skymi.table.Tables;

/**
 * Writes a campaign's quality-assurance pages. Nights are taken together up to some hundred
 * thousand spectra, so that neither many small nights nor few large ones are slow, and what is held
 * in this process does not grow with the campaign.
 */
public final class CampaignReport {
  /** Spectra in frames of nights that are taken together. */
  private static final long TOGETHER = 400_000;

  private static final int NAMED = 8;

  private final SparkSession spark;
  private final CampaignFolder campaign;
  private final Manifest manifest;
  private final QaReport report;
  private final List<Headline> headlines = new ArrayList<>();
  private final PixelTally pixels = new PixelTally();
  private final Map<String, Long> pixelFibres = new TreeMap<>();

  /**
   * @param out folder of the pages
   */
  public CampaignReport(Engine engine, CampaignFolder campaign, Manifest manifest, Path out) {
    this.spark = engine.session();
    this.campaign = campaign;
    this.manifest = manifest;
    this.report =
        new QaReport(
            out,
            new QaSource(
                campaign.path().getName(),
                campaign.uri(),
                manifest.number(),
                manifest.created().replaceFirst("T(\\d\\d:\\d\\d).*", " $1"),
                manifest.runId(),
                manifest.software()));
  }

  /**
   * Writes the pages of some nights, or of all nights and the campaign.
   *
   * @param only nights, YYYYMMDD; empty for all and the campaign's page
   * @return the nights that have a page now
   * @throws InputException if there is nothing to show, or no such night
   */
  public Set<Integer> write(Set<Integer> only) throws IOException {
    CampaignTables.register(spark, campaign, manifest);
    QaQueries whole = new QaQueries(spark, CampaignMethods.of(manifest));
    Map<Integer, List<ExposureView>> exposures = whole.exposures();
    Set<Integer> nights = chosen(exposures.keySet(), only);
    boolean all = only.isEmpty();
    Map<Integer, Map<String, Long>> quarantine = whole.quarantine();
    for (Set<Integer> some : together(nights, exposures)) {
      writeNights(some, exposures, quarantine, all);
    }
    if (all) {
      CampaignTables.register(spark, campaign, manifest);
      QaData data =
          new QaData(
              whole.headlines(false),
              whole.fibres(),
              exposures.values().stream().flatMap(List::stream).toList(),
              List.of(),
              pixels,
              pixelFibres);
      Map<String, Long> reasons =
          quarantine.values().stream()
              .flatMap(m -> m.entrySet().stream())
              .collect(
                  Collectors.groupingBy(
                      Map.Entry::getKey,
                      TreeMap::new,
                      Collectors.summingLong(Map.Entry::getValue)));
      report.writeCampaign(data, headlines, whole.trainingTrends(), reasons, nights);
    }
    return nights;
  }

  private Set<Integer> chosen(Set<Integer> there, Set<Integer> only) {
    if (there.isEmpty()) {
      throw new InputException(
          "nothing to report: campaign "
              + campaign.uri()
              + " holds no spectrum; 'skymi summary' shows what became of its files");
    }
    for (int night : only) {
      if (!there.contains(night)) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "no night %d in campaign %s; there are: %s",
                night,
                campaign.uri(),
                Digits.some(there, NAMED)));
      }
    }
    return only.isEmpty() ? new TreeSet<>(there) : new TreeSet<>(only);
  }

  private static List<Set<Integer>> together(
      Set<Integer> nights, Map<Integer, List<ExposureView>> exposures) {
    List<Set<Integer>> all = new ArrayList<>();
    long spectra = TOGETHER;
    for (int night : nights) {
      long own = exposures.get(night).stream().mapToLong(e -> e.content().spectra()).sum();
      if (spectra + own > TOGETHER) {
        all.add(new TreeSet<>());
        spectra = 0;
      }
      spectra += own;
      all.get(all.size() - 1).add(night);
    }
    return all;
  }

  private void writeNights(
      Set<Integer> nights,
      Map<Integer, List<ExposureView>> exposures,
      Map<Integer, Map<String, Long>> quarantine,
      boolean hasCampaignPage) {
    register(nights);
    QaQueries queries = new QaQueries(spark, CampaignMethods.of(manifest));
    List<Headline> own = queries.headlines(true);
    Map<Integer, List<FibreView>> fibres = queries.fibresByNight();
    Map<Integer, List<TrainingView>> training = queries.training();
    Map<Integer, PixelTally> tallies = new HashMap<>(NightPixels.of(spark));
    Map<Integer, Map<String, Long>> counts = queries.pixelFibres();
    headlines.addAll(own);
    // Drawing takes longer than asking.
    nights.parallelStream()
        .forEach(
            night -> {
              QaData data =
                  new QaData(
                      own.stream().filter(h -> h.night() == night).toList(),
                      fibres.getOrDefault(night, List.of()),
                      exposures.get(night),
                      training.getOrDefault(night, List.of()),
                      tallies.getOrDefault(night, new PixelTally()),
                      counts.getOrDefault(night, Map.of()));
              try {
                report.writeNight(
                    night, data, quarantine.getOrDefault(night, Map.of()), hasCampaignPage);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    tallies.values().forEach(pixels::plus);
    counts.values().forEach(c -> c.forEach((arm, n) -> pixelFibres.merge(arm, n, Long::sum)));
  }

  /** Views of what the tables hold of some nights, from the files that can hold it. */
  private void register(Set<Integer> nights) {
    Object[] numbers = nights.toArray();
    for (Table<?> table : Tables.ALL) {
      Dataset<Row> rows =
          CampaignTables.read(spark, campaign, manifest, table, f -> mayHold(f, nights));
      boolean hasNight = table.columns().stream().anyMatch(c -> c.name().equals("night"));
      (hasNight ? rows.where(functions.col("night").isin(numbers)) : rows)
          .createOrReplaceTempView(table.name());
    }
  }

  private static boolean mayHold(FileReport file, Set<Integer> nights) {
    OptionalInt night = CampaignFolder.nightOf(file.path());
    return night.isEmpty() || nights.contains(night.getAsInt());
  }
}
