package org.skymi.sky.judge;

import java.util.List;
import java.util.Map;
import org.skymi.sky.frame.CrossTalk;
import org.skymi.sky.recipe.SkyRecipe;
import org.skymi.survey.Frame;

/**
 * What was estimated for one frame.
 *
 * @param frame the frame as read
 * @param fibres one result per fibre, in the frame's order
 * @param skyFibres sky fibres used
 * @param skyFibresRejected sky fibres set aside
 * @param crossTalk of the frame
 * @param cosmicRays pixels found beyond the mask
 * @param field of each method's residuals
 * @param recipes what the skies of all but the fibres that were put on the sky are drawn from, by
 *     fold; none of skies that are not drawn from so little
 * @param seconds of wall time that it took
 */
public record FrameResult(
    Frame frame,
    List<FibreResult> fibres,
    int skyFibres,
    int skyFibresRejected,
    CrossTalk crossTalk,
    int cosmicRays,
    Map<Method, FieldStatistics> field,
    List<SkyRecipe> recipes,
    double seconds) {}
