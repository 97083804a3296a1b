package org.skymi.plate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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

  /**
   * What is reduced as one: a spectrograph's spectra of one version of the survey's pipeline.
   *
   * @param spectra by fibre
   * @param inputs their files
   */
  private record ReleaseSet(List<ReleaseSpectrum> spectra, List<PlannedInput> inputs) {
    ReleaseSet() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    void add(ReleaseSpectrum spectrum, PlannedInput input) {
      spectra.add(spectrum);
      inputs.add(input);
    }

    int spectrograph() {
      return spectra.get(0).spectrograph();
    }

    /** Whether another's spectra can stand in for this one's. */
    boolean isLike(ReleaseSet other) {
      return other != this
          && other.spectra.get(0).pipelineVersion().equals(spectra.get(0).pipelineVersion());
    }
  }

  /** Reduces them and writes their rows; returns those of the training. */
  List<TrainingTable.Row> reduce() throws IOException {
    long start = System.nanoTime();
    List<ReleaseSet> sets = read();
    double seconds = (System.nanoTime() - start) / 1e9;
    List<TrainingTable.Row> training = new ArrayList<>();
    for (ReleaseSet set : sets) {
      List<ReleaseSpectrum> base = new ArrayList<>();
      if (set.spectra().size() < ReleaseReduction.FEWEST) {
        sets.stream().filter(set::isLike).forEach(other -> base.addAll(other.spectra()));
      }
      training.addAll(reduce(set, base, seconds / sets.size()));
    }
    return training;
  }

  /** The sets, by spectrograph and version. */
  private List<ReleaseSet> read() throws IOException {
    Map<String, ReleaseSet> sets = new TreeMap<>();
    List<List<PlannedInput>> fibres =
        unit.candidates(FitsKind.RELEASE_SPECTRUM).entrySet().stream()
            .sorted(Comparator.comparingInt(e -> e.getKey().fibreId()))
            .map(Map.Entry::getValue)
            .toList();
    for (List<PlannedInput> candidates : fibres) {
      boolean got = false;
      while (!got && !candidates.isEmpty()) {
        try {
          ReleaseSpectrum spectrum = read(candidates.get(0));
          String key =
              String.format(
                  Locale.ROOT, "%03d %s", spectrum.spectrograph(), spectrum.pipelineVersion());
          sets.computeIfAbsent(key, k -> new ReleaseSet()).add(spectrum, candidates.get(0));
          got = true;
        } catch (Refused e) {
          account.refuse(candidates, e.why());
        }
      }
    }
    return List.copyOf(sets.values());
  }

  /**
   * @param base spectra that may stand in for those of the set
   * @param readSeconds that reading it took
   */
  private List<TrainingTable.Row> reduce(
      ReleaseSet set, List<ReleaseSpectrum> base, double readSeconds) throws IOException {
    List<ReleaseSpectrum> spectra = set.spectra();
    List<PlannedInput> used = set.inputs();
    long read = System.nanoTime();
    ReductionOptions options = settings.options();
    ReleaseReduction.Result result;
    try {
      result = new ReleaseReduction(options).reduce(spectra, base);
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
                readSeconds, (estimated - read) / 1e9, (System.nanoTime() - estimated) / 1e9)));
    return PlateTask.training(unit.plate(), set.spectrograph(), result.training());
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
