package org.skymi.query;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.skymi.campaign.PlannedInput;
import org.skymi.fits.DesiFrameWriter;
import org.skymi.fits.FileIdentity;
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

/** Writes the sky-subtracted frame of a row of {@link FitsExport}: its skies, stored or drawn. */
final class FrameTask implements Function<Row, Integer> {
  private static final long serialVersionUID = 1;

  private final ExportSource source;
  private final String flats;
  private final Method best;

  FrameTask(ExportSource source, String flats, Method best) {
    this.source = source;
    this.flats = flats;
    this.best = best;
  }

  /** The file of a frame. */
  Path file(FrameId id) {
    return DesiFrameWriter.isFor(id) ? file("sframe", id) : ofProject(id);
  }

  /** A file of DESI's layout, in its folder. */
  private Path file(String kind, FrameId id) {
    String folder = String.format(Locale.ROOT, "%s/%08d", id.plate().night().label(), id.lmjm());
    return new Path(new Path(source.to(), folder), DesiFrameWriter.name(kind, id) + ".fits.gz");
  }

  private Path ofProject(FrameId id) {
    String name = id.fileStem().replaceFirst("^frame", "sframe") + ".fits.gz";
    return source.file(id.plate(), name);
  }

  @Override
  public Integer call(Row row) throws IOException {
    Configuration configuration = SparkSessions.configurationOfTask();
    FrameId id = FitsExport.frameId(row);
    InputReader reader = source.reader(configuration).withFlats(flats, configuration);
    List<PlannedInput> files = source.files(FileIdentity.frame(id));
    Frame frame = InputReader.first(files, reader::frame);
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
    Provenance from = source.origin(id.plate());
    if (DesiFrameWriter.isFor(id)) {
      double factor = InputReader.first(files, reader::barycentric);
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
