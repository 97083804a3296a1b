package org.skymi.campaign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plates that stand for others: evenly spread over the nights, and over the plates of a night. */
public final class PlateSample {
  private PlateSample() {}

  /**
   * Draws plates; the same ones give the same, in any order.
   *
   * @param most how many, at the most
   * @return sorted by key
   */
  public static List<PlannedUnit> of(List<PlannedUnit> plates, int most) {
    TreeMap<Integer, List<PlannedUnit>> nights = new TreeMap<>();
    plates.stream()
        .sorted(Comparator.comparing(PlannedUnit::key))
        .forEach(p -> nights.computeIfAbsent(p.plate().lmjd(), n -> new ArrayList<>()).add(p));
    Map<Integer, Integer> shares = shares(nights, Math.min(most, plates.size()));
    List<PlannedUnit> drawn = new ArrayList<>();
    shares.forEach((night, share) -> drawn.addAll(even(nights.get(night), share)));
    drawn.sort(Comparator.comparing(PlannedUnit::key));
    return drawn;
  }

  /** How many plates of each night: one of each, as long as there are any, then another one. */
  private static Map<Integer, Integer> shares(TreeMap<Integer, List<PlannedUnit>> nights, int all) {
    Map<Integer, Integer> shares = new TreeMap<>();
    int left = all;
    for (int round = 0; left > 0; round++) {
      int done = round;
      List<Integer> more =
          nights.keySet().stream().filter(n -> nights.get(n).size() > done).toList();
      List<Integer> taken = even(more, Math.min(left, more.size()));
      taken.forEach(n -> shares.merge(n, 1, Integer::sum));
      left -= taken.size();
    }
    return shares;
  }

  private static <T> List<T> even(List<T> all, int share) {
    List<T> drawn = new ArrayList<>();
    for (int k = 0; k < share; k++) {
      drawn.add(all.get((int) ((long) k * all.size() / share)));
    }
    return drawn;
  }
}
