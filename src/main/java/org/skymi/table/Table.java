package org.skymi.table;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.skymi.table.Column.Role;

/**
 * A table: its columns are the one source of its schema, its footer, its page in docs/tables.md and
 * its tests.
 *
 * @param <R> what a row is made of
 * @param name lower_snake_case
 * @param text what one row is
 * @param columns in order
 */
public record Table<R>(String name, String text, List<Column<R>> columns) {

  /**
   * @throws IllegalArgumentException if two columns have one name
   */
  public Table {
    if (columns.stream().map(Column::name).distinct().count() != columns.size()) {
      throw new IllegalArgumentException(name + ": two columns have the same name");
    }
  }

  /** The Parquet schema. */
  MessageType schema() {
    List<Type> fields = columns.stream().map(c -> c.type().field(c.name())).toList();
    return new MessageType(name, fields);
  }

  /** The schema as Spark's JSON, with units and descriptions as comments. */
  public String sparkSchema() {
    return Footer.sparkSchema(this).toString();
  }

  /** The columns that identify a row. */
  public List<Column<R>> keys() {
    return columns.stream().filter(c -> c.role() == Role.KEY).toList();
  }

  /** The names of the columns that are the same in every run of the same plan. */
  public List<String> reproducible() {
    return columns.stream()
        .filter(c -> c.role() != Role.RUN)
        .map(Column::name)
        .collect(Collectors.toList());
  }
}
