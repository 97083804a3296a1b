package org.skymi.report.qa;

/**
 * A training step; losses are about squared relative errors.
 *
 * @param plate whose networks they are
 * @param fold held out; -1 for the model from everything
 * @param stage common, base, individual, increment or residual
 * @param fibres in the training set
 * @param trainLoss at the end of the step
 * @param heldOutLoss on sky fibres kept for validation; NaN where there are none
 * @param accepted false if the step was rolled back
 */
public record TrainingView(
    String plate,
    int fold,
    String stage,
    int fibres,
    double trainLoss,
    double heldOutLoss,
    boolean accepted) {
  /** Whether it is of networks. */
  boolean isOfNetworks() {
    return !stage.equals("residual");
  }
}
