package org.skymi.spark;

import org.skymi.plate.TrainingLog;

/** Adds rates to what a training tells of its steps. */
public final class TimedLog implements TrainingLog {
  private final LearningReport report;
  private String what = "";
  private int before;
  private long since;
  private long last = System.nanoTime();

  public TimedLog(LearningReport report) {
    this.report = report;
  }

  @Override
  public synchronized void line(String text) {
    last = System.nanoTime();
    report.learning(text);
  }

  /** {@inheritDoc} It began when the last thing before it was told. */
  @Override
  public synchronized void progress(String step, int done, int of) {
    if (!step.equals(what)) {
      what = step;
      before = done - 1;
      since = last;
    }
    last = System.nanoTime();
    double seconds = (last - since) / 1e9;
    double rate = seconds > 0 ? (done - before) / seconds : 0;
    report.learning(new LearningProgress(what, done, of, rate));
  }
}
