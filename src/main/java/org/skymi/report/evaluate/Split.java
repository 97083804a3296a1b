package org.skymi.report.evaluate;

import java.util.List;

/**
 * A population taken apart.
 *
 * @param name {@code all}, {@code moon} ...
 * @param title for a heading: by what
 * @param bins its parts, in order
 */
public record Split(String name, String title, List<String> bins) {
  /** The population as a whole. */
  public static final Split ALL = new Split("all", "all", List.of("all"));

  /** By moonlight. */
  public static final Split MOON =
      new Split("moon", "moon", List.of("dark", "grey", "bright", "unknown"));

  /** By the object's median signal-to-noise ratio per pixel. */
  public static final Split SIGNAL =
      new Split(
          "snr",
          "object's median S/N per pixel",
          List.of("under 3", "3 to 10", "10 to 30", "30 and more"));

  /** By the distance to the nearest good sky fibre of the same frame. */
  public static final Split DISTANCE =
      new Split(
          "distance",
          "distance to the nearest sky fibre used, deg",
          List.of("under 0.05", "0.05 to 0.1", "0.1 to 0.2", "0.2 and more"));
}
