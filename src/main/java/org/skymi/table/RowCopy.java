package org.skymi.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.skymi.survey.InputException;

/** Copies rows of a table's files, one stretch after the other, to a new file. */
public final class RowCopy {
  private final Table<?> table;
  private final FileSystem fs;
  private final Path folder;

  /**
   * @param folder that paths are relative to
   */
  public RowCopy(Table<?> table, FileSystem fs, Path folder) {
    this.table = table;
    this.fs = fs;
    // The filesystem may have been made with another default filesystem than this folder's.
    this.folder = fs.makeQualified(folder);
  }

  /**
   * Rows of a file that follow each other.
   *
   * @param path of the file
   * @param first number of the first row in it
   * @param rows how many
   */
  public record Stretch(String path, long first, long rows) {
    long end() {
      return first + rows;
    }
  }

  /**
   * Copies.
   *
   * @param path of the new file, which must not exist
   * @param keys of the first and the last row
   * @throws InputException if a file has columns that the table has not
   * @throws IOException if a file can't be read or has fewer rows, or the new one can't be written
   */
  public FileReport copy(List<Stretch> stretches, String path, String firstKey, String lastKey)
      throws IOException {
    Map<String, Long> ends = new HashMap<>();
    stretches.forEach(s -> ends.merge(s.path(), s.end(), Math::max));
    DigestingOutputFile file = new DigestingOutputFile(fs, new Path(folder, path));
    Map<String, Rows> open = new HashMap<>();
    long rows = 0;
    try (ParquetWriter<Group> writer =
        TableParquet.writer(file, table, new GroupWriteSupport(table), fs.getConf())) {
      for (Stretch s : stretches) {
        Rows source = open.get(s.path());
        if (source == null || source.next > s.first()) {
          close(open.remove(s.path()));
          source = new Rows(s.path());
          open.put(s.path(), source);
        }
        source.copy(s, writer);
        rows += s.rows();
        if (source.next >= ends.get(s.path())) {
          close(open.remove(s.path()));
        }
      }
    } finally {
      for (Rows source : open.values()) {
        source.close();
      }
    }
    return new FileReport(path, table.name(), rows, file.bytes(), file.sha256(), firstKey, lastKey);
  }

  private static void close(Rows rows) throws IOException {
    if (rows != null) {
      rows.close();
    }
  }

  /** A file's rows in order. */
  private final class Rows implements Closeable {
    private final String path;
    private final ParquetReader<Group> reader;
    private long next;

    Rows(String path) throws IOException {
      this.path = path;
      Path file = new Path(folder, path);
      requireKnownColumns(file);
      Configuration configuration = new Configuration(fs.getConf());
      configuration.set(ReadSupport.PARQUET_READ_SCHEMA, table.schema().toString());
      reader = ParquetReader.builder(new GroupReadSupport(), file).withConf(configuration).build();
    }

    void copy(Stretch stretch, ParquetWriter<Group> writer) throws IOException {
      while (next < stretch.end()) {
        Group row = reader.read();
        if (row == null) {
          throw new IOException(path + ": has " + next + " rows, not " + stretch.end());
        }
        if (next >= stretch.first()) {
          writer.write(row);
        }
        next++;
      }
    }

    private void requireKnownColumns(Path file) throws IOException {
      MessageType known = table.schema();
      try (ParquetFileReader footer =
          ParquetFileReader.open(HadoopInputFile.fromPath(file, fs.getConf()))) {
        for (Type t : footer.getFileMetaData().getSchema().getFields()) {
          if (!known.containsField(t.getName())) {
            throw new InputException(
                path + ": has a column " + t.getName() + " that this program does not know");
          }
        }
      }
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
