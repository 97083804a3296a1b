package org.skymi.smi;

import org.skymi.sky.memory.LinearMemory;

/**
 * What a base model knows of the sky that is left in released spectra.
 *
 * @param pipelines what versions of the survey's pipeline leave, as the release package writes it
 * @param memory linear, of each fibre's share in it
 * @param networks that go on from the memory, as {@link FrameNetworks#bytes} has them
 */
public record ReleasedModel(byte[] pipelines, LinearMemory memory, byte[] networks) {}
