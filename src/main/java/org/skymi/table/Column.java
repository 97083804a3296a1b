package org.skymi.table;

import java.util.function.Function;

/**
 * One column of a table: everything that the schema, the file's footer and the documentation say of
 * it, and where its value comes from.
 *
 * @param <R> what a row is made of
 * @param name lower_snake_case
 * @param type of the values
 * @param unit in VOUnits notation, empty if dimensionless
 * @param ucd unified content descriptor (IVOA UCD1+), empty if none fits
 * @param text what it is, in one line
 * @param role how the column behaves
 * @param value of a row: the boxed type, {@code int[]}, {@code float[]}, {@code double[]} or {@link
 *     java.time.Instant}; null and NaN scalars are stored as null
 */
public record Column<R>(
    String name,
    ColumnType type,
    String unit,
    String ucd,
    String text,
    Role role,
    Function<R, ?> value) {

  /** How a column behaves. */
  public enum Role {
    /** Part of the row's identity; rows of a file are sorted by the key columns, in their order. */
    KEY,
    /** A result: the same input, settings and model give the same value, bit for bit. */
    RESULT,
    /** How the run went (time, place): differs from run to run. */
    RUN
  }

  /** The value of a row with NaN as null. */
  Object stored(R row) {
    Object v = value.apply(row);
    if (v instanceof Double d && d.isNaN() || v instanceof Float f && f.isNaN()) {
      return null;
    }
    return v;
  }
}
