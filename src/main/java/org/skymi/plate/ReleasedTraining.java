package org.skymi.plate;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.release.ReleaseReduction;
import org.skymi.release.ResidualBase;
import org.skymi.release.SetLesson;
import org.skymi.smi.Masters;
import org.skymi.smi.ModelCard;
import org.skymi.smi.ModelFile;
import org.skymi.smi.ModelWriter;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.survey.InputException;

/** Learns what survey pipelines leave of the sky from plates of released spectra. */
public final class ReleasedTraining {
  /** Spectra of all plates that component models are learnt from, about. */
  private static final int SAMPLED = 2000;

  /** Of each plate, at the least ... */
  private static final int LEAST = 16;

  /** ... and of each set. */
  private static final int LEAST_OF_SET = 2;

  private final ReductionOptions options;
  private final String software;
  private final TrainingLog log;

  /**
   * @param options of the training
   * @param software version of the program, for the card
   * @param log told of plates and of what was learnt, a line each
   */
  public ReleasedTraining(ReductionOptions options, String software, TrainingLog log) {
    this.options = options;
    this.software = software;
    this.log = log;
  }

  /**
   * What a plate teaches.
   *
   * @param name of the plate
   * @param digest of its files
   * @param sets of {@link ReleaseReduction#FEWEST} spectra or more
   */
  public record Plate(String name, String digest, List<SetLesson> sets) implements Serializable {
    /**
     * Reads a plate.
     *
     * @param plates that are read in all
     * @param seed of what is held out together
     * @throws IOException if reading fails for a reason that another try may cure
     */
    public static Plate of(
        PlannedUnit unit, String digest, InputReader reader, Account account, int plates, long seed)
        throws IOException {
      ReleaseFiles files = new ReleaseFiles(reader, account);
      List<List<List<PlannedInput>>> spectrographs =
          ReleaseFiles.bySpectrograph(unit).values().stream()
              .filter(fibres -> fibres.size() >= ReleaseReduction.FEWEST)
              .toList();
      int own = Math.max(LEAST, SAMPLED / plates) / Math.max(1, spectrographs.size());
      List<SetLesson> sets = new ArrayList<>();
      for (List<List<PlannedInput>> fibres : spectrographs) {
        for (ReleaseFiles.Spectra set : files.read(fibres).byVersion().values()) {
          if (set.spectra().size() >= ReleaseReduction.FEWEST) {
            sets.add(SetLesson.of(set.spectra(), Math.max(LEAST_OF_SET, own), seed));
          }
        }
      }
      return new Plate(unit.key(), digest, sets);
    }
  }

  /**
   * Learns from plates.
   *
   * @param plates in order of their names
   * @param frames model of the archive's frames to add to; null for none
   * @throws InputException if there are not two sets to tell apart, and no frames either
   */
  public SkyModel train(List<Plate> plates, SkyModel frames) {
    List<Plate> taught = plates.stream().filter(p -> !p.sets().isEmpty()).toList();
    List<SetLesson> sets = taught.stream().flatMap(p -> p.sets().stream()).toList();
    if (sets.size() < 2) {
      String few =
          "released spectra teach from two sets on, of different plates or spectrographs, of "
              + ReleaseReduction.FEWEST
              + " spectra or more each; there "
              + (sets.size() == 1 ? "is one" : "is none");
      if (frames == null) {
        throw new InputException(few);
      }
      log.line(few);
      return frames;
    }
    int spectra = sets.stream().mapToInt(SetLesson::spectra).sum();
    log.line(sets.size() + " sets of released spectra, " + spectra + " spectra");
    StringBuilder inventory = new StringBuilder();
    taught.forEach(p -> inventory.append(TrainingPlates.inventory(p.name(), p.digest())));
    ModelCard.Training training =
        new ModelCard.Training(
            ModelFile.sha256(inventory.toString().getBytes(StandardCharsets.UTF_8)),
            taught.stream().map(Plate::name).toList(),
            List.of(),
            0,
            0,
            0,
            spectra);
    ModelWriter.Learnt learnt = ModelWriter.Learnt.ofReleased(ResidualBase.learn(sets, options));
    SkyModel released =
        ModelWriter.write(
            Map.of(),
            Map.of(),
            new Masters(List.of()),
            learnt,
            new ModelWriter.Origin(options, 1, software, List.of(), training),
            Map.of());
    return frames == null ? released : ModelWriter.joined(frames, released);
  }
}
