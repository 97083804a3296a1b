package org.skymi.plate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Quarantined;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsKind;
import org.skymi.fits.ReleaseSpectrumReader;
import org.skymi.plate.InputReader.Refused;
import org.skymi.release.ReleaseReduction;
import org.skymi.sky.judge.FibreResult;
import org.skymi.smi.ReductionOptions;
import org.skymi.survey.ReleaseSpectrum;
import org.skymi.table.FibreSkyTable;
import org.skymi.table.FibreSpectrumTable;
import org.skymi.table.FrameSummaryTable;
import org.skymi.table.TrainingTable;

/** The released spectra of a plate, one spectrograph after the other. */
final class ReleasePart {
  private final PlannedUnit unit;
  private final InputReader reader;
  private final UnitTables tables;
  private final Account account;
  private final TaskSettings settings;

  ReleasePart(
      PlannedUnit unit,
      InputReader reader,
      UnitTables tables,
      Account account,
      TaskSettings settings) {
    this.unit = unit;
    this.reader = reader;
    this.tables = tables;
    this.account = account;
    this.settings = settings;
  }

  /** Reduces them and writes their rows; returns those of the training. */
  List<TrainingTable.Row> reduce() throws IOException {
    Map<Integer, List<List<PlannedInput>>> bySpectrograph =
        unit.candidates(FitsKind.RELEASE_SPECTRUM).entrySet().stream()
            .sorted(Comparator.comparingInt(e -> e.getKey().fibreId()))
            .collect(
                Collectors.groupingBy(
                    e -> e.getKey().spectrograph(),
                    TreeMap::new,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    List<TrainingTable.Row> training = new ArrayList<>();
    for (Map.Entry<Integer, List<List<PlannedInput>>> e : bySpectrograph.entrySet()) {
      training.addAll(reduce(e.getKey(), e.getValue()));
    }
    return training;
  }

  /**
   * @param fibres the files of each, {@link PlannedUnit#candidates}
   */
  private List<TrainingTable.Row> reduce(int spectrograph, List<List<PlannedInput>> fibres)
      throws IOException {
    long start = System.nanoTime();
    List<ReleaseSpectrum> spectra = new ArrayList<>();
    List<PlannedInput> used = new ArrayList<>();
    for (List<PlannedInput> candidates : fibres) {
      boolean got = false;
      while (!got && !candidates.isEmpty()) {
        try {
          spectra.add(read(candidates.get(0)));
          used.add(candidates.get(0));
          got = true;
        } catch (Refused e) {
          account.refuse(candidates, e.why());
        }
      }
    }
    if (spectra.isEmpty()) {
      return List.of();
    }
    long read = System.nanoTime();
    ReductionOptions options = settings.options();
    ReleaseReduction.Result result;
    try {
      result = new ReleaseReduction(options).reduce(spectra);
    } catch (RuntimeException e) {
      used.forEach(input -> account.quarantine(notReduced(input, e)));
      return List.of();
    }
    long estimated = System.nanoTime();
    for (FibreResult fibre : result.fibres()) {
      ReleaseSpectrum spectrum = spectra.get(fibre.fibreIndex());
      tables.write(FibreSkyTable.TABLE, FibreSkyTable.Row.ofRelease(spectrum, fibre));
      if (settings.spectra() != SpectraChoice.NONE) {
        tables.write(FibreSpectrumTable.TABLE, FibreSpectrumTable.Row.ofRelease(spectrum, fibre));
      }
      account.process(used.get(fibre.fibreIndex()));
    }
    tables.write(
        FrameSummaryTable.TABLE,
        FrameSummaryTable.Row.ofRelease(
            spectra,
            result.fibres(),
            new FrameSummaryTable.Seconds(
                (read - start) / 1e9,
                (estimated - read) / 1e9,
                (System.nanoTime() - estimated) / 1e9)));
    return PlateTask.training(unit.plate(), spectrograph, result.training());
  }

  private static Quarantined notReduced(PlannedInput input, RuntimeException e) {
    return new Quarantined(
        input.path(), InputReader.kind(input), PlateReduction.NOT_REDUCED, "", e.toString());
  }

  private ReleaseSpectrum read(PlannedInput input) throws Refused, IOException {
    ReleaseSpectrum s = reader.read(input, ReleaseSpectrumReader::read);
    reader.requireIdentity(
        input, FileIdentity.releaseSpectrum(s.plate(), s.spectrograph(), s.fibreId()));
    return s;
  }
}
