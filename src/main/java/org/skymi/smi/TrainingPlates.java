package org.skymi.smi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skymi.sky.ArmSky;
import org.skymi.sky.HoldOut;
import org.skymi.sky.SkyGrid;
import org.skymi.survey.Arm;
import org.skymi.survey.InputException;

/**
 * Plates that a base model learns from, given one after the other. Of each it keeps the classical
 * analyses from everything, some megabytes a spectrograph-exposure. Every fourth plate, or the last
 * of two or three, is held out: it teaches no network.
 */
public final class TrainingPlates {
  private static final int HELD_OUT_EVERY = 4;

  private final List<Plate> plates = new ArrayList<>();
  private final StringBuilder inventory = new StringBuilder();
  private int exposures;

  /** A plate's analyses. */
  private record Plate(String name, List<PlateExposure> exposures) {}

  TrainingPlates() {}

  /**
   * Takes a plate. The order of plates decides which are held out.
   *
   * @param name of the plate
   * @param digest of its files, for the training inventory
   * @return spectrograph-exposures it had
   * @throws IOException if a frame can't be read for now
   */
  public int add(String name, String digest, PlateFrames frames) throws IOException {
    List<PlateExposure> own =
        List.copyOf(PlateReduction.analyse(frames, exposures, HoldOut.NONE).values());
    if (!own.isEmpty()) {
      exposures = 1 + own.stream().mapToInt(e -> e.exposure).max().orElseThrow();
      plates.add(new Plate(name, own));
      inventory.append(name).append(' ').append(digest).append('\n');
    }
    return own.size();
  }

  boolean isEmpty() {
    return plates.isEmpty();
  }

  List<String> names() {
    return plates.stream().map(Plate::name).toList();
  }

  List<String> heldOutNames() {
    List<String> names = new ArrayList<>();
    for (int p = 0; p < plates.size(); p++) {
      if (isHeldOut(p)) {
        names.add(plates.get(p).name());
      }
    }
    return names;
  }

  /** Names and digests of the plates, a line each. */
  String inventory() {
    return inventory.toString();
  }

  /** Number of exposures of all plates. */
  int exposures() {
    return exposures;
  }

  /** The spectrograph-exposures of all plates. */
  List<PlateExposure> all() {
    return plates.stream().flatMap(p -> p.exposures().stream()).toList();
  }

  /** Those of the plates that are held out, or of the others. */
  List<PlateExposure> split(boolean heldOut) {
    List<PlateExposure> split = new ArrayList<>();
    for (int p = 0; p < plates.size(); p++) {
      if (isHeldOut(p) == heldOut) {
        split.addAll(plates.get(p).exposures());
      }
    }
    return split;
  }

  private boolean isHeldOut(int plate) {
    int last = plates.size() - 1;
    return plate % HELD_OUT_EVERY == HELD_OUT_EVERY - 1
        || last > 0 && last < HELD_OUT_EVERY - 1 && plate == last;
  }

  /**
   * The masters of all plates.
   *
   * @param before plates of other training that are counted before these
   */
  List<Masters.Master> masters(int before) {
    List<Masters.Master> masters = new ArrayList<>();
    for (int p = 0; p < plates.size(); p++) {
      for (PlateExposure e : plates.get(p).exposures()) {
        for (Arm arm : Arm.values()) {
          int plate = before + p;
          sky(e, arm)
              .ifPresent(
                  s -> masters.add(Masters.Master.of(arm, plate, s.master(), s.masterVariance())));
        }
      }
    }
    return masters;
  }

  private static Optional<ArmSky> sky(PlateExposure e, Arm arm) {
    return e.analysis(-1).arm(arm).filter(ArmSky::hasSky);
  }

  /**
   * The grids of the arms.
   *
   * @throws InputException if plates have different ones, or none has a sky
   */
  Map<Arm, SkyGrid> grids() {
    Map<Arm, SkyGrid> grids = new EnumMap<>(Arm.class);
    for (PlateExposure e : all()) {
      for (Arm arm : Arm.values()) {
        Optional<SkyGrid> own = sky(e, arm).map(ArmSky::grid);
        SkyGrid first = own.map(g -> grids.computeIfAbsent(arm, a -> g)).orElse(null);
        if (first != null && !first.sameAs(own.get())) {
          throw new InputException(
              "plates with different pixels can't make one base model: arm "
                  + arm
                  + " has grids of "
                  + first.spline().size()
                  + " and "
                  + own.get().spline().size());
        }
      }
    }
    if (grids.isEmpty()) {
      throw new InputException("nothing to learn a base model from: no plate with sky fibres");
    }
    return grids;
  }
}
