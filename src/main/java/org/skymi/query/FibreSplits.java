package org.skymi.query;

import java.util.Locale;
import java.util.Map;
import org.skymi.report.evaluate.Population;
import org.skymi.report.evaluate.Split;

/** Populations and their parts in SQL, over the view {@code fibre_sky}. */
final class FibreSplits {
  /**
   * The moon by its illuminated fraction; dark, too, when it must be down: the plate is at a zenith
   * distance of arccos(1/airmass), so a moon farther from it than that and 90 deg is below the
   * horizon.
   */
  private static final String MOON =
      "CASE WHEN moon_sep - degrees(acos(1 / greatest(airmass, 1))) > 90 THEN 'dark'"
          + " WHEN moon_phase < 0.2 THEN 'dark' WHEN moon_phase < 0.5 THEN 'grey'"
          + " WHEN moon_phase >= 0.5 THEN 'bright' ELSE 'unknown' END";

  private static final String SIGNAL =
      "CASE WHEN snr < 3 THEN 'under 3' WHEN snr < 10 THEN '3 to 10'"
          + " WHEN snr < 30 THEN '10 to 30' WHEN snr IS NOT NULL THEN '30 and more' END";

  private static final String DISTANCE =
      "CASE WHEN nearest < 0.05 THEN 'under 0.05' WHEN nearest < 0.1 THEN '0.05 to 0.1'"
          + " WHEN nearest < 0.2 THEN '0.1 to 0.2' WHEN nearest IS NOT NULL THEN '0.2 and more'"
          + " END";

  private static final String FRAME = "planid, lmjd, lmjm, spid, arm";

  private static final Map<Split, String> BINS =
      Map.of(Split.ALL, "'all'", Split.MOON, MOON, Split.SIGNAL, SIGNAL, Split.DISTANCE, DISTANCE);

  private static final Map<Population, String> CONDITIONS =
      Map.of(
          Population.OBJECTS,
          "kind = 'frame' AND fibertype IN ('Obj', 'F-std') AND flag = 'GOOD'",
          Population.SKY_FIBRES,
          "kind = 'frame' AND held_out AND flag = 'GOOD'",
          Population.RELEASED,
          "kind = 'release' AND flag = 'GOOD'");

  private FibreSplits() {}

  /** The rows of a population, with the column {@code bin}, which is null for rows in no part. */
  static String rows(Population population, Split split) {
    String from =
        split.equals(Split.DISTANCE)
            ? "(SELECT *, array_min(transform(sky_places, s ->"
                + " sqrt(power(s.x - x, 2) + power(s.y - y, 2)))) AS nearest"
                + " FROM fibre_sky LEFT JOIN ("
                + skyPlaces()
                + ") USING ("
                + FRAME
                + "))"
            : "fibre_sky";
    return String.format(
        Locale.ROOT,
        "SELECT *, %s AS bin FROM %s WHERE %s",
        BINS.get(split),
        from,
        CONDITIONS.get(population));
  }

  /** Some twenty places per frame: cheap to carry along to each of its fibres. */
  private static String skyPlaces() {
    return "SELECT "
        + FRAME
        + ", collect_list(struct(x, y)) AS sky_places FROM fibre_sky WHERE kind = 'frame' AND"
        + " fibertype = 'Sky' AND flag = 'GOOD' AND x IS NOT NULL GROUP BY "
        + FRAME;
  }
}
