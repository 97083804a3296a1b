package org.skymi.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.skymi.survey.InputException;
import org.skymi.survey.Night;

/**
 * The nights in halves, from each of which a base model learns. The nights that were there at first
 * alternate; of later ones, which no model has seen yet, the even days are the first half's, so
 * that no night that is added moves another.
 *
 * @param nights local modified Julian days of those that were there, by half
 */
public record NightHalves(List<SortedSet<Integer>> nights) {
  /** How many there are. */
  public static final int HALVES = 2;

  /**
   * @throws InputException if a night is in both
   */
  public NightHalves {
    nights = List.copyOf(nights);
    for (int night : nights.get(0)) {
      if (nights.get(1).contains(night)) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "both base models have learnt from the night %s: none is fit to judge it",
                Night.ofLmjd(night).label()));
      }
    }
  }

  /** The halves of an archive's nights. */
  public static NightHalves alternating(Collection<Integer> nights) {
    List<SortedSet<Integer>> halves = new ArrayList<>();
    for (int h = 0; h < HALVES; h++) {
      halves.add(new TreeSet<>());
    }
    int next = 0;
    for (int night : new TreeSet<>(nights)) {
      halves.get(next++ % HALVES).add(night);
    }
    return new NightHalves(halves);
  }

  /** The half that a night is in: 0 or 1. */
  public int of(int night) {
    for (int h = 0; h < HALVES; h++) {
      if (nights.get(h).contains(night)) {
        return h;
      }
    }
    return Math.floorMod(night, HALVES);
  }

  /** The other half, whose model has not seen a night. */
  public int other(int night) {
    return 1 - of(night);
  }
}
