package org.skymi.plate;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.skymi.sky.memory.Patterns;
import org.skymi.survey.Arm;

/**
 * A first look at some of a training's plates, from which patterns of lines are learnt before
 * anything else is: what their sky fibres leave of the lines.
 */
public final class PatternSample implements Serializable {
  private static final long serialVersionUID = 1;

  /** Plates that are looked at, at the most. */
  public static final int MOST_PLATES = 24;

  /** Spectrograph-exposures of all plates together, at the most. */
  private static final int MOST_PAIRS = 96;

  private final Map<Arm, List<Patterns.Row>> rows = new TreeMap<>();

  private PatternSample() {}

  /** Which of so many plates to look at: evenly drawn, none of those that are held out. */
  public static List<Integer> plates(int plates) {
    List<Integer> training =
        IntStream.range(0, plates)
            .filter(p -> !TrainingPlates.isHeldOut(p, plates))
            .boxed()
            .toList();
    int most = Math.min(MOST_PLATES, training.size());
    return IntStream.range(0, most)
        .mapToObj(k -> training.get(k * training.size() / most))
        .toList();
  }

  /**
   * Looks at a plate.
   *
   * @param index of the plate, so that not every plate shows the same spectrographs
   * @param sampled number of plates that are looked at
   * @throws IOException if a frame can't be read for now
   */
  public static PatternSample of(int index, int sampled, PlateFrames frames) throws IOException {
    PatternSample sample = new PatternSample();
    List<String> pairs = AnalysedExposure.pairs(frames.ids());
    int most = Math.min(pairs.size(), Math.max(1, MOST_PAIRS / sampled));
    for (int k = 0; k < most; k++) {
      String pair = pairs.get((k * pairs.size() / most + index) % pairs.size());
      PlateReduction.analyse(frames, pair, 0, FirstPass.FIRST_LOOK)
          .ifPresent(exposure -> exposure.left().forEach(sample::add));
    }
    return sample;
  }

  private void add(Arm arm, List<Patterns.Row> left) {
    rows.computeIfAbsent(arm, a -> new ArrayList<>()).addAll(left);
  }

  /** Learns each arm's patterns. */
  public static Map<Arm, Patterns> learn(List<PatternSample> samples) {
    PatternSample all = new PatternSample();
    samples.forEach(sample -> sample.rows.forEach(all::add));
    Map<Arm, Patterns> patterns = new TreeMap<>();
    all.rows.forEach((arm, rows) -> patterns.put(arm, Patterns.learn(rows)));
    return patterns;
  }
}
