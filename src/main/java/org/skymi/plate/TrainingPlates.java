package org.skymi.plate;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.Patterns;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.smi.Masters;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/**
 * Plates that a base model learns from, given one after the other. Of each it keeps the classical
 * analyses from everything, some megabytes a spectrograph-exposure. Every fourth plate, or the last
 * of two or three, is held out: it teaches no network.
 */
public final class TrainingPlates implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int HELD_OUT_EVERY = 4;

  private final List<Plate> plates = new ArrayList<>();
  private final int planned;
  private final Map<Arm, Patterns> patterns;
  private int exposures;

  /** A plate's analyses; its index among all plates. */
  private record Plate(int index, String name, String digest, List<PlateExposure> exposures)
      implements Serializable {}

  /**
   * All plates of a training, those that turn out to be usable.
   *
   * @param patterns of lines by arm
   */
  TrainingPlates(Map<Arm, Patterns> patterns) {
    this(0, patterns);
  }

  /**
   * A share of the plates of a training.
   *
   * @param planned number of plates of all shares, usable or not
   * @param patterns of lines by arm
   */
  TrainingPlates(int planned, Map<Arm, Patterns> patterns) {
    this.planned = planned;
    this.patterns = Map.copyOf(patterns);
  }

  /**
   * Takes a plate. The order of plates decides which are held out.
   *
   * @param name of the plate
   * @param digest of its files, for the training inventory
   * @return spectrograph-exposures it had
   * @throws IOException if a frame can't be read for now
   */
  public int add(String name, String digest, PlateFrames frames) throws IOException {
    return add(plates.size(), name, digest, frames);
  }

  int add(int index, String name, String digest, PlateFrames frames) throws IOException {
    List<PlateExposure> own =
        List.copyOf(
            PlateReduction.analyse(frames, exposures, FirstPass.learning(patterns)).values());
    if (!own.isEmpty()) {
      exposures = 1 + own.stream().mapToInt(e -> e.exposure).max().orElseThrow();
      plates.add(new Plate(index, name, digest, own));
    }
    return own.size();
  }

  Map<Arm, Patterns> patterns() {
    return patterns;
  }

  boolean isEmpty() {
    return plates.isEmpty();
  }

  List<String> names() {
    return plates.stream().map(Plate::name).toList();
  }

  List<String> heldOutNames() {
    List<String> names = new ArrayList<>();
    for (Plate plate : plates) {
      if (isHeldOut(plate)) {
        names.add(plate.name());
      }
    }
    return names;
  }

  /** Names and digests of the plates, a line each. */
  String inventory() {
    return plates.stream().map(p -> inventory(p.name(), p.digest())).collect(Collectors.joining());
  }

  /** A plate's line of the inventory. */
  static String inventory(String name, String digest) {
    return name + ' ' + digest + '\n';
  }

  /**
   * What is to be known of a plate without its analyses.
   *
   * @param index among all plates
   * @param exposures number of its spectrograph-exposures
   * @param masters of them, their plate 0
   */
  record Summary(
      int index,
      String name,
      String digest,
      boolean heldOut,
      int exposures,
      List<Masters.Master> masters)
      implements Serializable {}

  List<Summary> summaries() {
    return plates.stream()
        .map(
            p ->
                new Summary(
                    p.index(),
                    p.name(),
                    p.digest(),
                    isHeldOut(p),
                    p.exposures().size(),
                    masters(p, 0)))
        .toList();
  }

  /** The instrument that observed them; there is a plate. */
  Instrument instrument() {
    return instrument(all().get(0));
  }

  /** Number of exposures of all plates. */
  int exposures() {
    return exposures;
  }

  /** What the fibres of each plate's frames say of their coefficients. */
  List<List<FrameEquations>> equations() {
    return plates.stream()
        .map(p -> p.exposures().stream().flatMap(e -> e.equations().stream()).toList())
        .toList();
  }

  /** The spectrograph-exposures of all plates. */
  List<PlateExposure> all() {
    return plates.stream().flatMap(p -> p.exposures().stream()).toList();
  }

  /** Those of the plates that are held out, or of the others. */
  List<PlateExposure> split(boolean heldOut) {
    List<PlateExposure> split = new ArrayList<>();
    for (Plate plate : plates) {
      if (isHeldOut(plate) == heldOut) {
        split.addAll(plate.exposures());
      }
    }
    return split;
  }

  private boolean isHeldOut(Plate plate) {
    return isHeldOut(plate.index(), planned > 0 ? planned : plates.size());
  }

  /** Whether networks don't train on a plate, which tells which epoch was the best. */
  public static boolean isHeldOut(int plate, int plates) {
    int last = plates - 1;
    return plate % HELD_OUT_EVERY == HELD_OUT_EVERY - 1
        || last > 0 && last < HELD_OUT_EVERY - 1 && plate == last;
  }

  /** How many of so many plates are held out. */
  static int heldOut(int plates) {
    return (int) IntStream.range(0, plates).filter(p -> isHeldOut(p, plates)).count();
  }

  /**
   * Fibres of which exposures' frames say something, counted in each.
   *
   * @param teaching those that teach with all their pixels, or the others
   */
  static int fibres(List<PlateExposure> exposures, boolean teaching) {
    return (int)
        exposures.stream()
            .flatMap(e -> e.equations().stream())
            .flatMap(f -> Arrays.stream(f.fibres()))
            .filter(f -> f.equations() != null && f.teaches() == teaching)
            .count();
  }

  /**
   * The masters of all plates.
   *
   * @param before plates of other training that are counted before these
   */
  List<Masters.Master> masters(int before) {
    List<Masters.Master> masters = new ArrayList<>();
    for (int p = 0; p < plates.size(); p++) {
      masters.addAll(masters(plates.get(p), before + p));
    }
    return masters;
  }

  /** The masters of a plate: its share of those that a model keeps, evenly drawn. */
  private List<Masters.Master> masters(Plate plate, int index) {
    int plates = Math.max(1, planned > 0 ? planned : this.plates.size());
    int share = (Masters.MOST + plates - 1) / plates;
    List<Masters.Master> masters = new ArrayList<>();
    for (Arm arm : instrument(plate.exposures().get(0)).arms()) {
      List<Masters.Master> own =
          plate.exposures().stream()
              .flatMap(e -> sky(e, arm).stream().map(s -> master(arm, index, e.exposure, s)))
              .toList();
      masters.addAll(Masters.drawn(own, share));
    }
    return masters;
  }

  private static Masters.Master master(Arm arm, int plate, int exposure, ArmSky sky) {
    return Masters.Master.of(arm, plate, exposure, sky.master(), sky.masterVariance());
  }

  private static Instrument instrument(PlateExposure e) {
    return e.analysis(-1).instrument();
  }

  private static Optional<ArmSky> sky(PlateExposure e, Arm arm) {
    return e.analysis(-1).arm(arm).filter(ArmSky::hasSky);
  }

  /**
   * The grids of the arms.
   *
   * @throws Unlearnable if plates have different ones, or none has a sky
   */
  Map<Arm, SkyGrid> grids() {
    return required(gridsFound());
  }

  /**
   * The grids of the arms, none if no plate has a sky.
   *
   * @throws Unlearnable if plates have different ones
   */
  Map<Arm, SkyGrid> gridsFound() {
    Map<Arm, SkyGrid> grids = new TreeMap<>();
    for (PlateExposure e : all()) {
      for (Arm arm : instrument(e).arms()) {
        sky(e, arm).map(ArmSky::grid).ifPresent(grid -> put(grids, grid));
      }
    }
    return grids;
  }

  /**
   * Adds a grid to those of the arms.
   *
   * @throws Unlearnable if its arm has another one
   */
  static void put(Map<Arm, SkyGrid> grids, SkyGrid grid) {
    SkyGrid first = grids.computeIfAbsent(grid.arm(), a -> grid);
    if (!first.sameAs(grid)) {
      throw new Unlearnable(
          "plates with different pixels can't make one base model: arm "
              + grid.arm()
              + " has grids of "
              + first.spline().size()
              + " and "
              + grid.spline().size());
    }
  }

  /**
   * The grids, if there are any.
   *
   * @throws Unlearnable if there are none
   */
  static Map<Arm, SkyGrid> required(Map<Arm, SkyGrid> grids) {
    if (grids.isEmpty()) {
      throw new Unlearnable("nothing to learn a base model from: no plate with sky fibres");
    }
    return grids;
  }
}
