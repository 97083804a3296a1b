package org.skymi.smi;

import java.io.Serializable;

/**
 * How networks adapt to a plate.
 *
 * @param steps of the optimiser in each increment at the most; 0 leaves the networks as they are
 * @param withObjects whether object fibres join the sky fibres
 * @param rollback whether increments that don't help held-out sky fibres are undone
 * @param seed of batches
 */
public record Adaptation(int steps, boolean withObjects, boolean rollback, long seed)
    implements Serializable {}
