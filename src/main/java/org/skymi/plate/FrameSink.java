package org.skymi.plate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.FrameResult;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.table.FibreSkyTable;
import org.skymi.table.FibreSpectrumTable;
import org.skymi.table.FrameSummaryTable;

/** Writes each frame's rows as soon as its result is there, and forgets it. */
final class FrameSink implements Consumer<FrameResult> {
  private final ArchivedFrames frames;
  private final UnitTables tables;
  private final Account account;
  private final SpectraChoice spectra;

  FrameSink(ArchivedFrames frames, UnitTables tables, Account account, SpectraChoice spectra) {
    this.frames = frames;
    this.tables = tables;
    this.account = account;
    this.spectra = spectra;
  }

  @Override
  public void accept(FrameResult result) {
    try {
      write(result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(FrameResult result) throws IOException {
    long start = System.nanoTime();
    Frame frame = result.frame();
    FrameId id = frame.id();
    int[] fibreId = frame.fibres().fibreId();
    List<FibreResult> byFibre =
        result.fibres().stream()
            .sorted(Comparator.comparingInt(f -> fibreId[f.fibreIndex()]))
            .toList();
    Optional<float[][]> truth = frames.truth(frame);
    ModelSink models =
        new ModelSink(tables, frame, spectra == SpectraChoice.MODEL ? result.recipes() : List.of());
    for (FibreResult fibre : byFibre) {
      tables.write(FibreSkyTable.TABLE, FibreSkyTable.Row.ofFrame(frame, fibre, truth));
      if (models.has(fibre)) {
        models.write(fibre);
      } else if (spectra.includes(frame.fibres().type()[fibre.fibreIndex()])) {
        tables.write(FibreSpectrumTable.TABLE, FibreSpectrumTable.Row.ofFrame(frame, fibre));
      }
    }
    double writing = (System.nanoTime() - start) / 1e9;
    FrameSummaryTable.Seconds seconds =
        new FrameSummaryTable.Seconds(frames.secondsOf(id), result.seconds(), writing);
    tables.write(FrameSummaryTable.TABLE, FrameSummaryTable.Row.ofFrame(result, seconds));
    frames.inputs(id).forEach(account::process);
  }
}
