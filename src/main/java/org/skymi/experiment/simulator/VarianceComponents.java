package org.skymi.experiment.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.skymi.math.RobustStatistics;

/**
 * What a sky fibre's level is made of, from pairs of visits: level over the median of its
 * spectrograph's sky fibres in the exposure. Two visits of a fibre have its persistent part in
 * common; in one night, the night's as well; at one place, that of its place in the patrol disc.
 *
 * @param persistent %
 * @param night %
 * @param place %; with whatever else exposures of one pointing share
 * @param exposure noise and all that changes from exposure to exposure, %
 * @param total %
 * @param pairs of visits on different nights
 */
record VarianceComponents(
    double persistent, double night, double place, double exposure, double total, int pairs) {
  private static final int LEAST_FIBRES = 5;
  private static final double CUT = 4; // scatters; contaminated fibres lie beyond

  /** A visit: the level's deviation. */
  private record Visit(SkyLevel level, double deviation) {}

  static VarianceComponents of(List<SkyLevel> levels) {
    List<Visit> visits = deviations(levels);
    double scatter = RobustStatistics.nmad(visits.stream().mapToDouble(Visit::deviation).toArray());
    Map<Integer, List<Visit>> byFibre =
        visits.stream()
            .filter(v -> Math.abs(v.deviation) < CUT * scatter)
            .collect(Collectors.groupingBy(v -> v.level.fibre()));
    Mean otherNight = new Mean();
    Mean sameNight = new Mean();
    Mean samePlace = new Mean();
    Mean square = new Mean();
    for (List<Visit> fibre : byFibre.values()) {
      for (int a = 0; a < fibre.size(); a++) {
        square.add(fibre.get(a), fibre.get(a));
        for (int b = 0; b < a; b++) {
          SkyLevel one = fibre.get(a).level;
          SkyLevel other = fibre.get(b).level;
          boolean place = one.place() == other.place();
          boolean night = one.night() == other.night();
          Mean mean = night ? (place ? samePlace : sameNight) : (place ? null : otherNight);
          if (mean != null) {
            mean.add(fibre.get(a), fibre.get(b));
          }
        }
      }
    }
    return new VarianceComponents(
        root(otherNight.value()),
        root(sameNight.value() - otherNight.value()),
        root(samePlace.value() - sameNight.value()),
        root(square.value() - samePlace.value()),
        root(square.value()),
        otherNight.count);
  }

  /** Relative deviations from the spectrograph's median in the exposure. */
  private static List<Visit> deviations(List<SkyLevel> levels) {
    Function<SkyLevel, Long> group = l -> 1000L * l.exposure() + l.spectrograph();
    Map<Long, List<SkyLevel>> groups =
        levels.stream().collect(Collectors.groupingBy(group, HashMap::new, Collectors.toList()));
    List<Visit> visits = new ArrayList<>();
    for (List<SkyLevel> one : groups.values()) {
      if (one.size() < LEAST_FIBRES) {
        continue;
      }
      double median = RobustStatistics.median(one.stream().mapToDouble(SkyLevel::value).toArray());
      one.forEach(l -> visits.add(new Visit(l, l.value() / median - 1)));
    }
    return visits;
  }

  private static double root(double variance) {
    return 100 * Math.sqrt(Math.max(0, variance));
  }

  /** Mean product of deviations. */
  private static final class Mean {
    private double sum;
    private int count;

    void add(Visit a, Visit b) {
      sum += a.deviation * b.deviation;
      count++;
    }

    double value() {
      return count == 0 ? Double.NaN : sum / count;
    }
  }
}
