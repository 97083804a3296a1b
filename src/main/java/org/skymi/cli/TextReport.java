package org.skymi.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.skymi.campaign.CampaignFolder;
import org.skymi.spark.FailedUnit;
import org.skymi.spark.LearningProgress;
import org.skymi.spark.ReprocessJob;
import org.skymi.spark.RunProgress;

/** A report in lines for people. */
final class TextReport extends RunReport {
  private static final double PERIOD_SECONDS = 5;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean quiet;
  private final boolean isTerminal = System.console() != null;
  private long last = System.nanoTime();
  private boolean isLineOpen;

  /**
   * @param out for the counts
   * @param err for progress and warnings
   * @param quiet whether to leave out progress
   */
  TextReport(PrintWriter out, PrintWriter err, boolean quiet) {
    this.out = out;
    this.err = err;
    this.quiet = quiet;
  }

  @Override
  public void accept(RunProgress progress) {
    progress(progress, progress.plates() == progress.of());
  }

  @Override
  public void learning(LearningProgress progress) {
    progress(progress, progress.done() == progress.of());
  }

  /** On a terminal the line is overwritten; in a file it is repeated now and then. */
  private void progress(Object line, boolean isLast) {
    long now = System.nanoTime();
    boolean isDue = (now - last) / 1e9 > PERIOD_SECONDS;
    if (quiet || !(isLast || isTerminal || isDue)) {
      return;
    }
    last = now;
    err.print(isTerminal ? "\r" + line : line);
    isLineOpen = isTerminal && !isLast;
    if (!isLineOpen) {
      err.println();
    }
    err.flush();
  }

  @Override
  public void learning(String line) {
    if (!quiet) {
      note(line);
    }
  }

  @Override
  void note(String line) {
    if (isLineOpen) {
      err.println();
      isLineOpen = false;
    }
    err.println(line);
    err.flush();
  }

  @Override
  void result(ReprocessJob.Result result, Counts counts, CampaignFolder folder) {
    if (result.units() == 0) {
      out.println("already complete: nothing to do");
    } else if (result.resumed() > 0) {
      out.printf(Locale.ROOT, "resumed: %d plates were finished before%n", result.resumed());
    }
    out.printf(
        Locale.ROOT,
        "%d files = %d processed + %d quarantined; campaign %s, manifest %d%n",
        counts.files(),
        counts.processed(),
        counts.quarantined(),
        folder.uri(),
        result.manifest().number());
    out.flush();
    if (counts.quarantined() > 0) {
      err.printf(
          Locale.ROOT,
          "warning: %d of %d files quarantined (%s), see the table quarantine%n",
          counts.quarantined(),
          counts.files(),
          CampaignsShowCommand.reasons(counts.reasons()));
    }
    for (FailedUnit unit : result.failed()) {
      err.printf(Locale.ROOT, "failed, to be done again: %s: %s%n", unit.key(), unit.why());
    }
    err.flush();
  }
}
