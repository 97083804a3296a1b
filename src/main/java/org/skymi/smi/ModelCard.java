package org.skymi.smi;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.skymi.plate.Pretraining;

/**
 * What a base model is and where it comes from. Nothing in it depends on when or where it was
 * trained: the same plates, settings and software give the same card.
 *
 * @param format version of the file's format
 * @param software version of the program that trained it
 * @param ancestors digests of the models it was made from, one from the other, oldest first
 * @param options of the training, by name
 * @param training what it was trained on
 * @param grids the spaces in which its skies are written
 * @param metrics by name; see {@link Pretraining}
 * @param parts the file's other entries
 */
public record ModelCard(
    int format,
    String software,
    List<String> ancestors,
    Map<String, String> options,
    Training training,
    List<Grid> grids,
    Map<String, Double> metrics,
    List<Part> parts) {
  /** The format that this program writes. */
  public static final int FORMAT = 6;

  public ModelCard {
    ancestors = ancestors == null ? List.of() : List.copyOf(ancestors);
    options = Map.copyOf(options);
    grids = List.copyOf(grids);
    metrics = Map.copyOf(metrics);
    parts = List.copyOf(parts);
  }

  /** How often it was updated: 0 for a model learnt at once. */
  public int generation() {
    return ancestors.size();
  }

  /**
   * The training set.
   *
   * @param inventory SHA-256 of the plates' names and digests, hexadecimal
   * @param plates names of those with usable frames, in order of their names, an update's after
   *     those before
   * @param heldOut those of them that validated and taught no network
   * @param exposures of all plates
   * @param masters spectrograph-exposures
   * @param skyFibres whose pixels taught, counted once an exposure and arm
   * @param objectFibres whose line windows told of an exposure
   */
  public record Training(
      String inventory,
      List<String> plates,
      List<String> heldOut,
      int exposures,
      int masters,
      int skyFibres,
      int objectFibres) {

    public Training {
      plates = List.copyOf(plates);
      heldOut = List.copyOf(heldOut);
    }

    /** Local modified Julian days of the plates' nights, which their names end with. */
    public SortedSet<Integer> nights() {
      return plates.stream()
          .map(p -> Integer.valueOf(p.substring(p.lastIndexOf('@') + 1)))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /**
   * An arm's space of skies.
   *
   * @param arm its name
   * @param size coefficients of the spline
   * @param step knot spacing, Angstrom
   * @param components of the basis
   * @param windows of sky lines that the networks see
   */
  public record Grid(String arm, int size, double step, int components, int windows) {}

  /**
   * An entry of the file.
   *
   * @param sha256 of its bytes, hexadecimal
   */
  public record Part(String name, long bytes, String sha256) {}
}
