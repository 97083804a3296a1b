package org.skymi.query;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.skymi.archive.Archive;
import org.skymi.campaign.PlannedInput;
import org.skymi.fits.CorrectedSpectrumWriter;
import org.skymi.fits.CorrectedSpectrumWriter.Left;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.SubtractedFrameWriter.Provenance;
import org.skymi.plate.InputReader;
import org.skymi.spark.SparkSessions;
import org.skymi.survey.PlateId;

/**
 * Writes the corrected file of a row: {@link FitsExport#releaseId keys}, then a list of what was
 * found in its spectra.
 */
final class ReleaseTask implements Function<Row, Integer> {
  private static final long serialVersionUID = 1;

  private final String archive;
  private final FitsLimits limits;
  private final String to;

  /** By identity, the files that may hold it. */
  private final Map<FileIdentity, List<PlannedInput>> inputs;

  private final Map<PlateId, Provenance> origins;

  ReleaseTask(
      String archive,
      FitsLimits limits,
      String to,
      Map<FileIdentity, List<PlannedInput>> inputs,
      Map<PlateId, Provenance> origins) {
    this.archive = archive;
    this.limits = limits;
    this.to = to;
    this.inputs = new HashMap<>(inputs);
    this.origins = new HashMap<>(origins);
  }

  /** The file of one. */
  Path file(FileIdentity id) {
    return file(to, id);
  }

  /** A corrected file below a folder. */
  static Path file(String to, FileIdentity id) {
    Path plate = new Path(new Path(to, id.plate().night().label()), id.plate().planId());
    return new Path(plate, id + ".fits.gz");
  }

  @Override
  public Integer call(Row row) throws IOException {
    Configuration configuration = SparkSessions.configurationOfTask();
    FileIdentity id = FitsExport.releaseId(row);
    CorrectedSpectrumWriter writer = read(id, configuration);
    List<Row> found = row.getList(5);
    List<Left> left = found.stream().map(ReleaseTask::left).toList();
    GzippedFile.write(
        file(id), out -> writer.write(left, origins.get(id.plate()), out), configuration);
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
    InputReader reader = new InputReader(Archive.open(archive, configuration), limits);
    return InputReader.first(
        inputs.get(id),
        input -> {
          CorrectedSpectrumWriter writer = reader.read(input, CorrectedSpectrumWriter::of);
          reader.requireIdentity(input, writer.identity());
          return writer;
        });
  }
}
