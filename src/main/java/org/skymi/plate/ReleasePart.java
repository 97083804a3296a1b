package org.skymi.plate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skymi.campaign.PlannedInput;
import org.skymi.plate.ReleaseFiles.Spectra;
import org.skymi.release.ReleaseReduction;
import org.skymi.release.ResidualBase;
import org.skymi.sky.judge.FibreResult;
import org.skymi.smi.Backend;
import org.skymi.smi.SkyModel;
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
  private final ReleaseReduction reduction;
  private final boolean hasNetworks;

  /**
   * @param model what a base model knows of released spectra
   */
  ReleasePart(UnitParts parts, Optional<SkyModel> model) {
    this.parts = parts;
    Optional<ResidualBase> base = model.flatMap(m -> base(m, parts.unit().key()));
    this.hasNetworks = base.isPresent();
    this.reduction = new ReleaseReduction(parts.settings().options(), base);
  }

  /** A plate that taught can't judge memory and networks: they have seen its spectra. */
  private static Optional<ResidualBase> base(SkyModel model, String plate) {
    boolean hasTaught = model.card().training().plates().contains(plate);
    return model
        .released()
        .map(ResidualBase::of)
        .map(base -> hasTaught ? base.withoutNetworks() : base);
  }

  /** Reduces them and writes their rows; returns those of the training. */
  List<TrainingTable.Row> reduce() throws IOException {
    ReleaseFiles files = new ReleaseFiles(parts.reader(), parts.account());
    Map<Integer, List<List<PlannedInput>>> bySpectrograph =
        ReleaseFiles.bySpectrograph(parts.unit());
    Map<Integer, Spectra> kept = new HashMap<>();
    List<ReleaseSpectrum> base = new ArrayList<>();
    if (bySpectrograph.values().stream().anyMatch(ReleasePart::isFew)) {
      for (Map.Entry<Integer, List<List<PlannedInput>>> e : bySpectrograph.entrySet()) {
        if (base.size() < BASE) {
          kept.put(e.getKey(), files.read(e.getValue()));
          base.addAll(kept.get(e.getKey()).spectra());
        }
      }
    }
    List<TrainingTable.Row> training = new ArrayList<>();
    for (Map.Entry<Integer, List<List<PlannedInput>>> e : bySpectrograph.entrySet()) {
      Spectra read = kept.remove(e.getKey());
      training.addAll(reduce(read == null ? files.read(e.getValue()) : read, base));
    }
    return training;
  }

  private static boolean isFew(List<List<PlannedInput>> fibres) {
    return fibres.size() < ReleaseReduction.FEWEST;
  }

  /**
   * Each version of the survey's pipeline leaves a sky of its own.
   *
   * @param base spectra of all spectrographs, which may stand in for too few
   */
  private List<TrainingTable.Row> reduce(Spectra read, List<ReleaseSpectrum> base)
      throws IOException {
    List<ReleaseSpectrum> reduced = new ArrayList<>();
    List<FibreResult> fibres = new ArrayList<>();
    List<TrainingStep> training = new ArrayList<>();
    double estimating = 0;
    double writing = 0;
    for (Map.Entry<String, Spectra> e : read.byVersion().entrySet()) {
      List<ReleaseSpectrum> spectra = e.getValue().spectra();
      List<ReleaseSpectrum> others =
          base.stream()
              .filter(s -> s.spectrograph() != spectra.get(0).spectrograph())
              .filter(s -> s.pipelineVersion().equals(e.getKey()))
              .toList();
      List<PlannedInput> used = e.getValue().inputs();
      long start = System.nanoTime();
      ReleaseReduction.Result result;
      try {
        result = reduction.reduce(spectra, others);
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
                new FrameSummaryTable.Seconds(read.seconds(), estimating, writing),
                hasNetworks ? Backend.now() : Backend.none()));
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
}
