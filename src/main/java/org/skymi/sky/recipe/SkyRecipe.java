package org.skymi.sky.recipe;

import java.util.Map;
import java.util.Optional;

/**
 * What a frame's skies are drawn from: of the fibres that one fold holds out, or of those that none
 * does, since every fold has another common sky.
 *
 * @param fold -1: none
 * @param frame what is common to the fibres
 * @param fibres by row of the frame; empty of a fibre without a sky
 */
public record SkyRecipe(int fold, FrameRecipe frame, Map<Integer, Optional<FibreRecipe>> fibres) {}
