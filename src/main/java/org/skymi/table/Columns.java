package org.skymi.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.skymi.table.Column.Role;

/** Collects the columns of a table, in order. */
final class Columns<R> {
  private final List<Column<R>> list = new ArrayList<>();

  Columns<R> key(String name, ColumnType type, String ucd, String text, Function<R, ?> value) {
    return add(new Column<>(name, type, "", ucd, text, Role.KEY, value));
  }

  Columns<R> result(
      String name, ColumnType type, String unit, String ucd, String text, Function<R, ?> value) {
    return add(new Column<>(name, type, unit, ucd, text, Role.RESULT, value));
  }

  Columns<R> run(
      String name, ColumnType type, String unit, String ucd, String text, Function<R, ?> value) {
    return add(new Column<>(name, type, unit, ucd, text, Role.RUN, value));
  }

  Columns<R> add(Column<R> column) {
    list.add(column);
    return this;
  }

  /** The columns of a table whose rows know what another table's rows are made of. */
  <S> Columns<R> addAll(List<Column<S>> columns, Function<R, S> part) {
    for (Column<S> c : columns) {
      add(
          new Column<>(
              c.name(), c.type(), c.unit(), c.ucd(), c.text(), c.role(), part.andThen(c.value())));
    }
    return this;
  }

  List<Column<R>> list() {
    return List.copyOf(list);
  }
}
