package org.skymi.spark;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a run is.
 *
 * @param plates done
 * @param of to be done
 * @param share of the work that is done by bytes of input, 0..1
 * @param fibres estimated: fibre spectra, or released ones
 * @param files done
 * @param quarantined of these
 * @param seconds since the run began
 */
public record RunProgress(
    int plates, int of, double share, long fibres, int files, int quarantined, double seconds) {

  /** Throughput so far. */
  public double fibresPerSecond() {
    return seconds > 0 ? fibres / seconds : 0;
  }

  /** What the rest will take if it goes on like this; by bytes, since the largest come first. */
  public double secondsLeft() {
    return share > 0 ? seconds / share * (1 - share) : 0;
  }

  /** One line for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d/%d plates  %d fibres (%.1f/s)  %d of %d files quarantined  %s left",
        plates,
        of,
        fibres,
        fibresPerSecond(),
        quarantined,
        files,
        clock(secondsLeft()));
  }

  /** A time as hours, minutes and seconds. */
  static String clock(double seconds) {
    Duration time = Duration.ofSeconds(Math.round(seconds));
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
