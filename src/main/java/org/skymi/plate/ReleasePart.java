package org.skymi.plate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.skymi.campaign.PlannedInput;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsKind;
import org.skymi.fits.ReleaseSpectrumReader;
import org.skymi.plate.InputReader.Refused;
import org.skymi.release.ReleaseReduction;
import org.skymi.sky.judge.FibreResult;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.ReleaseSpectrum;
import org.skymi.table.FibreSkyTable;
import org.skymi.table.FibreSpectrumTable;
import org.skymi.table.FrameSummaryTable;
import org.skymi.table.TrainingTable;

/** The released spectra of a plate, one spectrograph after the other. */
final class ReleasePart {
  /** Spectra of other spectrographs that are kept for those of too few, about. */
  private static final int BASE = 250;

  private final UnitParts parts;

  ReleasePart(UnitParts parts) {
    this.parts = parts;
  }

  /**
   * A spectrograph's spectra.
   *
   * @param spectra by fibre
   * @param inputs their files
   * @param seconds that reading them took
   */
  private record Spectra(
      List<ReleaseSpectrum> spectra, List<PlannedInput> inputs, double seconds) {}

  /** Reduces them and writes their rows; returns those of the training. */
  List<TrainingTable.Row> reduce() throws IOException {
    Map<Integer, List<List<PlannedInput>>> bySpectrograph =
        parts.unit().candidates(FitsKind.RELEASE_SPECTRUM).entrySet().stream()
            .sorted(Comparator.comparingInt(e -> e.getKey().fibreId()))
            .collect(
                Collectors.groupingBy(
                    e -> e.getKey().spectrograph(),
                    TreeMap::new,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    Map<Integer, Spectra> kept = new HashMap<>();
    List<ReleaseSpectrum> base = new ArrayList<>();
    if (bySpectrograph.values().stream().anyMatch(ReleasePart::isFew)) {
      for (Map.Entry<Integer, List<List<PlannedInput>>> e : bySpectrograph.entrySet()) {
        if (base.size() < BASE) {
          kept.put(e.getKey(), read(e.getValue()));
          base.addAll(kept.get(e.getKey()).spectra());
        }
      }
    }
    List<TrainingTable.Row> training = new ArrayList<>();
    for (Map.Entry<Integer, List<List<PlannedInput>>> e : bySpectrograph.entrySet()) {
      Spectra read = kept.remove(e.getKey());
      training.addAll(reduce(read == null ? read(e.getValue()) : read, base));
    }
    return training;
  }

  private static boolean isFew(List<List<PlannedInput>> fibres) {
    return fibres.size() < ReleaseReduction.FEWEST;
  }

  private Spectra read(List<List<PlannedInput>> fibres) throws IOException {
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
          parts.account().refuse(candidates, e.why());
        }
      }
    }
    return new Spectra(spectra, used, (System.nanoTime() - start) / 1e9);
  }

  /**
   * Each version of the survey's pipeline leaves a sky of its own.
   *
   * @param base spectra of all spectrographs, which may stand in for too few
   */
  private List<TrainingTable.Row> reduce(Spectra read, List<ReleaseSpectrum> base)
      throws IOException {
    Map<String, List<Integer>> byVersion =
        IntStream.range(0, read.spectra().size())
            .boxed()
            .collect(
                Collectors.groupingBy(
                    i -> read.spectra().get(i).pipelineVersion(),
                    TreeMap::new,
                    Collectors.toList()));
    List<ReleaseSpectrum> reduced = new ArrayList<>();
    List<FibreResult> fibres = new ArrayList<>();
    List<TrainingStep> training = new ArrayList<>();
    double estimating = 0;
    double writing = 0;
    for (Map.Entry<String, List<Integer>> e : byVersion.entrySet()) {
      List<ReleaseSpectrum> spectra = e.getValue().stream().map(read.spectra()::get).toList();
      List<ReleaseSpectrum> others =
          base.stream()
              .filter(s -> s.spectrograph() != spectra.get(0).spectrograph())
              .filter(s -> s.pipelineVersion().equals(e.getKey()))
              .toList();
      List<PlannedInput> used = e.getValue().stream().map(read.inputs()::get).toList();
      long start = System.nanoTime();
      ReleaseReduction.Result result;
      try {
        result = new ReleaseReduction(parts.settings().options()).reduce(spectra, others);
      } catch (RuntimeException thrown) {
        used.forEach(input -> parts.notReduced(input, thrown));
        continue;
      }
      long estimated = System.nanoTime();
      estimating += (estimated - start) / 1e9;
      write(spectra, used, result.fibres());
      writing += (System.nanoTime() - estimated) / 1e9;
      reduced.addAll(spectra);
      fibres.addAll(result.fibres());
      training.addAll(result.training());
    }
    if (reduced.isEmpty()) {
      return List.of();
    }
    parts
        .tables()
        .write(
            FrameSummaryTable.TABLE,
            FrameSummaryTable.Row.ofRelease(
                reduced,
                fibres,
                new FrameSummaryTable.Seconds(read.seconds(), estimating, writing)));
    return PlateTask.training(parts.unit().plate(), reduced.get(0).spectrograph(), training);
  }

  private void write(
      List<ReleaseSpectrum> spectra, List<PlannedInput> used, List<FibreResult> fibres)
      throws IOException {
    UnitTables tables = parts.tables();
    for (FibreResult fibre : fibres) {
      ReleaseSpectrum spectrum = spectra.get(fibre.fibreIndex());
      tables.write(FibreSkyTable.TABLE, FibreSkyTable.Row.ofRelease(spectrum, fibre));
      if (parts.settings().spectra() != SpectraChoice.NONE) {
        tables.write(FibreSpectrumTable.TABLE, FibreSpectrumTable.Row.ofRelease(spectrum, fibre));
      }
      parts.account().process(used.get(fibre.fibreIndex()));
    }
  }

  private ReleaseSpectrum read(PlannedInput input) throws Refused, IOException {
    InputReader reader = parts.reader();
    ReleaseSpectrum s = reader.read(input, ReleaseSpectrumReader::read);
    reader.requireIdentity(
        input, FileIdentity.releaseSpectrum(s.plate(), s.spectrograph(), s.fibreId()));
    return s;
  }
}
