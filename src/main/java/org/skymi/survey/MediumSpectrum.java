package org.skymi.survey;

/**
 * A released medium-resolution spectrum of one fibre and arm: a single exposure, which is an
 * observation of its own, or what they were co-added to.
 *
 * @param spectrum what it holds, sky subtracted, in the heliocentric frame
 * @param lmjm local modified Julian minute of the exposure; 0 of a co-added spectrum
 * @param arm the arm
 * @param exposureTime s, NaN if unknown
 */
public record MediumSpectrum(ReleaseSpectrum spectrum, int lmjm, Arm arm, double exposureTime) {
  /** Whether it is a sum of exposures. */
  public boolean isCoadd() {
    return lmjm == 0;
  }
}
