package org.skymi.query;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.skymi.report.evaluate.Population;
import org.skymi.report.evaluate.Split;
import org.skymi.report.qa.PixelTally;
import org.skymi.survey.Instrument;
import scala.Tuple2;

/** Tallies the residuals of the stored spectra of held-out sky fibres, night by night. */
final class NightPixels {
  private static final String KEYS = "planid, lmjd, lmjm, spid, arm, fiberid";

  private NightPixels() {}

  /** Held-out sky fibres whose spectra are stored: view {@code fibre_spectrum} with the night. */
  static String sql(String columns) {
    return String.format(
        Locale.ROOT,
        "SELECT /*+ BROADCAST(k) */ %1$s FROM fibre_spectrum JOIN (SELECT night, %2$s FROM (%3$s))"
            + " AS k USING (%2$s) WHERE flux IS NOT NULL",
        columns,
        KEYS,
        FibreSplits.rows(Population.SKY_FIBRES, Split.ALL));
  }

  /** Of the nights in the views {@code fibre_sky} and {@code fibre_spectrum}. */
  static Map<Integer, PixelTally> of(SparkSession spark) {
    return spark
        .sql(sql("night, " + PixelRow.COLUMNS))
        .as(Encoders.bean(PixelRow.class))
        .javaRDD()
        .mapPartitionsToPair(Nights::new)
        .reduceByKey(PixelTally::plus)
        .collectAsMap();
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
