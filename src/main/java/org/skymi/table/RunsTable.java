package org.skymi.table;

import java.time.Instant;

/** {@code runs}: who made what of what, and when. */
public final class RunsTable {
  public static final Table<Row> TABLE =
      new Table<>(
          "runs",
          "One row per run that was committed to the campaign.",
          new Columns<Row>()
              .key(
                  "run_id",
                  ColumnType.TEXT,
                  "meta.id",
                  "digest of inventory, settings and model: the same plan has the same id",
                  Row::runId)
              .run(
                  "started",
                  ColumnType.TIMESTAMP,
                  "",
                  "time.start",
                  "when the run started, UTC",
                  Row::started)
              .run(
                  "finished",
                  ColumnType.TIMESTAMP,
                  "",
                  "time.end",
                  "when its last table was complete, UTC",
                  Row::finished)
              .run(
                  "software",
                  ColumnType.TEXT,
                  "",
                  "meta.version;meta.software",
                  "version of the program",
                  Row::software)
              .result(
                  "model", ColumnType.TEXT, "", "meta.id", "digest of the base model", Row::model)
              .result(
                  "settings",
                  ColumnType.TEXT,
                  "",
                  "meta.note",
                  "resolved settings that change the numbers, JSON",
                  Row::settings)
              .result("inputs", ColumnType.INT, "", "meta.number", "files planned", Row::inputs)
              .result(
                  "processed", ColumnType.INT, "", "meta.number", "files processed", Row::processed)
              .result(
                  "quarantined",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "files quarantined",
                  Row::quarantined)
              .run(
                  "units",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "plates (and folders of files without a plate) done by the run",
                  Row::units)
              .run(
                  "units_resumed",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "of these, taken over from a run that was stopped",
                  Row::unitsResumed)
              .run(
                  "units_failed",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "plates that failed by I/O or memory and were left to the next run",
                  Row::unitsFailed)
              .run(
                  "slots",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "task slots at the start of the run",
                  Row::slots)
              .list());

  private RunsTable() {}

  /** A row; the columns say what the values are. */
  public record Row(
      String runId,
      Instant started,
      Instant finished,
      String software,
      String model,
      String settings,
      int inputs,
      int processed,
      int quarantined,
      int units,
      int unitsResumed,
      int unitsFailed,
      int slots) {}
}
