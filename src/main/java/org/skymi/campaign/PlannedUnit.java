package org.skymi.campaign;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsKind;
import org.skymi.survey.PlateId;

/**
 * What is processed, committed and superseded as a whole: a plate, or the files of a folder that
 * belong to no plate.
 *
 * @param key identity within a campaign
 * @param plate the plate; null for files that belong to none
 * @param inputs its files, sorted by path
 * @param digest of the inputs: the same files unchanged have the same
 */
public record PlannedUnit(String key, PlateId plate, List<PlannedInput> inputs, String digest)
    implements Serializable {

  private static PlannedUnit of(String key, PlateId plate, List<PlannedInput> inputs) {
    List<PlannedInput> sorted =
        inputs.stream().sorted(Comparator.comparing(PlannedInput::path)).toList();
    return new PlannedUnit(key, plate, sorted, digest(key, sorted));
  }

  /** A plate's files. */
  public static PlannedUnit ofPlate(PlateId plate, List<PlannedInput> inputs) {
    return of(plate.toString(), plate, inputs);
  }

  /** The files of a folder that belong to no plate. */
  public static PlannedUnit ofFolder(String folder, List<PlannedInput> inputs) {
    return of("folder " + folder, null, inputs);
  }

  /** Units by their keys. */
  public static Map<String, PlannedUnit> byKey(List<PlannedUnit> units) {
    return units.stream().collect(Collectors.toMap(PlannedUnit::key, Function.identity()));
  }

  /**
   * The files of a kind by what they hold, as their headers say: the one to be read first, then
   * those to be read in its place, in order of path.
   */
  public Map<FileIdentity, List<PlannedInput>> candidates(FitsKind kind) {
    Map<FileIdentity, List<PlannedInput>> candidates = new LinkedHashMap<>();
    for (PlannedInput input : inputs) {
      if (input.identity().kind() == kind && input.isUsable()) {
        candidates.computeIfAbsent(input.identity(), id -> new ArrayList<>()).add(input);
      }
    }
    for (PlannedInput input : inputs) {
      if (input.isSpare() && candidates.containsKey(input.identity())) {
        candidates.get(input.identity()).add(input);
      }
    }
    return candidates;
  }

  /** Whether it is a plate with a usable file of a kind. */
  public boolean has(FitsKind kind) {
    return plate != null && inputs.stream().anyMatch(i -> i.is(kind));
  }

  /** Total length of the files. */
  public long bytes() {
    return inputs.stream().mapToLong(PlannedInput::bytes).sum();
  }

  private static String digest(String key, List<PlannedInput> inputs) {
    Digest digest = new Digest().add(key);
    for (PlannedInput i : inputs) {
      digest.add(i.path()).add(i.bytes()).add(i.fingerprint()).add(i.rejection());
    }
    return digest.hex();
  }
}
