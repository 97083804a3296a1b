package org.skymi.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.report.Digits;
import org.skymi.report.TextTable;
import org.skymi.report.evaluate.Population;
import org.skymi.report.evaluate.Split;
import org.skymi.sky.judge.Metric;
import org.skymi.spark.Engine;
import org.skymi.survey.SkyBand;

/** A campaign at a glance, by SQL over its tables. */
public final class CampaignSummary {
  private static final List<Metric> HEADLINES =
      List.of(
          Metric.SYS_FLOOR,
          Metric.RELRES_CONT,
          Metric.RELRES_LINE,
          Metric.CHI_NMAD,
          Metric.BLUE_BIAS_1,
          Metric.BLUE_BIAS_2,
          Metric.BLUE_BIAS_3);

  private static final List<Metric> OF_RELEASES =
      List.of(
          Metric.RELRES_LINE,
          Metric.RELRES_CONT,
          Metric.SYS_FLOOR,
          Metric.CHI_NMAD,
          Metric.POISSON_RATIO);

  private final SparkSession spark;
  private final Manifest manifest;
  private final CampaignFolder campaign;

  public CampaignSummary(Engine engine, CampaignFolder campaign, Manifest manifest) {
    this.spark = engine.session();
    this.campaign = campaign;
    this.manifest = manifest;
  }

  /** The summary, for the console. */
  public String text() {
    CampaignTables.register(spark, campaign, manifest);
    StringBuilder text = new StringBuilder();
    text.append(heading()).append(counts()).append(quarantine());
    text.append(headlines("b", "Held-out sky fibres, blue arm"));
    text.append(headlines("r", "Held-out sky fibres, red arm"));
    text.append(truth()).append(releases()).append(training());
    return text.toString();
  }

  private String heading() {
    return String.format(
        "Campaign %s, manifest %d of %s UTC (run %s)%n%n",
        campaign.path().getName(),
        manifest.number(),
        manifest.created().replaceFirst("T(\\d\\d:\\d\\d).*", " $1"),
        manifest.runId());
  }

  private String counts() {
    Row r =
        one(
            "SELECT count(DISTINCT planid, lmjd), count(DISTINCT night),"
                + " count_if(kind = 'frame'), coalesce(sum(if(kind = 'frame', fibres, 0)), 0),"
                + " coalesce(sum(if(kind = 'release', fibres, 0)), 0),"
                + " coalesce(sum(fallback_fibres), 0) FROM frame_summary");
    int processed = manifest.units().stream().mapToInt(Manifest.Unit::processed).sum();
    int quarantined = manifest.units().stream().mapToInt(Manifest.Unit::quarantined).sum();
    return new TextTable("plates", "nights", "frames", "spectra in frames", "released spectra")
            .row(count(r, 0), count(r, 1), count(r, 2), count(r, 3), count(r, 4))
        + String.format(
            "%n  %s files = %s processed + %s quarantined%n"
                + "  SMI fell back to Super Sky in %s of %s spectra%n",
            Digits.count((long) processed + quarantined),
            Digits.count(processed),
            Digits.count(quarantined),
            count(r, 5),
            Digits.count(r.getLong(3) + r.getLong(4)));
  }

  private String quarantine() {
    TextTable table = new TextTable("quarantined because", "files", "for example").endingInProse();
    for (Row r :
        all(
            "SELECT reason, count(*), min(path) FROM quarantine GROUP BY reason"
                + " ORDER BY count(*) DESC, reason")) {
      table.row(r.getString(0), count(r, 1), r.getString(2));
    }
    return table.isEmpty() ? "" : "\n" + table;
  }

  private String headlines(String arm, String title) {
    return metrics(
        title,
        HEADLINES,
        "arm = '"
            + arm
            + "' AND kind = 'frame' AND fibertype = 'Sky' AND held_out AND flag = 'GOOD'");
  }

  private String releases() {
    return metrics(
        "Released spectra: residual sky as released and after SMI",
        OF_RELEASES,
        "kind = 'release' AND flag = 'GOOD'");
  }

  private String metrics(String title, List<Metric> metrics, String population) {
    String selected =
        metrics.stream()
            .flatMap(m -> List.of("super", "smi").stream().map(p -> p + "_" + name(m)))
            .map(c -> "median(" + c + ")")
            .collect(Collectors.joining(", "));
    Row r = one("SELECT count(*), " + selected + " FROM fibre_sky WHERE " + population);
    TextTable table =
        new TextTable("metric", "Super Sky", "SMI", "ideal", "unit", "what").endingInProse();
    for (int m = 0; m < metrics.size(); m++) {
      Metric metric = metrics.get(m);
      if (!r.isNullAt(1 + 2 * m) || !r.isNullAt(2 + 2 * m)) {
        table.row(
            metric.name(),
            number(r, 1 + 2 * m),
            number(r, 2 + 2 * m),
            String.format(Locale.ROOT, "%.0f", metric.ideal()),
            metric.unit(),
            metric.description().replaceFirst("; ideal.*", ""));
      }
    }
    return table.isEmpty()
        ? ""
        : "\n" + title + ": median of " + count(r, 0) + " spectra\n" + table;
  }

  private String truth() {
    List<String> columns = new ArrayList<>();
    for (SkyBand band : SkyBand.values()) {
      String bias = "_truth_bias_" + name(band);
      String rms = "_truth_rms_" + name(band);
      columns.add("1.4826 * median(abs(super" + bias + " - super_median" + bias + "))");
      columns.add("1.4826 * median(abs(smi" + bias + " - smi_median" + bias + "))");
      columns.add("median(super" + rms + ")");
      columns.add("median(smi" + rms + ")");
      columns.add("count(smi" + bias + ")");
    }
    String medians =
        Stream.of("super", "smi")
            .flatMap(
                m ->
                    Stream.of(SkyBand.values())
                        .map(
                            b ->
                                String.format(
                                    "median(%1$s_truth_bias_%2$s) AS %1$s_median_truth_bias_%2$s",
                                    m, name(b))))
            .collect(Collectors.joining(", "));
    String objects = FibreSplits.rows(Population.OBJECTS, Split.ALL);
    Row r =
        one(
            String.format(
                "WITH objects AS (%s), medians AS (SELECT %s FROM objects)"
                    + " SELECT %s FROM objects CROSS JOIN medians",
                objects, medians, String.join(", ", columns)));
    TextTable table =
        new TextTable(
            "band, Å", "band mean: Super Sky", "SMI", "per pixel: Super Sky", "SMI", "spectra");
    for (SkyBand band : SkyBand.values()) {
      int c = band.ordinal() * 5;
      if (r.getLong(c + 4) > 0) {
        table.row(
            String.format(Locale.ROOT, "%.0f-%.0f", band.low(), band.high()),
            number(r, c),
            number(r, c + 1),
            number(r, c + 2),
            number(r, c + 3),
            count(r, c + 4));
      }
    }
    return table.isEmpty()
        ? ""
        : "\nObject fibres against the simulation's truth, % of the sky:\n"
            + "scatter (NMAD) of the band mean's error, and median rms error per pixel\n"
            + table;
  }

  private String training() {
    TextTable table =
        new TextTable("training", "steps", "accepted", "rolled back", "held-out error, %");
    for (Row r :
        all(
            "SELECT stage, count(*), count_if(accepted), count_if(NOT accepted), 100 *"
                + " sqrt(median(held_out_loss)) FROM training GROUP BY stage ORDER BY stage")) {
      table.row(r.getString(0), count(r, 1), count(r, 2), count(r, 3), number(r, 4));
    }
    return table.isEmpty() ? "" : "\n" + table;
  }

  private Row one(String sql) {
    return spark.sql(sql).first();
  }

  private List<Row> all(String sql) {
    return spark.sql(sql).collectAsList();
  }

  private static String count(Row r, int column) {
    return Digits.count(r.getLong(column));
  }

  private static String number(Row r, int column) {
    return r.isNullAt(column) || Double.isNaN(r.getDouble(column))
        ? "-"
        : Digits.three(r.getDouble(column));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
