package org.skymi.table;

import java.util.List;
import java.util.stream.Collectors;

/** The values of a row's key columns, compared in their order. */
record RowKey(List<Object> values) implements Comparable<RowKey> {
  static <R> RowKey of(List<Column<R>> keys, R row) {
    return new RowKey(
        keys.stream().<Object>map(k -> k.value().apply(row)).collect(Collectors.toList()));
  }

  @Override
  @SuppressWarnings("unchecked") // one table's keys have one type per column
  public int compareTo(RowKey other) {
    for (int i = 0; i < values.size(); i++) {
      int c = ((Comparable<Object>) values.get(i)).compareTo(other.values.get(i));
      if (c != 0) {
        return c;
      }
    }
    return 0;
  }

  /** The values, separated by slashes. */
  @Override
  public String toString() {
    return values.stream().map(String::valueOf).collect(Collectors.joining("/"));
  }
}
