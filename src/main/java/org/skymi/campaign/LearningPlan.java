package org.skymi.campaign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.skymi.fits.FitsKind;
import org.skymi.survey.Instrument;

/**
 * From which of an archive's plates the two base models of a campaign are to be learnt: plates with
 * frames of the instrument that has most of them, of disjoint halves of the nights.
 *
 * @param hasFrames whether there is anything to learn from at all
 * @param halves plates that each model learns from, sorted by key
 * @param obstacle why nothing can be learnt; empty if it can
 */
public record LearningPlan(
    boolean hasFrames, List<List<PlannedUnit>> halves, Optional<String> obstacle) {
  /**
   * Nights that each model needs: its networks learn on two, each seen by a memory that knows only
   * the other, and are judged by the third.
   */
  public static final int LEAST_NIGHTS = 3;

  public LearningPlan {
    halves = halves.stream().map(List::copyOf).toList();
  }

  /**
   * Plans.
   *
   * @param archive all its units
   * @param most plates to learn from, both models together
   */
  public static LearningPlan of(List<PlannedUnit> archive, int most) {
    List<PlannedUnit> plates = ofOneInstrument(archive);
    SortedSet<Integer> nights =
        plates.stream().map(p -> p.plate().lmjd()).collect(Collectors.toCollection(TreeSet::new));
    int least = NightHalves.HALVES * LEAST_NIGHTS;
    if (nights.size() < least || most < least) {
      return new LearningPlan(
          !plates.isEmpty(),
          List.of(),
          Optional.of(
              String.format(
                  Locale.ROOT,
                  "it takes %d plates of as many nights, %d for each of two base models, to learn:"
                      + " there are %d nights with frames, and %d plates may be learnt from",
                  least,
                  LEAST_NIGHTS,
                  nights.size(),
                  most)));
    }
    NightHalves split = NightHalves.alternating(nights);
    List<List<PlannedUnit>> halves = new ArrayList<>();
    for (int h = 0; h < NightHalves.HALVES; h++) {
      int half = h;
      halves.add(
          PlateSample.of(
              plates.stream().filter(p -> split.of(p.plate().lmjd()) == half).toList(),
              (most + h) / NightHalves.HALVES));
    }
    return new LearningPlan(true, halves, Optional.empty());
  }

  /**
   * Identity of what is learnt from a half.
   *
   * @param recipe all else that decides it
   */
  public String id(int half, String recipe) {
    Digest digest = new Digest().add(recipe);
    halves.get(half).forEach(u -> digest.add(u.digest()));
    return digest.hex().substring(0, 16);
  }

  private static List<PlannedUnit> ofOneInstrument(List<PlannedUnit> archive) {
    Map<String, List<PlannedUnit>> byInstrument = new TreeMap<>();
    archive.stream()
        .filter(u -> u.has(FitsKind.FRAME))
        .forEach(
            u ->
                byInstrument
                    .computeIfAbsent(Instrument.of(u.plate()).telescope(), i -> new ArrayList<>())
                    .add(u));
    return byInstrument.values().stream()
        .max(Comparator.comparingInt(List::size))
        .orElse(List.of());
  }
}
