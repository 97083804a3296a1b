package org.skymi.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.skymi.campaign.CampaignFolder;
import org.skymi.spark.FailedUnit;
import org.skymi.spark.ReprocessJob;
import org.skymi.spark.RunProgress;

/** A report in lines for people. */
final class TextReport extends RunReport {
  private static final double PERIOD_SECONDS = 5;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean quiet;
  private final boolean isTerminal = System.console() != null;
  private double lastSeconds;

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

  /** On a terminal the line is overwritten; in a file it is repeated now and then. */
  @Override
  public void accept(RunProgress progress) {
    boolean isLast = progress.plates() == progress.of();
    boolean isDue = progress.seconds() - lastSeconds > PERIOD_SECONDS;
    if (quiet || !(isLast || isTerminal || isDue)) {
      return;
    }
    lastSeconds = progress.seconds();
    err.print(isTerminal ? "\r" + progress : progress);
    if (isLast || !isTerminal) {
      err.println();
    }
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
