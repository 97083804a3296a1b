package org.skymi.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.report.evaluate.Comparison;
import org.skymi.report.evaluate.Evaluation;
import org.skymi.report.evaluate.PlateSample;
import org.skymi.report.evaluate.Population;
import org.skymi.report.evaluate.Quantity;
import org.skymi.report.evaluate.Split;
import org.skymi.spark.Engine;
import org.skymi.survey.InputException;

/**
 * Both methods side by side. Spark gathers each plate's values of each quantity, at most some
 * hundred of them by way of quantiles; medians and the bootstrap over plates are taken of these in
 * this process, so that the cost after the one pass over the tables does not grow with the
 * campaign.
 */
public final class CampaignEvaluation {
  /** Values of one quantity in this process, whatever the number of plates. */
  private static final int POOL = 200_000;

  private static final int LEAST_OF_PLATE = 25;
  private static final int MOST_OF_PLATE = 5_000;

  private final SparkSession spark;
  private final CampaignFolder campaign;
  private final Manifest manifest;
  private final Comparison.Resampling resampling;
  private final boolean full;

  public CampaignEvaluation(
      Engine engine, CampaignFolder campaign, Manifest manifest, Comparison.Resampling resampling) {
    this.spark = engine.session();
    this.campaign = campaign;
    this.manifest = manifest;
    this.resampling = resampling;
    this.full = hasFullBaseline(manifest);
  }

  /**
   * Compares the methods.
   *
   * @throws InputException if the campaign has no fibre by which methods can be judged
   */
  public Evaluation evaluate() {
    CampaignTables.register(spark, campaign, manifest);
    List<Comparison> all = new ArrayList<>();
    compare(all, Population.OBJECTS, Split.ALL);
    if (!all.isEmpty()) {
      compare(all, Population.OBJECTS, Split.MOON);
      compare(all, Population.OBJECTS, Split.SIGNAL);
      compare(all, Population.OBJECTS, Split.DISTANCE);
    }
    for (Population population : List.of(Population.SKY_FIBRES, Population.RELEASED)) {
      int before = all.size();
      compare(all, population, Split.ALL);
      if (all.size() > before) {
        compare(all, population, Split.MOON);
      }
    }
    if (all.isEmpty()) {
      throw new InputException(
          "nothing to judge in "
              + campaign.uri()
              + ": no held-out sky fibre, no simulation's truth, no released spectrum with"
              + " statistics; 'skymi summary' shows what it holds");
    }
    return new Evaluation(
        campaign.path().getName(),
        manifest.number(),
        manifest.runId(),
        manifest.software(),
        resampling,
        fallbacks(),
        all);
  }

  private List<Evaluation.Fallback> fallbacks() {
    List<Evaluation.Fallback> all = new ArrayList<>();
    for (Population population : Population.values()) {
      String sql =
          "SELECT bin, count(*), count_if(fallback) FROM (%s) GROUP BY bin ORDER BY bin"
              .formatted(FibreSplits.rows(population, Split.MOON));
      spark
          .sql(sql)
          .collectAsList()
          .forEach(
              r ->
                  all.add(
                      new Evaluation.Fallback(
                          population, r.getString(0), r.getLong(1), r.getLong(2))));
    }
    return all;
  }

  private void compare(List<Comparison> to, Population population, Split split) {
    List<Quantity> quantities =
        population.quantities().stream().filter(q -> split == Split.ALL || q.headline()).toList();
    List<String> columns = quantities.stream().map(Quantity::column).distinct().toList();
    Map<String, List<PlateRow>> byBinAndArm = gather(population, split, columns);
    for (String bin : split.bins()) {
      for (String arm : List.of("b", "r", "c")) {
        List<PlateRow> plates = byBinAndArm.getOrDefault(bin + " " + arm, List.of());
        for (Quantity quantity : quantities) {
          int column = columns.indexOf(quantity.column());
          if (plates.stream().anyMatch(p -> p.series().get(0).get(column).values().length > 0)) {
            String where = quantity.where().isEmpty() ? arm : quantity.where();
            to.add(
                Comparison.of(
                    new Comparison.Subject(population, split, bin, where),
                    quantity,
                    samples(plates, column),
                    resampling));
          }
        }
      }
    }
  }

  private Comparison.Samples samples(List<PlateRow> plates, int column) {
    IntFunction<List<PlateSample>> series =
        s -> plates.stream().map(p -> p.series().get(s).get(column)).toList();
    return full
        ? new Comparison.Samples(
            series.apply(0), series.apply(3), series.apply(1), series.apply(2), series.apply(4))
        : new Comparison.Samples(
            series.apply(0), List.of(), series.apply(1), series.apply(2), List.of());
  }

  /** Each plate's values: Super Sky, SMI, their ratio; the full baseline, SMI's ratio to it. */
  private Map<String, List<PlateRow>> gather(
      Population population, Split split, List<String> columns) {
    List<UnaryOperator<String>> series =
        new ArrayList<>(List.of(c -> "super_" + c, c -> "smi_" + c, c -> ratio("super_", c)));
    if (full) {
      series.add(c -> "super_full_" + c);
      series.add(c -> ratio("super_full_", c));
    }
    String lists =
        series.stream()
            .flatMap(s -> columns.stream().map(c -> listWhereShared(c, s.apply(c))))
            .collect(Collectors.joining(", "));
    String sql =
        String.format(
            "SELECT planid, lmjd, bin, arm, %s FROM (%s) WHERE bin IS NOT NULL"
                + " GROUP BY planid, lmjd, bin, arm",
            lists, FibreSplits.rows(population, split));
    int plates = Math.max(1, manifest.units().size());
    int limit = Math.max(LEAST_OF_PLATE, Math.min(MOST_OF_PLATE, POOL / plates));
    int width = columns.size();
    return spark.sql(sql).toJavaRDD().map(row -> PlateRow.of(row, width, limit)).collect().stream()
        .sorted(Comparator.comparing(PlateRow::plate))
        .collect(
            Collectors.groupingBy(r -> r.bin() + " " + r.arm(), TreeMap::new, Collectors.toList()));
  }

  /** Values where all methods have one: none gains by leaving hard fibres out. */
  private String listWhereShared(String column, String value) {
    String shared =
        Stream.of("super_", full ? "super_full_" : "super_", "smi_")
            .distinct()
            .map(m -> m + column + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    return "collect_list(CASE WHEN " + shared + " THEN CAST(" + value + " AS FLOAT) END)";
  }

  /** A fibre's own ratio; a large number, which a median can bear, where the other is perfect. */
  private static String ratio(String other, String column) {
    return String.format(
        "CASE WHEN %1$s%2$s <> 0 THEN smi_%2$s / %1$s%2$s WHEN smi_%2$s = 0 THEN 1 ELSE 1e6 END",
        other, column);
  }

  private static boolean hasFullBaseline(Manifest manifest) {
    return manifest.settings().stream()
        .anyMatch(s -> s.name().equals("reduction.full-baseline") && "true".equals(s.value()));
  }
}
