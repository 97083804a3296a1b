package org.skymi.smi;

/**
 * One step of a training.
 *
 * @param fold held out; -1 for what was trained on everything
 * @param arm letter of the arm; {@code c} for both together
 * @param stage {@code base} (a base model's weights), {@code sky}, {@code faint} or {@code bright}
 *     (who has joined); of released spectra {@code residual} or a window
 * @param fibres that taught
 * @param iterations of the optimiser; of released spectra components of the sky
 * @param losses what it came to
 * @param accepted false if the step made the held-out loss no better and was rolled back
 */
public record TrainingStep(
    int fold,
    String arm,
    String stage,
    int fibres,
    int iterations,
    Losses losses,
    boolean accepted) {
  /** The weights that a plate's training starts from. */
  public static final String BASE = "base";

  /**
   * What a step came to, NaN where there is nothing to say.
   *
   * @param training mean of those that taught
   * @param heldOut mean of the sky fibres kept for validation
   * @param common mutual information that halves of an exposure share, nat
   * @param individual bound of that of adjoining fibres' embeddings, nat
   */
  public record Losses(double training, double heldOut, double common, double individual) {
    /** Without mutual information. */
    public static Losses of(double training, double heldOut) {
      return new Losses(training, heldOut, Double.NaN, Double.NaN);
    }
  }

  /** Whether something was trained, and kept. */
  public boolean isProgress() {
    return accepted && !stage.equals(BASE);
  }
}
