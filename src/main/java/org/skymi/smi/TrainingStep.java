package org.skymi.smi;

/**
 * One step of a plate's incremental training.
 *
 * @param step 0, 1, 2 ... in order over all folds
 * @param fold held out; -1 for the model from everything
 * @param stage {@code common}, {@code base} (a base model's weights), {@code individual} or {@code
 *     increment}; of released spectra {@code residual} or a window
 * @param fibres fibres in the training set
 * @param iterations of the optimiser
 * @param trainLoss at the end of the step
 * @param heldOutLoss on sky fibres kept for validation, about the squared relative error; NaN where
 *     there are none
 * @param mutualInformationCommon estimate between representations of different fibres, nat
 * @param mutualInformationIndividual bound between adjoining fibres' individual parts, nat
 * @param accepted false if the step worsened the held-out loss and was rolled back
 */
public record TrainingStep(
    int step,
    int fold,
    String stage,
    int fibres,
    int iterations,
    double trainLoss,
    double heldOutLoss,
    double mutualInformationCommon,
    double mutualInformationIndividual,
    boolean accepted) {
  private static final String COMMON = "common";

  /**
   * The common stage of all folds.
   *
   * @param information reached, nat; NaN if there was nothing to tell apart, and it was left out
   */
  public static TrainingStep common(int fibres, int iterations, double information) {
    return new TrainingStep(
        0,
        -1,
        COMMON,
        fibres,
        iterations,
        -information,
        Double.NaN,
        information,
        Double.NaN,
        !Double.isNaN(information));
  }

  /** Whether it is of the individual network. */
  public boolean isIndividual() {
    return !stage.equals(COMMON);
  }

  public TrainingStep numbered(int number, int ofFold) {
    return new TrainingStep(
        number,
        ofFold,
        stage,
        fibres,
        iterations,
        trainLoss,
        heldOutLoss,
        mutualInformationCommon,
        mutualInformationIndividual,
        accepted);
  }
}
