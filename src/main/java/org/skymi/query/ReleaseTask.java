package org.skymi.query;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.skymi.archive.Archive;
import org.skymi.archive.WholeFile;
import org.skymi.campaign.PlannedInput;
import org.skymi.fits.CorrectedSpectrumWriter;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.FrameWriter;
import org.skymi.fits.SubtractedFrameWriter.Provenance;
import org.skymi.plate.InputReader;
import org.skymi.plate.OutputFailure;
import org.skymi.spark.SparkSessions;
import org.skymi.survey.InputException;
import org.skymi.survey.PlateId;

/** Writes the corrected spectrum of a row: keys, sky, its ivar, whose it is. */
final class ReleaseTask implements Function<Row, Integer> {
  private static final long serialVersionUID = 1;

  private final String archive;
  private final FitsLimits limits;
  private final String to;

  /** By spectrum, the files that may hold it. */
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

  /** The file of a spectrum. */
  Path file(FileIdentity id) {
    Path plate = new Path(new Path(to, id.plate().night().label()), id.plate().planId());
    return new Path(plate, id + ".fits.gz");
  }

  @Override
  public Integer call(Row row) throws IOException {
    Configuration configuration = SparkSessions.configurationOfTask();
    FileIdentity id = FitsExport.releaseId(row);
    CorrectedSpectrumWriter writer = read(id, configuration);
    float[] sky = FrameTask.floats(row.getList(4));
    float[] ivar = FrameTask.floats(row.getList(5));
    if (sky.length != writer.spectrum().pixelCount()) {
      throw new InputException(id + " has other pixels than when it was reprocessed");
    }
    try {
      new WholeFile(file(id), configuration)
          .write(
              out -> {
                try (OutputStream gzip = FrameWriter.gzip(out)) {
                  writer.write(sky, ivar, row.getString(6), origins.get(id.plate()), gzip);
                }
              });
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
    return 1;
  }

  private CorrectedSpectrumWriter read(FileIdentity id, Configuration configuration)
      throws IOException {
    InputReader reader = new InputReader(Archive.open(archive, configuration), limits);
    return InputReader.first(
        inputs.get(id), input -> reader.read(input, CorrectedSpectrumWriter::of));
  }
}
