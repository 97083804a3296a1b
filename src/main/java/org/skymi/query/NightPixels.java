package org.skymi.query;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.skymi.report.evaluate.Population;
import org.skymi.report.evaluate.Split;
import org.skymi.report.qa.PixelTally;
import org.skymi.survey.Instrument;
import scala.Tuple2;

/** Tallies the residuals of the spectra of held-out sky fibres, night by night. */
final class NightPixels {
  private static final String FRAME = "planid, lmjd, lmjm, spid, arm";
  private static final String KEYS = FRAME + ", fiberid";

  private NightPixels() {}

  /**
   * Held-out sky fibres of which it is known what they recorded: columns that the tables share, and
   * the night.
   */
  static String sql(String columns) {
    return sql(columns, "fibre_spectrum") + " UNION ALL " + sql(columns, "fibre_model");
  }

  private static String sql(String columns, String table) {
    return String.format(
        Locale.ROOT,
        "SELECT /*+ BROADCAST(k) */ %1$s FROM %4$s f JOIN (SELECT night, %2$s FROM (%3$s))"
            + " AS k USING (%2$s) WHERE flux IS NOT NULL",
        columns,
        KEYS,
        FibreSplits.rows(Population.SKY_FIBRES, Split.ALL),
        table);
  }

  /** Of the nights in the views of the tables. */
  static Map<Integer, PixelTally> of(SparkSession spark) {
    return stored(spark)
        .union(drawn(spark))
        .mapPartitionsToPair(Nights::new)
        .reduceByKey(PixelTally::plus)
        .collectAsMap();
  }

  private static JavaRDD<PixelRow> stored(SparkSession spark) {
    return spark
        .sql(sql("night, " + PixelRow.COLUMNS, "fibre_spectrum"))
        .as(Encoders.bean(PixelRow.class))
        .javaRDD();
  }

  /** Frame by frame and fold by fold: what their fibres share is made ready once. */
  private static JavaRDD<PixelRow> drawn(SparkSession spark) {
    String row = FRAME + ", fold";
    return spark
        .sql(
            "SELECT night, struct(frame_model.*) AS m, fibres FROM (SELECT night, "
                + row
                + ", collect_list(f) AS fibres FROM ("
                + sql("night, fold, " + FRAME + ", struct(f.*) AS f", "fibre_model")
                + ") GROUP BY night, "
                + row
                + ") JOIN frame_model USING ("
                + row
                + ")")
        .javaRDD()
        .flatMap(
            r -> {
              ModelRows model = new ModelRows(r.getStruct(1));
              return r.<Row>getList(2).stream()
                  .map(fibre -> PixelRow.drawn(r.getInt(0), model, fibre))
                  .iterator();
            });
  }

  /** A tally for each run of spectra of one night, so that only one is held at a time. */
  private static final class Nights implements Iterator<Tuple2<Integer, PixelTally>> {
    private final Iterator<PixelRow> rows;
    private final Deque<PixelRow> next = new ArrayDeque<>();

    Nights(Iterator<PixelRow> rows) {
      this.rows = rows;
      advance();
    }

    private void advance() {
      if (rows.hasNext()) {
        next.add(rows.next());
      }
    }

    @Override
    public boolean hasNext() {
      return !next.isEmpty();
    }

    @Override
    public Tuple2<Integer, PixelTally> next() {
      int night = next.element().getNight();
      PixelTally tally = new PixelTally();
      while (!next.isEmpty() && next.element().getNight() == night) {
        PixelRow row = next.remove();
        Instrument instrument = Instrument.ofPlan(row.getPlanid());
        tally.add(
            instrument,
            instrument.arm(row.getArm().charAt(0)),
            row.getWave(),
            row.getFlux(),
            row.getIvar(),
            row.skies());
        advance();
      }
      return new Tuple2<>(night, tally);
    }
  }
}
