package org.skymi.spark;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.skymi.campaign.UnitOutcome;

/** One line on the console that says how far a run is. */
final class Progress {
  private static final long PERIOD = 5_000_000_000L;

  private final PrintStream console;
  private final int total;
  private final boolean inPlace;
  private final long start = System.nanoTime();
  private int done;
  private int files;
  private int quarantined;
  private long lastPrint;

  /**
   * @param total units to do
   * @param inPlace whether the line may be overwritten (a terminal), or only be repeated now and
   *     then (a file)
   */
  Progress(PrintStream console, int total, boolean inPlace) {
    this.console = console;
    this.total = total;
    this.inPlace = inPlace;
  }

  synchronized void add(UnitOutcome outcome) {
    done++;
    files += outcome.processed().size() + outcome.quarantined().size();
    quarantined += outcome.quarantined().size();
    long now = System.nanoTime();
    if (done == total || inPlace || now - lastPrint > PERIOD) {
      lastPrint = now;
      console.print(inPlace ? "\r" + line(now) : line(now) + System.lineSeparator());
      if (inPlace && done == total) {
        console.println();
      }
      console.flush();
    }
  }

  private String line(long now) {
    double seconds = Math.max((now - start) / 1e9, 1e-3);
    Duration left = Duration.ofSeconds(Math.round(seconds / done * (total - done)));
    return String.format(
        Locale.ROOT,
        "%d/%d plates  %d files (%.1f/s)  %d quarantined  %02d:%02d:%02d left",
        done,
        total,
        files,
        files / seconds,
        quarantined,
        left.toHours(),
        left.toMinutesPart(),
        left.toSecondsPart());
  }
}
