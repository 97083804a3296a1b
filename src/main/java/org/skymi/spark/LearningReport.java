package org.skymi.spark;

/** What the user is told while base models are learnt. */
public interface LearningReport {
  /** Something that was learnt, or why nothing is: a line. */
  void learning(String line);

  /** How far it is. */
  void learning(LearningProgress progress);
}
