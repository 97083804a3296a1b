package org.skymi.query;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.skymi.archive.Archive;
import org.skymi.archive.WholeFile;
import org.skymi.campaign.PlannedInput;
import org.skymi.fits.DesiFrameWriter;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.FrameWriter;
import org.skymi.fits.SubtractedFrameWriter;
import org.skymi.fits.SubtractedFrameWriter.FibreNotes;
import org.skymi.fits.SubtractedFrameWriter.Provenance;
import org.skymi.plate.InputReader;
import org.skymi.plate.OutputFailure;
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

  /** Columns after the keys. */
  private static final int STORED = 5;

  private static final int DRAWN = 6;
  private static final int MODELS = 7;

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
    Map<Integer, Integer> rowOf = new HashMap<>();
    for (int i = 0; i < n; i++) {
      rowOf.put(frame.fibres().fibreId()[i], i);
    }
    for (Row fibre : rows(row, STORED)) {
      int i = rowOf.get(fibre.getInt(0));
      note(fibre, notes, i);
      sky[i] = floats(fibre.getList(4));
      ivar[i] = floats(fibre.getList(5));
    }
    Map<Integer, ModelRows> models = new HashMap<>();
    rows(row, MODELS).forEach(m -> models.put(m.getAs("fold"), new ModelRows(m)));
    for (Row fibre : rows(row, DRAWN)) {
      int i = rowOf.get(fibre.getInt(0));
      note(fibre, notes, i);
      Row model = fibre.getStruct(4);
      Sky drawn =
          models
              .get(model.<Integer>getAs("fold"))
              .sky(model, best, frame.wavelength()[i])
              .orElseThrow();
      sky[i] = drawn.flux();
      ivar[i] = drawn.ivar();
    }
    SubtractedFrame subtracted = SubtractedFrame.of(frame, sky, ivar);
    Provenance from = origins.get(id.plate());
    if (DesiFrameWriter.isFor(id)) {
      double factor = InputReader.first(inputs.get(id), reader::barycentric);
      write(
          file(id),
          out -> DesiFrameWriter.writeSubtracted(subtracted, notes, from, factor, out),
          configuration);
      write(
          file("sky", id),
          out -> DesiFrameWriter.writeSky(subtracted, from, factor, out),
          configuration);
    } else {
      write(
          file(id),
          out -> SubtractedFrameWriter.write(subtracted, notes, from, out),
          configuration);
    }
    return 1;
  }

  private static List<Row> rows(Row row, int column) {
    return row.isNullAt(column) ? List.of() : row.getList(column);
  }

  private static void note(Row fibre, FibreNotes notes, int i) {
    notes.flag()[i] = fibre.getString(1);
    notes.method()[i] = fibre.getString(2);
    notes.throughput()[i] = fibre.isNullAt(3) ? Float.NaN : fibre.getFloat(3);
  }

  /** What writes a plain FITS file. */
  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private static void write(Path file, Writing writing, Configuration configuration) {
    try {
      new WholeFile(file, configuration)
          .write(
              out -> {
                try (OutputStream gzip = FrameWriter.gzip(out)) {
                  writing.to(gzip);
                }
              });
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int p = 0; p < floats.length; p++) {
      floats[p] = values.get(p) == null ? Float.NaN : values.get(p);
    }
    return floats;
  }
}
