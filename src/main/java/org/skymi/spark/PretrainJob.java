package org.skymi.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.skymi.archive.Archive;
import org.skymi.archive.Inventory;
import org.skymi.campaign.ArchiveInputs;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Quarantined;
import org.skymi.campaign.Selection;
import org.skymi.campaign.Units;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FitsLimits;
import org.skymi.smi.ModelUpdate;
import org.skymi.smi.Pretraining;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.smi.TrainingPlates;
import org.skymi.survey.InputException;

/**
 * Learns a base model from an archive's frames, in one process, plate after plate. Files that can't
 * be used are told of and left out.
 */
public final class PretrainJob {
  private final Archive archive;
  private final Inventory inventory;
  private final ReductionOptions options;
  private final String software;
  private final PrintStream console;

  /**
   * @param inventory of the archive
   * @param software version of the program, for the model's card
   * @param console for progress
   */
  public PretrainJob(
      Archive archive,
      Inventory inventory,
      ReductionOptions options,
      String software,
      PrintStream console) {
    this.archive = archive;
    this.inventory = inventory;
    this.options = options;
    this.software = software;
    this.console = console;
  }

  /**
   * What was learnt.
   *
   * @param unused files of the plates that could not be used, and why
   */
  public record Result(Pretraining.Result trained, List<Quarantined> unused) {}

  /**
   * Learns.
   *
   * @param plates to learn from at the most; drawn by the seed where there are more
   * @throws InputException if the archive has no usable frames, or frames of different pixels
   * @throws IOException if reading fails for a reason that another try may cure
   */
  public Result run(int plates) throws IOException {
    List<PlannedUnit> units = chosen(plates);
    if (units.isEmpty()) {
      throw new InputException("nothing to learn from: no frames in " + archive.root());
    }
    Pretraining pretraining = new Pretraining(options, software);
    List<Quarantined> unused = new ArrayList<>();
    learnFrom(units, pretraining.plates(), unused);
    return new Result(pretraining.train(), unused);
  }

  /**
   * Learns the next generation of a base model from those plates of a selection that it does not
   * know yet.
   *
   * @throws InputException if the model can't be updated, or frames have other pixels than it
   * @throws IOException if reading fails for a reason that another try may cure
   */
  public ModelUpdate.Result update(SkyModel base, Selection selection) throws IOException {
    List<PlannedUnit> units =
        units(selection).stream()
            .filter(u -> !base.card().training().plates().contains(u.key()))
            .toList();
    ModelUpdate update = new ModelUpdate(base, options, software);
    learnFrom(units, update.plates(), new ArrayList<>());
    return update.train();
  }

  private void learnFrom(List<PlannedUnit> units, TrainingPlates plates, List<Quarantined> unused)
      throws IOException {
    Map<String, String> headers =
        inventory.entries().stream()
            .collect(Collectors.toMap(e -> e.path(), e -> e.fingerprint().header(), (a, b) -> a));
    InputReader reader = new InputReader(archive, FitsLimits.DEFAULT);
    for (PlannedUnit unit : units) {
      Account account = new Account(unit);
      ArchiveFrames frames = new ArchiveFrames(unit, reader, account);
      int skies = plates.add(unit.key(), inventory(unit, headers), frames);
      unused.addAll(account.quarantined());
      console.printf("%s: %d spectrograph-exposures%n", unit.key(), skies);
    }
  }

  private List<PlannedUnit> units(Selection selection) {
    return Units.of(archive.root(), ArchiveInputs.of(inventory), selection).stream()
        .filter(u -> u.plate() != null && u.inputs().stream().anyMatch(this::isFrame))
        .sorted(Comparator.comparing(PlannedUnit::key))
        .toList();
  }

  private List<PlannedUnit> chosen(int most) {
    List<PlannedUnit> units = new ArrayList<>(units(Selection.ALL));
    if (units.size() > most) {
      Collections.shuffle(units, new Random(options.seed()));
      units = new ArrayList<>(units.subList(0, most));
      units.sort(Comparator.comparing(PlannedUnit::key));
    }
    return units;
  }

  private boolean isFrame(PlannedInput input) {
    return input.isUsable() && input.identity().kind() == FitsKind.FRAME;
  }

  /** A plate's files as they go into the training inventory; not when they were written. */
  private String inventory(PlannedUnit unit, Map<String, String> headers) {
    return unit.inputs().stream()
        .filter(this::isFrame)
        .map(i -> i.path() + " " + i.bytes() + " " + headers.get(i.path()))
        .collect(Collectors.joining("\n"));
  }
}
