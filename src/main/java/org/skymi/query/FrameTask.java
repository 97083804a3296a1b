package org.skymi.query;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.skymi.archive.Archive;
import org.skymi.campaign.PlannedInput;
import org.skymi.fits.DesiFrameWriter;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.SubtractedFrameWriter;
import org.skymi.fits.SubtractedFrameWriter.FibreNotes;
import org.skymi.fits.SubtractedFrameWriter.Provenance;
import org.skymi.plate.InputReader;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.frame.SubtractedFrame;
import org.skymi.sky.judge.Method;
import org.skymi.spark.SparkSessions;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.PlateId;

/** Writes the sky-subtracted frame of a row of {@link FitsExport}: its skies, stored or drawn. */
final class FrameTask implements Function<Row, Integer> {
  private static final long serialVersionUID = 1;

  private final String archive;
  private final FitsLimits limits;
  private final String flats;
  private final String to;

  /** By frame, the files that may hold it, {@link org.skymi.campaign.PlannedUnit#candidates}. */
  private final Map<FrameId, List<PlannedInput>> inputs;

  private final Map<PlateId, Provenance> origins;
  private final Method best;

  FrameTask(
      String archive,
      FitsLimits limits,
      String flats,
      String to,
      Map<FrameId, List<PlannedInput>> inputs,
      Map<PlateId, Provenance> origins,
      Method best) {
    this.archive = archive;
    this.limits = limits;
    this.flats = flats;
    this.to = to;
    this.inputs = new HashMap<>(inputs);
    this.origins = new HashMap<>(origins);
    this.best = best;
  }

  /** The file of a frame. */
  Path file(FrameId id) {
    return DesiFrameWriter.isFor(id) ? file("sframe", id) : ofProject(id);
  }

  /** A file of DESI's layout, in its folder. */
  private Path file(String kind, FrameId id) {
    String folder = String.format(Locale.ROOT, "%s/%08d", id.plate().night().label(), id.lmjm());
    return new Path(new Path(to, folder), DesiFrameWriter.name(kind, id) + ".fits.gz");
  }

  private Path ofProject(FrameId id) {
    String name = id.fileStem().replaceFirst("^frame", "sframe") + ".fits.gz";
    return new Path(new Path(new Path(to, id.plate().night().label()), id.plate().planId()), name);
  }

  @Override
  public Integer call(Row row) throws IOException {
    Configuration configuration = SparkSessions.configurationOfTask();
    FrameId id = FitsExport.frameId(row);
    InputReader reader =
        new InputReader(Archive.open(archive, configuration), limits)
            .withFlats(flats, configuration);
    Frame frame = InputReader.first(inputs.get(id), reader::frame);
    int n = frame.fibreCount();
    float[][] sky = new float[n][];
    float[][] ivar = new float[n][];
    FibreNotes notes = new FibreNotes(new String[n], new String[n], new float[n]);
    FrameSkies skies = new FrameSkies(row, best);
    for (int i = 0; i < n; i++) {
      FrameSkies.Fibre fibre = skies.fibre(frame.fibres().fibreId()[i]);
      notes.flag()[i] = fibre.flag();
      notes.method()[i] = fibre.source();
      notes.throughput()[i] = fibre.throughput();
      Sky own = fibre.sky(frame.wavelength()[i]);
      sky[i] = own.flux();
      ivar[i] = own.ivar();
    }
    SubtractedFrame subtracted = SubtractedFrame.of(frame, sky, ivar);
    Provenance from = origins.get(id.plate());
    if (DesiFrameWriter.isFor(id)) {
      double factor = InputReader.first(inputs.get(id), reader::barycentric);
      GzippedFile.write(
          file(id),
          out -> DesiFrameWriter.writeSubtracted(subtracted, notes, from, factor, out),
          configuration);
      GzippedFile.write(
          file("sky", id),
          out -> DesiFrameWriter.writeSky(subtracted, from, factor, out),
          configuration);
    } else {
      GzippedFile.write(
          file(id),
          out -> SubtractedFrameWriter.write(subtracted, notes, from, out),
          configuration);
    }
    return 1;
  }
}
