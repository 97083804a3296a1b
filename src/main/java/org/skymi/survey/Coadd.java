package org.skymi.survey;

/**
 * What a frame that is made of a plate's co-added, flux-calibrated spectra has beyond a single
 * exposure's: its rows are the fibres that were given, none next to another on the detector.
 *
 * <p>All of it is in the frame's shape, {@code [nFibre][nPixel]}.
 *
 * @param unit of flux and sky
 * @param object smooth light of each fibre's object: what is recorded above it is sky
 * @param sky what the survey's pipeline subtracted, NaN where it says nothing
 * @param photonVariance by pixel, the same for all fibres: variance of a flux over that flux, as
 *     photon noise has it; 1 if the unit were electrons
 */
public record Coadd(String unit, float[][] object, float[][] sky, float[] photonVariance) {}
