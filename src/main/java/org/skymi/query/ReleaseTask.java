package org.skymi.query;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.skymi.fits.CorrectedSpectrumWriter;
import org.skymi.fits.CorrectedSpectrumWriter.Left;
import org.skymi.fits.FileIdentity;
import org.skymi.plate.InputReader;
import org.skymi.spark.SparkSessions;

/**
 * Writes the corrected file of a row: {@link FitsExport#releaseId keys}, then a list of what was
 * found in its spectra.
 */
final class ReleaseTask implements Function<Row, Integer> {
  private static final long serialVersionUID = 1;

  private final ExportSource source;

  ReleaseTask(ExportSource source) {
    this.source = source;
  }

  @Override
  public Integer call(Row row) throws IOException {
    Configuration configuration = SparkSessions.configurationOfTask();
    FileIdentity id = FitsExport.releaseId(row);
    CorrectedSpectrumWriter writer = read(id, configuration);
    List<Row> found = row.getList(5);
    List<Left> left = found.stream().map(ReleaseTask::left).toList();
    GzippedFile.write(
        source.file(id), out -> writer.write(left, source.origin(id.plate()), out), configuration);
    return 1;
  }

  /** Of a row: minute, arm, flux, its ivar, sky, its ivar, whose it is. */
  private static Left left(Row row) {
    return new Left(
        row.getInt(0),
        row.getString(1).charAt(0),
        FrameSkies.floats(row.getList(2)),
        FrameSkies.floats(row.getList(3)),
        FrameSkies.floats(row.getList(4)),
        FrameSkies.floats(row.getList(5)),
        row.getString(6));
  }

  private CorrectedSpectrumWriter read(FileIdentity id, Configuration configuration)
      throws IOException {
    InputReader reader = source.reader(configuration);
    return InputReader.first(
        source.files(id),
        input -> {
          CorrectedSpectrumWriter writer = reader.read(input, CorrectedSpectrumWriter::of);
          reader.requireIdentity(input, writer.identity());
          return writer;
        });
  }
}
