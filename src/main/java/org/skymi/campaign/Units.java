package org.skymi.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.skymi.survey.PlateId;

/**
 * Groups the files of an inventory into units. A file that can't be identified is counted to the
 * plate of its folder, if the folder has one plate only.
 */
public final class Units {
  private Units() {}

  /**
   * The units of a selection; every file of the selection is in exactly one.
   *
   * @param root of the archive that the inputs' paths are relative to
   */
  public static List<PlannedUnit> of(String root, List<PlannedInput> inputs, Selection selection) {
    Map<String, Set<PlateId>> platesOfFolder = new TreeMap<>();
    for (PlannedInput i : inputs) {
      if (i.isUsable()) {
        platesOfFolder.computeIfAbsent(folder(i), f -> new TreeSet<>()).add(i.identity().plate());
      }
    }
    Map<PlateId, List<PlannedInput>> byPlate = new TreeMap<>();
    Map<String, List<PlannedInput>> byFolder = new TreeMap<>();
    for (PlannedInput i : inputs) {
      Set<PlateId> near = platesOfFolder.getOrDefault(folder(i), Set.of());
      PlateId plate =
          i.identity().plate() != null || near.size() != 1
              ? i.identity().plate()
              : near.iterator().next();
      if (plate != null) {
        byPlate.computeIfAbsent(plate, p -> new ArrayList<>()).add(i);
      } else {
        byFolder.computeIfAbsent(folder(i), f -> new ArrayList<>()).add(i);
      }
    }
    List<PlannedUnit> units = new ArrayList<>();
    byPlate.forEach(
        (plate, files) -> {
          if (selection.includes(plate)) {
            units.add(PlannedUnit.ofPlate(plate, files));
          }
        });
    byFolder.forEach(
        (folder, files) -> {
          if (selection.includesFolder(folder)) {
            units.add(PlannedUnit.ofFolder(root + "/" + folder, files));
          }
        });
    return units;
  }

  private static String folder(PlannedInput input) {
    int slash = input.path().lastIndexOf('/');
    return slash < 0 ? "" : input.path().substring(0, slash);
  }
}
