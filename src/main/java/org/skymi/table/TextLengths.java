package org.skymi.table;

import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.hadoop.api.WriteSupport.FinalizedWriteContext;

/** How long the longest text of each column of a file is: known when all rows are written. */
final class TextLengths {
  private final Map<String, Integer> longest = new HashMap<>();

  void see(Column<?> column, String text) {
    longest.merge(column.name(), text.length(), Math::max);
  }

  /** The longest text of a column, at least 1. */
  int of(Column<?> column) {
    return Math.max(1, longest.getOrDefault(column.name(), 1));
  }

  /** The part of the footer that depends on the rows. */
  FinalizedWriteContext footer(Table<?> table) {
    return new FinalizedWriteContext(Map.of(VoTable.CONTENT_KEY, VoTable.of(table, this)));
  }
}
