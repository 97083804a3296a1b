package org.skymi.plate;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.PlannedUnit;
import org.skymi.table.FileReport;
import org.skymi.table.Table;
import org.skymi.table.TableWriter;

/**
 * One file per table that gets a row from a unit. A file exists for readers when it is committed.
 */
final class UnitTables implements Closeable {
  private final CampaignFolder campaign;
  private final PlannedUnit unit;
  private final String name;
  private final Map<String, String> provenance;
  private final Configuration configuration;
  private final Map<String, TableWriter<?>> writers = new LinkedHashMap<>();
  private final List<Path> files = new ArrayList<>();
  private boolean finished;

  /**
   * Nothing is created before the first row.
   *
   * @param name of the files, unique to the attempt
   */
  UnitTables(
      CampaignFolder campaign,
      PlannedUnit unit,
      String name,
      Map<String, String> provenance,
      Configuration configuration) {
    this.campaign = campaign;
    this.unit = unit;
    this.name = name;
    this.provenance = provenance;
    this.configuration = configuration;
  }

  /**
   * Adds a row.
   *
   * @throws OutputFailure if it can't be written
   */
  <R> void write(Table<R> table, R row) {
    try {
      writerOf(table).write(row);
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  @SuppressWarnings("unchecked") // a table's writer is only ever made here, for its rows
  private <R> TableWriter<R> writerOf(Table<R> table) throws IOException {
    TableWriter<R> writer = (TableWriter<R>) writers.get(table.name());
    if (writer == null) {
      String path = CampaignFolder.dataPath(table.name(), unit.plate(), name);
      files.add(new Path(campaign.path(), path));
      writer =
          new TableWriter<>(
              table, campaign.fileSystem(configuration), campaign.path(), path, provenance);
      writers.put(table.name(), writer);
    }
    return writer;
  }

  /**
   * Completes all files.
   *
   * @throws OutputFailure if they can't be
   */
  List<FileReport> finish() {
    List<FileReport> reports = new ArrayList<>();
    try {
      for (TableWriter<?> writer : writers.values()) {
        reports.add(writer.finish());
      }
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
    finished = true;
    return reports;
  }

  /** Removes the files if they were not finished: nobody will ever list them. */
  @Override
  public void close() throws IOException {
    if (!finished) {
      for (TableWriter<?> writer : writers.values()) {
        try {
          writer.close();
        } catch (IOException | RuntimeException e) {
          // the reason why it is not finished is thrown elsewhere
          continue;
        }
      }
      FileSystem fs = campaign.fileSystem(configuration);
      for (Path file : files) {
        fs.delete(file, false);
      }
    }
  }
}
