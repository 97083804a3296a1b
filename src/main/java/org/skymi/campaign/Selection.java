package org.skymi.campaign;

import java.util.Arrays;
import java.util.Optional;
import org.skymi.survey.Night;
import org.skymi.survey.PlateId;

/**
 * Which part of an archive a run is about.
 *
 * @param night of the headers' local modified Julian day, not of a folder's name; empty for all
 * @param planId empty for all
 */
public record Selection(Optional<Night> night, Optional<String> planId) {
  /** The whole archive. */
  public static final Selection ALL = new Selection(Optional.empty(), Optional.empty());

  /** Whether a plate is wanted. */
  boolean includes(PlateId plate) {
    return night.map(plate.night()::equals).orElse(true)
        && planId.map(plate.planId()::equals).orElse(true);
  }

  /** Whether the files of a folder that belong to no plate are wanted: by the folder's names. */
  boolean includesFolder(String folder) {
    var names = Arrays.asList(folder.split("/"));
    return night.map(n -> names.contains(n.label())).orElse(true)
        && planId.map(names::contains).orElse(true);
  }
}
