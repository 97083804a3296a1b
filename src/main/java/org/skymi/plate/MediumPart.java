package org.skymi.plate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skymi.campaign.PlannedInput;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsKind;
import org.skymi.fits.MediumSpectrumReader;
import org.skymi.plate.InputReader.Refused;
import org.skymi.release.ExposureResidual;
import org.skymi.release.ResidualScatter;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.ResidualStatistics;
import org.skymi.sky.judge.SkyEstimate;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;
import org.skymi.survey.MediumSpectrum;
import org.skymi.survey.ReleaseSpectrum;
import org.skymi.table.FibreSkyTable;
import org.skymi.table.FibreSpectrumTable;
import org.skymi.table.FrameSummaryTable;

/**
 * The medium-resolution spectra of a plate, fibre by fibre: the single exposures of a fibre and arm
 * are looked at together, the co-added ones by themselves. Rows go by exposure, so that all of a
 * plate's are kept until its last file is read.
 */
final class MediumPart {
  private final UnitParts parts;

  /** By exposure, spectrograph and arm: a frame's worth of rows, in order of fibre. */
  private final Map<Exposure, List<Row>> rows = new TreeMap<>();

  private long reading;
  private long estimating;

  MediumPart(UnitParts parts) {
    this.parts = parts;
  }

  private record Exposure(int lmjm, int spectrograph, Arm arm) implements Comparable<Exposure> {
    private static final Comparator<Exposure> ORDER =
        Comparator.comparingInt(Exposure::lmjm)
            .thenComparingInt(Exposure::spectrograph)
            .thenComparing(Exposure::arm);

    @Override
    public int compareTo(Exposure other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * A row.
   *
   * @param stored whether the spectrum is stored; pixels are kept if it is
   */
  private record Row(MediumSpectrum spectrum, FibreResult result, boolean stored) {}

  /** Reduces them and writes their rows. */
  void reduce() throws IOException {
    List<List<PlannedInput>> fibres =
        parts.unit().candidates(FitsKind.MEDIUM_SPECTRUM).entrySet().stream()
            .sorted(Comparator.comparingInt(e -> e.getKey().fibreId()))
            .map(Map.Entry::getValue)
            .toList();
    for (List<PlannedInput> candidates : fibres) {
      fibre(candidates);
    }
    write();
  }

  private void fibre(List<PlannedInput> candidates) throws IOException {
    while (!candidates.isEmpty()) {
      PlannedInput input = candidates.get(0);
      try {
        long start = System.nanoTime();
        List<MediumSpectrum> spectra = read(input);
        long read = System.nanoTime();
        take(spectra);
        reading += read - start;
        estimating += System.nanoTime() - read;
        parts.account().process(input);
        return;
      } catch (Refused e) {
        parts.account().refuse(candidates, e.why());
      } catch (RuntimeException e) {
        parts.notReduced(input, e);
        return;
      }
    }
  }

  private List<MediumSpectrum> read(PlannedInput input) throws Refused, IOException {
    InputReader reader = parts.reader();
    List<MediumSpectrum> spectra = reader.read(input, MediumSpectrumReader::read);
    ReleaseSpectrum any = spectra.get(0).spectrum();
    reader.requireIdentity(
        input, FileIdentity.mediumSpectrum(any.plate(), any.spectrograph(), any.fibreId()));
    return spectra;
  }

  private void take(List<MediumSpectrum> spectra) {
    List<ExposureResidual> residuals = new ArrayList<>();
    for (Arm arm : Instrument.LAMOST_MEDIUM.arms()) {
      List<MediumSpectrum> own = spectra.stream().filter(s -> s.arm() == arm).toList();
      residuals.addAll(ExposureResidual.of(own.stream().filter(MediumSpectrum::isCoadd).toList()));
      residuals.addAll(ExposureResidual.of(own.stream().filter(s -> !s.isCoadd()).toList()));
    }
    for (ExposureResidual residual : residuals) {
      MediumSpectrum s = residual.spectrum();
      List<Row> frame =
          rows.computeIfAbsent(
              new Exposure(s.lmjm(), s.spectrum().spectrograph(), s.arm()), e -> new ArrayList<>());
      boolean stored = isStored(residual);
      MediumSpectrum kept =
          stored
              ? s
              : new MediumSpectrum(
                  s.spectrum().withoutPixels(), s.lmjm(), s.arm(), s.exposureTime());
      frame.add(new Row(kept, result(frame.size(), residual, stored), stored));
    }
  }

  /** Corrected ones are; of the others those that are asked for. */
  private boolean isStored(ExposureResidual residual) {
    SpectraChoice asked = parts.settings().spectra();
    return asked != SpectraChoice.NONE
        && (residual.isCorrected() || asked.includes(residual.spectrum().spectrum().type()));
  }

  private FibreResult result(int index, ExposureResidual residual, boolean stored) {
    MediumSpectrum s = residual.spectrum();
    double signalToNoise = ResidualScatter.signalToNoise(s.spectrum());
    int n = s.spectrum().pixelCount();
    Map<Method, SkyEstimate> skies = new EnumMap<>(Method.class);
    skies.put(
        Method.SUPER,
        estimate(residual, new float[n], new float[n], residual.statistics(false), stored));
    skies.put(
        Method.MEMORY,
        estimate(residual, residual.sky(), residual.skyIvar(), residual.statistics(true), stored));
    return new FibreResult(
        index,
        Double.isNaN(signalToNoise) ? FibreFlag.DEAD : FibreFlag.GOOD,
        FibreResult.Calibration.none(0),
        new FibreResult.Verdict(
            true, residual.isCorrected() ? Method.MEMORY : Method.SUPER, 0, signalToNoise),
        new FibreResult.Recorded(
            stored ? s.spectrum().flux() : new float[0],
            stored ? s.spectrum().ivar() : new float[0]),
        skies);
  }

  private SkyEstimate estimate(
      ExposureResidual residual,
      float[] sky,
      float[] ivar,
      ResidualStatistics statistics,
      boolean stored) {
    double[] means =
        new Sky(sky, ivar)
            .bandMeans(
                Instrument.LAMOST_MEDIUM.bands(), residual.spectrum().spectrum().wavelength());
    return new SkyEstimate(
        stored ? sky : new float[0], stored ? ivar : new float[0], means, statistics);
  }

  private void write() throws IOException {
    UnitTables tables = parts.tables();
    int frames = Math.max(1, rows.size());
    for (List<Row> frame : rows.values()) {
      long start = System.nanoTime();
      for (Row row : frame) {
        tables.write(FibreSkyTable.TABLE, FibreSkyTable.Row.ofMedium(row.spectrum, row.result));
        if (row.stored) {
          tables.write(
              FibreSpectrumTable.TABLE, FibreSpectrumTable.Row.ofMedium(row.spectrum, row.result));
        }
      }
      tables.write(
          FrameSummaryTable.TABLE,
          FrameSummaryTable.Row.ofMedium(
              frame.stream().map(Row::spectrum).toList(),
              frame.stream().map(Row::result).toList(),
              new FrameSummaryTable.Seconds(
                  reading / 1e9 / frames,
                  estimating / 1e9 / frames,
                  (System.nanoTime() - start) / 1e9)));
    }
  }
}
