package org.skymi.query;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.skymi.report.ArmNames;
import org.skymi.report.evaluate.Population;
import org.skymi.report.evaluate.Split;
import org.skymi.report.qa.ExposureView;
import org.skymi.report.qa.FibreView;
import org.skymi.report.qa.Headline;
import org.skymi.report.qa.TrainingTrend;
import org.skymi.report.qa.TrainingView;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;
import org.skymi.survey.Instrument;
import org.skymi.survey.SkyBand;

/** What the pages show, from the views of a campaign's tables. */
final class QaQueries {
  private static final List<Metric> METRICS =
      List.of(
          Metric.SYS_FLOOR,
          Metric.RELRES_CONT,
          Metric.RELRES_LINE,
          Metric.LINE_BIAS,
          Metric.CHI_NMAD,
          Metric.POISSON_RATIO,
          Metric.OUT_3,
          Metric.BLUE_BIAS_1,
          Metric.BLUE_BIAS_2,
          Metric.BLUE_BIAS_3);

  private static final String HELD_OUT = "(kind = 'frame' AND held_out)";

  private final SparkSession spark;
  private final Method best;

  /** Of frames and of released spectra. */
  private final List<Method> methods;

  /**
   * @param run methods of the campaign, in their order
   */
  QaQueries(SparkSession spark, List<Method> run) {
    this.spark = spark;
    this.best = run.get(run.size() - 1);
    this.methods =
        Stream.concat(run.stream(), Population.RELEASED.methods(run).stream())
            .distinct()
            .sorted()
            .toList();
  }

  /** Medians of judged spectra, by night or (night 0) of all. */
  List<Headline> headlines(boolean byNight) {
    String medians =
        METRICS.stream()
            .map(m -> m.name().toLowerCase(Locale.ROOT))
            .flatMap(m -> methods.stream().map(method -> "median(" + method.key() + "_" + m + ")"))
            .collect(Collectors.joining(", "));
    String population =
        FibreSplits.rows(Population.SKY_FIBRES, Split.ALL)
            + " UNION ALL "
            + FibreSplits.rows(Population.RELEASED, Split.ALL);
    String night = byNight ? "night" : "0";
    List<Headline> all = new ArrayList<>();
    for (Row r :
        rows(
            String.format(
                Locale.ROOT,
                "SELECT %s AS n, arm, count(*), %s FROM (%s) GROUP BY n, arm ORDER BY n, arm",
                night,
                medians,
                population))) {
      for (int m = 0; m < METRICS.size(); m++) {
        Map<Method, Double> values = new EnumMap<>(Method.class);
        for (int k = 0; k < methods.size(); k++) {
          values.put(methods.get(k), number(r, 3 + m * methods.size() + k));
        }
        values.values().removeIf(v -> Double.isNaN(v));
        all.add(new Headline(r.getInt(0), r.getString(1), METRICS.get(m), values, r.getLong(2)));
      }
    }
    return all;
  }

  /** Fibres of each plate, by night. */
  Map<Integer, List<FibreView>> fibresByNight() {
    return byNight(
        rows(fibres("night, concat(planid, ' of LMJD ', lmjd)", "percentile(%s, 0.5)")),
        this::fibre);
  }

  /** Fibres of the campaign, all plates together. */
  List<FibreView> fibres() {
    return rows(fibres("0, ''", "percentile_approx(%s, 0.5)")).stream().map(this::fibre).toList();
  }

  private String fibres(String group, String median) {
    Stream<String> medians =
        Stream.concat(
            Stream.of("throughput", "shift", "width_change"),
            methods.stream().flatMap(m -> Stream.of(bias(m.key()), floor(m.key()))));
    String[] columns = group.split(", ", 2);
    return String.format(
        Locale.ROOT,
        "SELECT %s AS n, %s AS plate, arm, spid, fiberid, avg(coalesce(x, x_focal)),"
            + " avg(coalesce(y, y_focal)), %s, min(planid)"
            + " FROM fibre_sky WHERE flag = 'GOOD'"
            + " GROUP BY n, plate, arm, spid, fiberid ORDER BY n, plate, arm, spid, fiberid",
        columns[0],
        columns[1],
        medians.map(m -> String.format(Locale.ROOT, median, m)).collect(Collectors.joining(", ")));
  }

  /** See {@link FibreView.Residual#bias}. */
  private static String bias(String method) {
    return String.format(
        Locale.ROOT,
        "CASE WHEN kind = 'release' THEN %1$s_poisson_ratio WHEN arm NOT IN (%3$s) THEN"
            + " %1$s_line_bias WHEN %2$s THEN %1$s_blue_bias_3 END",
        method,
        HELD_OUT,
        ArmNames.ofFrames().stream()
            .filter(ArmNames::isBlue)
            .map(arm -> "'" + arm + "'")
            .collect(Collectors.joining(", ")));
  }

  /** See {@link FibreView.Residual#floor}. */
  private static String floor(String method) {
    return String.format(
        Locale.ROOT,
        "CASE WHEN kind = 'release' THEN %1$s_relres_line WHEN %2$s THEN %1$s_sys_floor END",
        method,
        HELD_OUT);
  }

  private FibreView fibre(Row r) {
    Map<Method, FibreView.Residual> residuals = new EnumMap<>(Method.class);
    for (int k = 0; k < methods.size(); k++) {
      residuals.put(
          methods.get(k), new FibreView.Residual(number(r, 10 + 2 * k), number(r, 11 + 2 * k)));
    }
    return new FibreView(
        new FibreView.Place(
            r.getString(1),
            Instrument.ofPlan(r.getString(r.size() - 1)),
            r.getString(2),
            r.getInt(3),
            r.getInt(4),
            number(r, 5),
            number(r, 6)),
        new FibreView.Calibration(number(r, 7), number(r, 8), number(r, 9)),
        residuals);
  }

  /** Exposures by night and time. */
  Map<Integer, List<ExposureView>> exposures() {
    String medians =
        SkyBand.all().stream()
            .map(b -> b.key())
            .map(b -> "median(" + best.key() + "_sky_" + b + " / (exptime * throughput))")
            .collect(Collectors.joining(", "));
    Map<List<Object>, Row> brightness = new HashMap<>();
    rows("SELECT planid, lmjd, lmjm, count(DISTINCT spid, fiberid), "
            + medians
            + " FROM ("
            + FibreSplits.rows(Population.SKY_FIBRES, Split.ALL)
            + ") GROUP BY planid, lmjd, lmjm")
        .forEach(r -> brightness.put(List.of(r.get(0), r.get(1), r.get(2)), r));
    List<Row> rows =
        rows(
            "SELECT night, planid, lmjd, lmjm, min(mjd), max(exptime), max(airmass),"
                + " max(moon_phase), max(moon_sep), count(DISTINCT spid), sum(fibres),"
                + " sum(sky_fibres), sum(sky_fibres_rejected), sum(fallback_fibres)"
                + " FROM frame_summary GROUP BY night, planid, lmjd, lmjm"
                + " ORDER BY night, min(mjd), planid, lmjm");
    return byNight(rows, r -> exposure(r, brightness.get(List.of(r.get(1), r.get(2), r.get(3)))));
  }

  private static ExposureView exposure(Row r, Row sky) {
    double[] brightness = new double[SkyBand.all().size()];
    for (int b = 0; b < brightness.length; b++) {
      brightness[b] = sky == null ? Double.NaN : number(sky, 4 + b);
    }
    return new ExposureView(
        new ExposureView.Name(r.getInt(0), r.getString(1), r.getInt(3)),
        new ExposureView.Conditions(
            number(r, 4), number(r, 5), number(r, 6), number(r, 7), number(r, 8)),
        new ExposureView.Content(
            count(r, 9), count(r, 10), count(r, 11), count(r, 12), count(r, 13)),
        new ExposureView.Sky(brightness, sky == null ? 0 : sky.getLong(3)));
  }

  /** Training steps by night. */
  Map<Integer, List<TrainingView>> training() {
    return byNight(
        rows(
            "SELECT night, concat(planid, ' of LMJD ', lmjd, ' ', spid), fold, arm, stage, fibres,"
                + " held_out_loss, accepted FROM training WHERE arm <> 'c'"
                + " ORDER BY night, planid, lmjd, spid, sequence"),
        r ->
            new TrainingView(
                r.getString(1),
                r.getInt(2),
                r.getString(3),
                r.getString(4),
                r.getInt(5),
                number(r, 6),
                r.getBoolean(7)));
  }

  /** Training of networks by night and stage. */
  List<TrainingTrend> trainingTrends() {
    return rows(
            "SELECT night, stage, count(*), count_if(NOT accepted), median(held_out_loss),"
                + " max(fibres) FROM training WHERE arm <> 'c'"
                + " GROUP BY night, stage ORDER BY night, stage")
        .stream()
        .map(
            r ->
                new TrainingTrend(
                    r.getInt(0),
                    r.getString(1),
                    r.getLong(2),
                    r.getLong(3),
                    number(r, 4),
                    r.getInt(5)))
        .toList();
  }

  /** Files that were not used, by night and reason. */
  Map<Integer, Map<String, Long>> quarantine() {
    Map<Integer, Map<String, Long>> reasons = new TreeMap<>();
    rows("SELECT coalesce(night, 0), reason, count(*) FROM quarantine GROUP BY 1, 2 ORDER BY 1, 2")
        .forEach(
            r ->
                reasons
                    .computeIfAbsent(r.getInt(0), n -> new TreeMap<>())
                    .put(r.getString(1), r.getLong(2)));
    return reasons;
  }

  /** Fibres behind the tallies of pixels, by night and arm. */
  Map<Integer, Map<String, Long>> pixelFibres() {
    Map<Integer, Map<String, Long>> counts = new TreeMap<>();
    rows("SELECT night, arm, count(DISTINCT planid, lmjd, spid, fiberid) FROM ("
            + NightPixels.sql("night, planid, lmjd, spid, arm, fiberid")
            + ") GROUP BY night, arm")
        .forEach(
            r ->
                counts
                    .computeIfAbsent(r.getInt(0), n -> new TreeMap<>())
                    .put(r.getString(1), r.getLong(2)));
    return counts;
  }

  private List<Row> rows(String sql) {
    return spark.sql(sql).collectAsList();
  }

  private static <T> Map<Integer, List<T>> byNight(List<Row> rows, Function<Row, T> view) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                r -> r.getInt(0), TreeMap::new, Collectors.mapping(view, Collectors.toList())));
  }

  private static double number(Row r, int column) {
    return r.isNullAt(column) ? Double.NaN : ((Number) r.get(column)).doubleValue();
  }

  private static long count(Row r, int column) {
    return r.isNullAt(column) ? 0 : r.getLong(column);
  }
}
