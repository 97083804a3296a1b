package org.skymi.smi;

/**
 * One step of a plate's incremental training.
 *
 * @param step 0, 1, 2 ... in order
 * @param stage {@code common}, {@code individual} or {@code increment}
 * @param fibres fibres in the training set
 * @param passes passes over the training set
 * @param trainLoss at the end of the step
 * @param heldOutLoss on held-out sky fibres
 * @param mutualInformationCommon estimate between representations of different fibres, nat
 * @param mutualInformationIndividual bound between adjoining fibres' individual parts, nat
 * @param accepted false if the step worsened the held-out loss and was rolled back
 */
public record TrainingStep(
    int step,
    String stage,
    int fibres,
    int passes,
    double trainLoss,
    double heldOutLoss,
    double mutualInformationCommon,
    double mutualInformationIndividual,
    boolean accepted) {}
