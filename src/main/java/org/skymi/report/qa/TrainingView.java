package org.skymi.report.qa;

/**
 * One step of a plate's training of its networks.
 *
 * @param plate for reading
 * @param fold held out; -1 for the model from everything
 * @param arm its letter
 * @param stage base, sky, faint or bright
 * @param fibres that taught
 * @param heldOutLoss on sky fibres kept for validation, nat a fibre; NaN where there are none
 * @param accepted false if the step was rolled back
 */
public record TrainingView(
    String plate,
    int fold,
    String arm,
    String stage,
    int fibres,
    double heldOutLoss,
    boolean accepted) {}
