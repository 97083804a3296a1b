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
                  r -> r.time().started())
              .run(
                  "finished",
                  ColumnType.TIMESTAMP,
                  "",
                  "time.end",
                  "when its last table was complete, UTC",
                  r -> r.time().finished())
              .run(
                  "software",
                  ColumnType.TEXT,
                  "",
                  "meta.version;meta.software",
                  "version of the program",
                  r -> r.recipe().software())
              .result(
                  "model",
                  ColumnType.TEXT,
                  "",
                  "meta.id",
                  "digest of the base model; of two, with a plus between",
                  r -> r.recipe().model())
              .result(
                  "settings",
                  ColumnType.TEXT,
                  "",
                  "meta.note",
                  "resolved settings that change the numbers, JSON",
                  r -> r.recipe().settings())
              .result(
                  "inputs",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "files planned",
                  r -> r.files().planned())
              .result(
                  "processed",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "files processed",
                  r -> r.files().processed())
              .result(
                  "quarantined",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "files quarantined",
                  r -> r.files().quarantined())
              .run(
                  "units",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "plates (and folders of files without a plate) done by the run",
                  r -> r.units().done())
              .run(
                  "units_resumed",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "of these, taken over from a run that was stopped",
                  r -> r.units().resumed())
              .run(
                  "units_failed",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "plates that failed by I/O or memory and were left to the next run",
                  r -> r.units().failed())
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
  public record Row(String runId, Time time, Recipe recipe, Files files, Units units, int slots) {}

  /** When a run was made. */
  public record Time(Instant started, Instant finished) {}

  /** What made a run's numbers of its inputs. */
  public record Recipe(String software, String model, String settings) {}

  /** What became of a run's files. */
  public record Files(int processed, int quarantined) {
    int planned() {
      return processed + quarantined;
    }
  }

  /** What became of a run's units; those that were resumed are among the done. */
  public record Units(int done, int resumed, int failed) {}
}
