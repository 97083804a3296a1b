package org.skymi.query;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.skymi.campaign.PlannedInput;
import org.skymi.fits.CorrectedSpectrumWriter;
import org.skymi.fits.CorrectedSpectrumWriter.Left;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.SdssSpectrumReader;
import org.skymi.plate.FrameAssembly;
import org.skymi.plate.InputReader;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.frame.SkyLines;
import org.skymi.sky.judge.Method;
import org.skymi.spark.SparkSessions;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;
import org.skymi.survey.PlateId;
import org.skymi.survey.SkySpectrum;

/**
 * Writes the files of a spectrograph whose frames were assembled from spectra with their skies, of
 * a row of {@link FitsExport}: plate, night, spectrograph and its frames. Each spectrum is less its
 * new sky, both arms'.
 */
final class CoaddTask implements Function<Row, Integer> {
  private static final long serialVersionUID = 1;

  /** Column of the frames, and of a frame's arm in one. */
  private static final int FRAMES = 3;

  private static final int ARM = 4;

  private final ExportSource source;
  private final Method best;

  CoaddTask(ExportSource source, Method best) {
    this.source = source;
    this.best = best;
  }

  @Override
  public Integer call(Row row) throws IOException {
    Configuration configuration = SparkSessions.configurationOfTask();
    InputReader reader = source.reader(configuration);
    PlateId plate = new PlateId(row.getString(0), row.getInt(1));
    Instrument instrument = Instrument.of(plate);
    Map<Arm, FrameSkies> arms = new HashMap<>();
    Set<Integer> fibres = new TreeSet<>();
    for (Row frame : row.<Row>getList(FRAMES)) {
      FrameSkies skies = new FrameSkies(frame, best);
      arms.put(instrument.arm(frame.getString(ARM).charAt(0)), skies);
      fibres.addAll(skies.fibreIds());
    }
    for (int fibre : fibres) {
      FileIdentity id = FileIdentity.skySpectrum(plate, row.getInt(2), fibre);
      Opened opened = InputReader.first(source.files(id), input -> opened(reader, input));
      List<Left> left = List.of(left(opened.spectrum(), instrument, arms));
      GzippedFile.write(
          source.file(id),
          out -> opened.writer().write(left, source.origin(plate), out),
          configuration);
    }
    return fibres.size();
  }

  private record Opened(SkySpectrum spectrum, CorrectedSpectrumWriter writer) {}

  private static Opened opened(InputReader reader, PlannedInput input)
      throws InputReader.Refused, IOException {
    Opened opened =
        reader.read(
            input,
            (path, raw, most) ->
                new Opened(
                    SdssSpectrumReader.read(path, raw, most),
                    CorrectedSpectrumWriter.of(path, raw, most)));
    reader.requireIdentity(input, opened.writer().identity());
    return opened;
  }

  /**
   * By how much the arms' skies, each in its half of what they overlap, are more than it had. Of
   * the sky's continuum such spectra tell no more than their survey's subtraction does,
   * docs/sdss.md: it stays, and so does all that the survey subtracted between lines and where it
   * left an exposure out.
   */
  private static Left left(SkySpectrum s, Instrument instrument, Map<Arm, FrameSkies> arms) {
    double[] wavelength = s.wavelength();
    Sky more = Sky.unknown(wavelength.length);
    boolean[] isLine = new boolean[wavelength.length];
    Set<String> sources = new LinkedHashSet<>();
    for (Arm arm : instrument.arms()) {
      if (!arms.containsKey(arm)) {
        continue;
      }
      FrameSkies.Fibre fibre = arms.get(arm).fibre(s.fibreId());
      List<LineWindow> lines = SkyLines.windows(instrument.arm(arm));
      Sky own = fibre.sky(wavelength);
      sources.add(fibre.source());
      for (int p = 0; p < wavelength.length; p++) {
        double x = wavelength[p];
        if (instrument.at(x).arm() == arm) {
          more.flux()[p] = own.flux()[p] - s.sky()[p];
          more.ivar()[p] = s.ivar()[p] > 0 ? own.ivar()[p] : 0;
          isLine[p] = lines.stream().anyMatch(line -> line.contains(x));
        }
      }
    }
    float[] continuum = FrameAssembly.smooth(more.flux(), more.ivar());
    for (int p = 0; p < continuum.length; p++) {
      boolean isWhole = (s.mask()[p] & SkySpectrum.LACKS_EXPOSURE) == 0;
      more.flux()[p] -= continuum[p];
      more.ivar()[p] = isLine[p] && isWhole ? more.ivar()[p] : 0;
    }
    return new Left(
        0,
        CorrectedSpectrumWriter.COMBINED,
        s.flux(),
        s.ivar(),
        more.flux(),
        more.ivar(),
        String.join(" ", sources));
  }
}
