package org.skymi.query;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.report.ArmNames;
import org.skymi.report.Digits;
import org.skymi.report.TextTable;
import org.skymi.report.evaluate.Population;
import org.skymi.report.evaluate.Split;
import org.skymi.sky.judge.Method;
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

  private static final String TRUTH_SCATTER =
      "1.4826 * median(abs(%1$s_truth_bias_%2$s - median_%1$s_truth_bias_%2$s))";

  private final SparkSession spark;
  private final Manifest manifest;
  private final List<Method> methods;
  private final CampaignFolder campaign;

  public CampaignSummary(Engine engine, CampaignFolder campaign, Manifest manifest) {
    this.spark = engine.session();
    this.campaign = campaign;
    this.methods = CampaignMethods.of(manifest);
    this.manifest = manifest;
  }

  /** The summary, for the console. */
  public String text() {
    CampaignTables.register(spark, campaign, manifest);
    StringBuilder text = new StringBuilder();
    text.append(heading()).append(counts()).append(failed()).append(quarantine());
    for (String arm : ArmNames.ofFrames()) {
      text.append(headlines(arm, "Held-out sky fibres, " + ArmNames.of(arm)));
    }
    text.append(truth()).append(releases()).append(training());
    return text.toString();
  }

  private String heading() {
    return String.format(
        Locale.ROOT,
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
                + " coalesce(sum(if(kind = 'release', fibres, 0)), 0) FROM frame_summary");
    int processed = manifest.units().stream().mapToInt(Manifest.Unit::processed).sum();
    int quarantined = manifest.units().stream().mapToInt(Manifest.Unit::quarantined).sum();
    return new TextTable("plates", "nights", "frames", "spectra in frames", "released spectra")
            .row(count(r, 0), count(r, 1), count(r, 2), count(r, 3), count(r, 4))
        + String.format(
            Locale.ROOT,
            "%n  %s files = %s processed + %s quarantined%n",
            Digits.count((long) processed + quarantined),
            Digits.count(processed),
            Digits.count(quarantined))
        + sources("frame", "spectra in frames", methods.get(methods.size() - 1).title())
        + sources("release", "released spectra", "the correction");
  }

  /** Whose sky the most demanding method's columns hold; nothing without such spectra. */
  private String sources(String kind, String what, String best) {
    Map<Method, Long> spectra = new EnumMap<>(Method.class);
    all("SELECT smi_source, count(*) FROM fibre_sky WHERE kind = '" + kind + "' GROUP BY 1")
        .forEach(r -> spectra.put(CampaignMethods.named(r.getString(0)), r.getLong(1)));
    if (spectra.isEmpty()) {
      return "";
    }
    Population population = kind.equals("release") ? Population.RELEASED : Population.SKY_FIBRES;
    return String.format(
        Locale.ROOT,
        "  %s by %s: %s%n",
        what,
        best,
        spectra.entrySet().stream()
            .map(e -> Digits.count(e.getValue()) + " hold " + population.title(e.getKey()))
            .collect(Collectors.joining(", ")));
  }

  private String failed() {
    Row r = one("SELECT max_by(units_failed, started) FROM runs");
    return r.isNullAt(0) || r.getInt(0) == 0
        ? ""
        : "  " + r.getInt(0) + " plates failed in the last run; the next does them again\n";
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
        Population.SKY_FIBRES,
        HEADLINES,
        "arm = '" + arm + "' AND kind = 'frame' AND held_out AND flag = 'GOOD'");
  }

  private String releases() {
    return metrics(
            "Released spectra: what is left in the windows of sky lines, as released and corrected",
            Population.RELEASED,
            OF_RELEASES,
            "kind = 'release' AND flag = 'GOOD'")
        + releasedSets()
        + gains()
        + windows();
  }

  /** How many sets were corrected, and why the others were not. */
  private String releasedSets() {
    Row r =
        one(
            "WITH sets AS (SELECT planid, lmjd, spid, max(smi_source) AS source FROM fibre_sky"
                + " WHERE kind = 'release' GROUP BY ALL), judged AS (SELECT planid, lmjd, spid"
                + " FROM training WHERE stage LIKE 'residual%') SELECT count(*),"
                + " count_if(source = 'super' AND judged.spid IS NOT NULL),"
                + " count_if(source = 'super' AND judged.spid IS NULL) FROM sets"
                + " LEFT JOIN judged USING (planid, lmjd, spid)");
    long sets = r.getLong(0);
    return sets == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%n  sets of released spectra (plate and spectrograph): %s = %s corrected + %s left"
                + " alone, because their faint spectra gain nothing + %s with too few spectra%n",
            Digits.count(sets),
            Digits.count(sets - r.getLong(1) - r.getLong(2)),
            count(r, 1),
            count(r, 2));
  }

  /** What corrected spectra gained, by how bright they are. */
  private String gains() {
    TextTable table =
        new TextTable(
            "S/N of a pixel", "spectra corrected", "as released", "corrected", "better, %");
    String classes =
        "CASE WHEN snr < 10 THEN '1 below 10' WHEN snr < 25 THEN '2 10 to 25'"
            + " WHEN snr < 50 THEN '3 25 to 50' ELSE '4 from 50' END";
    for (Row r :
        all(
            "SELECT "
                + classes
                + " AS class, count(*), CAST(median(super_poisson_ratio) AS DOUBLE),"
                + " CAST(median(corrected) AS DOUBLE),"
                + " 100.0D * avg(if(corrected < super_poisson_ratio, 1, 0)) FROM (SELECT *,"
                + " coalesce(smi_poisson_ratio, memory_poisson_ratio) AS corrected"
                + " FROM fibre_sky) WHERE kind = 'release' AND flag = 'GOOD'"
                + " AND smi_source <> 'super' GROUP BY 1 ORDER BY 1")) {
      table.row(r.getString(0).substring(2), count(r, 1), number(r, 2), number(r, 3), number(r, 4));
    }
    return table.isEmpty() ? "" : "\nPOISSON_RATIO of the corrected spectra\n" + table;
  }

  /** In which windows of sky lines corrected sets are corrected. */
  private String windows() {
    TextTable table = new TextTable("windows from, Å", "corrected", "left alone, no gain");
    for (Row r :
        all(
            "WITH windows AS (SELECT 500 * CAST(substring(stage, 8, 4) / 500 AS INT) AS low,"
                + " w.accepted FROM training w JOIN (SELECT planid, lmjd, spid FROM training WHERE"
                + " stage LIKE 'residual%' AND accepted) USING (planid, lmjd, spid) WHERE stage"
                + " LIKE 'window %') SELECT low, count_if(accepted), count_if(NOT accepted) FROM"
                + " windows GROUP BY low ORDER BY low")) {
      int low = r.getInt(0);
      table.row(low + " to " + (low + 500), count(r, 1), count(r, 2));
    }
    return table.isEmpty() ? "" : "\n" + table;
  }

  private String metrics(
      String title, Population population, List<Metric> metrics, String condition) {
    List<Method> judged = ReleasedMethods.known(spark, population, methods);
    String selected =
        metrics.stream()
            .flatMap(m -> judged.stream().map(j -> "median(" + j.key() + "_" + name(m) + ")"))
            .collect(Collectors.joining(", "));
    Row r = one("SELECT count(*), " + selected + " FROM fibre_sky WHERE " + condition);
    List<String> heading = new ArrayList<>(List.of("metric"));
    judged.forEach(m -> heading.add(population.title(m)));
    heading.addAll(List.of("ideal", "unit", "what"));
    TextTable table = new TextTable(heading.toArray(String[]::new)).endingInProse();
    for (int m = 0; m < metrics.size(); m++) {
      Metric metric = metrics.get(m);
      int first = 1 + m * judged.size();
      if (IntStream.range(0, judged.size()).anyMatch(k -> !r.isNullAt(first + k))) {
        List<String> cells = new ArrayList<>(List.of(metric.name()));
        IntStream.range(0, judged.size()).forEach(k -> cells.add(number(r, first + k)));
        cells.add(String.format(Locale.ROOT, "%.0f", metric.ideal()));
        cells.add(metric.unit());
        cells.add(metric.description().replaceFirst("; ideal.*", ""));
        table.row(cells.toArray(String[]::new));
      }
    }
    return table.isEmpty()
        ? ""
        : "\n" + title + ": median of " + count(r, 0) + " spectra\n" + table;
  }

  private String truth() {
    List<String> medians = new ArrayList<>();
    for (Method method : methods) {
      for (SkyBand band : SkyBand.all()) {
        String bias = method.key() + "_truth_bias_" + band.key();
        medians.add("median(" + bias + ") AS median_" + bias);
      }
    }
    return truth("scatter (NMAD) of the band mean's error", medians, TRUTH_SCATTER)
        + truth("bias: median of the band mean's error", medians, "median(%1$s_truth_bias_%2$s)")
        + truth("median rms error per pixel", medians, "median(%1$s_truth_rms_%2$s)");
  }

  private String truth(String title, List<String> medians, String figure) {
    List<String> columns = new ArrayList<>();
    for (SkyBand band : SkyBand.all()) {
      methods.forEach(m -> columns.add(String.format(Locale.ROOT, figure, m.key(), band.key())));
      columns.add("count(super_truth_bias_" + band.key() + ")");
    }
    Row r =
        one(
            String.format(
                Locale.ROOT,
                "WITH objects AS (%s), medians AS (SELECT %s FROM objects)"
                    + " SELECT %s FROM objects CROSS JOIN medians",
                FibreSplits.rows(Population.OBJECTS, Split.ALL),
                String.join(", ", medians),
                String.join(", ", columns)));
    List<String> heading = new ArrayList<>(List.of("band, Å"));
    methods.forEach(m -> heading.add(m.title()));
    heading.add("spectra");
    TextTable table = new TextTable(heading.toArray(String[]::new));
    for (SkyBand band : SkyBand.all()) {
      int first = band.ordinal() * (methods.size() + 1);
      if (r.getLong(first + methods.size()) > 0) {
        List<String> cells = new ArrayList<>();
        cells.add(String.format(Locale.ROOT, "%.0f-%.0f", band.low(), band.high()));
        IntStream.range(0, methods.size()).forEach(k -> cells.add(number(r, first + k)));
        cells.add(count(r, first + methods.size()));
        table.row(cells.toArray(String[]::new));
      }
    }
    return table.isEmpty()
        ? ""
        : "\nObject fibres against the simulation's truth, % of the sky: " + title + "\n" + table;
  }

  private String training() {
    TextTable table =
        new TextTable("training", "steps", "accepted", "rolled back", "held-out loss");
    for (Row r :
        all(
            "SELECT stage, count(*), count_if(accepted), count_if(NOT accepted),"
                + " median(held_out_loss) FROM training WHERE arm <> 'c' GROUP BY stage"
                + " ORDER BY stage")) {
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
