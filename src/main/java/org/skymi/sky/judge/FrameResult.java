package org.skymi.sky.judge;

import java.util.List;
import org.skymi.survey.Frame;

/**
 * What was estimated for one frame.
 *
 * @param frame the frame as read
 * @param fibres one result per fibre, in the frame's order
 * @param skyFibres sky fibres used
 * @param skyFibresRejected sky fibres set aside
 * @param crossTalk1 coefficient of the adjoining fibres at the arm's middle, share of flux
 * @param crossTalk1Error its standard error
 * @param crossTalk2 coefficient of the next fibres but one
 * @param cosmicRays pixels found beyond the mask
 * @param superField of Super Sky's residuals
 * @param smiField of SMI's residuals
 */
public record FrameResult(
    Frame frame,
    List<FibreResult> fibres,
    int skyFibres,
    int skyFibresRejected,
    double crossTalk1,
    double crossTalk1Error,
    double crossTalk2,
    int cosmicRays,
    FieldStatistics superField,
    FieldStatistics smiField) {}
