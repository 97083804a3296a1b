package org.skymi.plate;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skymi.sky.memory.LinePatterns;
import org.skymi.survey.Arm;

/**
 * A first look at some of a training's plates, from which patterns of lines are learnt before
 * anything else is: what their sky fibres leave of the lines.
 */
public final class PatternSample implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int MOST_PLATES = 12;

  /** Spectrograph-exposures of all plates together, at the most. */
  private static final int MOST_PAIRS = 48;

  private final Map<Arm, List<LinePatterns.Row>> rows = new EnumMap<>(Arm.class);

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
      Optional<PlateExposure> seen = PlateReduction.analyse(frames, pair, 0, FirstPass.FIRST_LOOK);
      for (Arm arm : Arm.values()) {
        List<LinePatterns.Row> own = sample.rows.computeIfAbsent(arm, a -> new ArrayList<>());
        seen.ifPresent(exposure -> own.addAll(exposure.left(arm)));
      }
    }
    return sample;
  }

  /** Learns each arm's patterns. */
  public static Map<Arm, LinePatterns> learn(List<PatternSample> samples) {
    Map<Arm, LinePatterns> patterns = new EnumMap<>(Arm.class);
    for (Arm arm : Arm.values()) {
      List<LinePatterns.Row> all =
          samples.stream().flatMap(s -> s.rows.getOrDefault(arm, List.of()).stream()).toList();
      patterns.put(arm, LinePatterns.learn(all));
    }
    return patterns;
  }
}
