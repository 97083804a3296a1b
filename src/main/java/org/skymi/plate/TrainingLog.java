package org.skymi.plate;

/** Told how a training goes on. */
@FunctionalInterface
public interface TrainingLog {
  /** What was learnt, or is odd: a line. */
  void line(String text);

  /**
   * A step of something that takes long was done.
   *
   * @param what is counted
   * @param done steps so far
   * @param of steps in all
   */
  default void progress(String what, int done, int of) {}

  /** A log whose lines are about something. */
  default TrainingLog about(String subject) {
    TrainingLog all = this;
    return new TrainingLog() {
      @Override
      public void line(String text) {
        all.line(subject + ": " + text);
      }

      @Override
      public void progress(String what, int done, int of) {
        all.progress(subject + ": " + what, done, of);
      }
    };
  }
}
