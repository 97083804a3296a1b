package org.skymi.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.report.ArmNames;
import org.skymi.report.evaluate.Comparison;
import org.skymi.report.evaluate.Evaluation;
import org.skymi.report.evaluate.PlateSample;
import org.skymi.report.evaluate.Population;
import org.skymi.report.evaluate.Quantity;
import org.skymi.report.evaluate.Split;
import org.skymi.report.evaluate.Step;
import org.skymi.sky.judge.Method;
import org.skymi.spark.Engine;
import org.skymi.survey.InputException;

/**
 * Methods side by side. Spark gathers each plate's values of each quantity, at most some hundred of
 * them by way of quantiles; medians and the bootstrap over plates are taken of these in this
 * process, so that the cost after the one pass over the tables does not grow with the campaign.
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
  private final List<Method> methods;

  public CampaignEvaluation(
      Engine engine, CampaignFolder campaign, Manifest manifest, Comparison.Resampling resampling) {
    this.spark = engine.session();
    this.campaign = campaign;
    this.manifest = manifest;
    this.resampling = resampling;
    this.methods = CampaignMethods.of(manifest);
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
        new Evaluation.State(
            campaign.path().getName(), manifest.number(), manifest.runId(), manifest.software()),
        resampling,
        methods,
        sources(),
        all);
  }

  private List<Evaluation.Sources> sources() {
    List<Evaluation.Sources> all = new ArrayList<>();
    for (Population population : Population.values()) {
      String sql =
          "SELECT bin, smi_source, count(*) FROM ("
              + FibreSplits.rows(population, Split.MOON)
              + ") GROUP BY bin, smi_source";
      Map<String, Map<Method, Long>> byBin = new HashMap<>();
      for (Row r : spark.sql(sql).collectAsList()) {
        byBin
            .computeIfAbsent(r.getString(0), b -> new EnumMap<>(Method.class))
            .put(CampaignMethods.named(r.getString(1)), r.getLong(2));
      }
      Split.MOON.bins().stream()
          .filter(byBin::containsKey)
          .forEach(bin -> all.add(new Evaluation.Sources(population, bin, byBin.get(bin))));
    }
    return all;
  }

  private void compare(List<Comparison> to, Population population, Split split) {
    List<Quantity> quantities =
        population.quantities().stream().filter(q -> split == Split.ALL || q.headline()).toList();
    List<String> columns = quantities.stream().map(Quantity::column).distinct().toList();
    Map<String, List<PlateRow>> byBinAndArm = gather(population, split, columns);
    for (String bin : split.bins()) {
      for (String arm : ArmNames.all()) {
        List<PlateRow> plates = byBinAndArm.getOrDefault(bin + " " + arm, List.of());
        for (Quantity quantity : quantities) {
          int column = columns.indexOf(quantity.column());
          if (plates.stream().anyMatch(p -> !isEmpty(p, column))) {
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

  private static Comparison.Samples samples(List<PlateRow> plates, int column) {
    Map<Method, List<PlateSample>> values = new EnumMap<>(Method.class);
    Map<Step, List<PlateSample>> ratios = new LinkedHashMap<>();
    for (PlateRow plate : plates) {
      PlateRow.Samples own = plate.columns().get(column);
      own.values().forEach((m, s) -> values.computeIfAbsent(m, k -> new ArrayList<>()).add(s));
      own.ratios().forEach((m, s) -> ratios.computeIfAbsent(m, k -> new ArrayList<>()).add(s));
    }
    return new Comparison.Samples(values, ratios);
  }

  private static boolean isEmpty(PlateRow plate, int column) {
    return plate.columns().get(column).values().values().stream()
        .allMatch(s -> s.values().length == 0);
  }

  /** Each plate's values: by column a list of its fibres' values by each method. */
  private Map<String, List<PlateRow>> gather(
      Population population, Split split, List<String> columns) {
    List<Method> judged = ReleasedMethods.known(spark, population, methods);
    String lists =
        columns.stream()
            .map(
                c ->
                    judged.stream()
                        .map(m -> "CAST(" + ReleasedMethods.column(population, m, c) + " AS FLOAT)")
                        .collect(Collectors.joining(", ", "collect_list(array(", "))")))
            .collect(Collectors.joining(", "));
    String sql =
        String.format(
            Locale.ROOT,
            "SELECT planid, lmjd, bin, arm, %s FROM (%s) WHERE bin IS NOT NULL"
                + " GROUP BY planid, lmjd, bin, arm",
            lists,
            FibreSplits.rows(population, split));
    int plates = Math.max(1, manifest.units().size());
    int limit = Math.max(LEAST_OF_PLATE, Math.min(MOST_OF_PLATE, POOL / plates));
    return spark.sql(sql).toJavaRDD().map(row -> PlateRow.of(row, judged, limit)).collect().stream()
        .sorted(Comparator.comparing(PlateRow::plate))
        .collect(
            Collectors.groupingBy(r -> r.bin() + " " + r.arm(), TreeMap::new, Collectors.toList()));
  }
}
