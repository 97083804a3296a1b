package org.skymi.report.qa;

/**
 * A night's training steps of one stage.
 *
 * @param night YYYYMMDD
 * @param stage base, sky, faint or bright
 * @param steps number
 * @param rolledBack of them
 * @param heldOutLoss median over those that have one, nat a fibre; NaN if none has
 * @param fibres in the largest training set
 */
public record TrainingTrend(
    int night, String stage, long steps, long rolledBack, double heldOutLoss, int fibres) {}
