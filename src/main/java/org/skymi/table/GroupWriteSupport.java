package org.skymi.table;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.GroupWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;

/** Hands rows that were read from a table's files to Parquet again. */
final class GroupWriteSupport extends WriteSupport<Group> {
  private final Table<?> table;
  private final TextLengths lengths = new TextLengths();
  private GroupWriter writer;

  GroupWriteSupport(Table<?> table) {
    this.table = table;
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(table.schema(), Footer.of(table));
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    writer = new GroupWriter(consumer, table.schema());
  }

  @Override
  public void write(Group row) {
    for (Column<?> c : table.columns()) {
      if (c.type().isText() && row.getFieldRepetitionCount(c.name()) > 0) {
        lengths.see(c, row.getString(c.name(), 0));
      }
    }
    writer.write(row);
  }

  @Override
  public FinalizedWriteContext finalizeWrite() {
    return lengths.footer(table);
  }
}
