package org.skymi.table;

import org.skymi.survey.PlateId;

/** {@code quarantine}: what could not be used, and why. */
public final class QuarantineTable {
  public static final Table<Row> TABLE =
      new Table<>(
          "quarantine",
          "One row per input file that was not used, with the reason.",
          new Columns<Row>()
              .key(
                  "path",
                  ColumnType.TEXT,
                  "meta.ref.uri",
                  "the file, as the inventory names it",
                  Row::path)
              .result(
                  "reason",
                  ColumnType.TEXT,
                  "",
                  "meta.code.error",
                  "code of the reason",
                  Row::reason)
              .result(
                  "location",
                  ColumnType.TEXT,
                  "",
                  "meta.note",
                  "where in the file: HDU, card or byte; empty if the whole file",
                  Row::location)
              .result("message", ColumnType.TEXT, "", "meta.note", "what is wrong", Row::message)
              .result(
                  "kind", ColumnType.TEXT, "", "meta.code", "frame, release or unknown", Row::kind)
              .result(
                  "planid",
                  ColumnType.TEXT,
                  "",
                  "meta.id",
                  "plan of the plate, if known",
                  r -> r.plate() == null ? null : r.plate().planId())
              .result(
                  "lmjd",
                  ColumnType.INT,
                  "",
                  "time.epoch",
                  "local modified Julian day of the plate, if known",
                  r -> r.plate() == null ? null : r.plate().lmjd())
              .result(
                  "night",
                  ColumnType.INT,
                  "",
                  "time.epoch",
                  "local date of the night's evening, YYYYMMDD, if known",
                  r -> r.plate() == null ? null : FibreSite.nightNumber(r.plate()))
              .list());

  private QuarantineTable() {}

  /**
   * A row.
   *
   * @param path of the file
   * @param kind {@code frame}, {@code release} or {@code unknown}
   * @param reason its code
   * @param location where in the file, may be empty
   * @param message what is wrong
   * @param plate the plate it was counted to; null if unknown
   */
  public record Row(
      String path, String kind, String reason, String location, String message, PlateId plate) {}
}
