package org.skymi.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.report.Digits;
import org.skymi.report.evaluate.Population;
import org.skymi.report.evaluate.Split;
import org.skymi.report.plot.Palette;
import org.skymi.report.plot.SpreadPlot;
import org.skymi.sky.judge.Method;
import org.skymi.spark.Engine;
import org.skymi.survey.InputException;
import org.skymi.survey.SkyBand;

/** How far the methods' skies are from the truth, or from held-out sky fibres, in one picture. */
public final class CampaignPlot {
  private static final String PERCENTILES = "array(0.025, 0.15865, 0.5, 0.84135, 0.975)";

  /** Of percentiles: one part in this many, on campaigns too large for exact ones. */
  private static final int ACCURACY = 10_000;

  private final SparkSession spark;
  private final CampaignFolder campaign;
  private final Manifest manifest;
  private final List<Method> methods;

  public CampaignPlot(Engine engine, CampaignFolder campaign, Manifest manifest) {
    this.spark = engine.session();
    this.campaign = campaign;
    this.manifest = manifest;
    this.methods = CampaignMethods.of(manifest);
  }

  /** What is on the horizontal axis: a label and the column behind it, without method and arm. */
  private record Category(String label, String column) {}

  /**
   * The picture: of a simulation the error of the band-mean sky of object fibres, else the residual
   * of held-out sky fibres.
   *
   * @throws InputException if the campaign has neither
   */
  public SpreadPlot plot() {
    CampaignTables.register(spark, campaign, manifest);
    List<Category> bands =
        SkyBand.all().stream()
            .map(
                b ->
                    new Category(
                        String.format(Locale.ROOT, "%.0f-%.0f", b.low(), b.high()),
                        "truth_bias_" + b.key()))
            .toList();
    Row truth = percentiles(Population.OBJECTS, bands);
    if (truth.getLong(0) > 0) {
      return plot(
          truth,
          bands,
          "Sky of object fibres against the simulation's truth",
          "band, Å",
          "(sky - true sky) / true sky, %");
    }
    List<Category> blue =
        List.of(
            new Category("3700-4000 Å", "blue_bias_1"),
            new Category("4000-4500 Å", "blue_bias_2"),
            new Category("4500-5500 Å", "blue_bias_3"),
            new Category("sky lines", "line_bias"));
    Row residual = percentiles(Population.SKY_FIBRES, blue);
    if (residual.getLong(0) == 0) {
      throw new InputException(
          "nothing to draw in "
              + campaign.uri()
              + ": no object fibre with a simulation's truth, no held-out sky fibre");
    }
    return plot(
        residual,
        blue,
        "Sky of held-out sky fibres against what they recorded",
        "medians of blue bands; sum over lines of either arm",
        "(recorded - sky) / sky, %");
  }

  private Row percentiles(Population population, List<Category> categories) {
    String columns =
        categories.stream()
            .flatMap(c -> methods.stream().map(m -> m.key() + "_" + c.column()))
            .map(c -> "percentile_approx(" + c + ", " + PERCENTILES + ", " + ACCURACY + ")")
            .collect(Collectors.joining(", "));
    String counted =
        categories.stream()
            .map(c -> "super_" + c.column() + " IS NOT NULL")
            .collect(Collectors.joining(" OR "));
    return spark
        .sql(
            String.format(
                Locale.ROOT,
                "SELECT count_if(%s), count(DISTINCT planid, lmjd, spid, fiberid),"
                    + " count(DISTINCT planid, lmjd), %s FROM (%s)",
                counted,
                columns,
                FibreSplits.rows(population, Split.ALL)))
        .first();
  }

  private SpreadPlot plot(
      Row row, List<Category> categories, String title, String xTitle, String yTitle) {
    // Bands of other instruments hold nothing.
    int[] held =
        IntStream.range(0, categories.size())
            .filter(
                c -> IntStream.range(0, methods.size()).anyMatch(m -> !row.isNullAt(column(c, m))))
            .toArray();
    List<SpreadPlot.Series> series = new ArrayList<>();
    for (int m = 0; m < methods.size(); m++) {
      List<SpreadPlot.Spread> spreads = new ArrayList<>();
      for (int c : held) {
        int column = column(c, m);
        spreads.add(row.isNullAt(column) ? null : spread(row.getList(column)));
      }
      if (spreads.stream().anyMatch(s -> s != null)) {
        Method method = methods.get(m);
        series.add(new SpreadPlot.Series(method.title(), Palette.of(method), spreads));
      }
    }
    long plates = row.getLong(2);
    String whole =
        String.format(
            Locale.ROOT,
            "%s: %s fibres, %d plate%s",
            title,
            Digits.count(row.getLong(1)),
            plates,
            plates == 1 ? "" : "s");
    List<String> labels = Arrays.stream(held).mapToObj(c -> categories.get(c).label()).toList();
    return new SpreadPlot(whole, xTitle, yTitle, labels, series);
  }

  private int column(int category, int method) {
    return 3 + category * methods.size() + method;
  }

  private static SpreadPlot.Spread spread(List<Float> p) {
    return new SpreadPlot.Spread(p.get(0), p.get(1), p.get(2), p.get(3), p.get(4));
  }
}
