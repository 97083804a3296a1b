package org.skymi.fits;

/** What a FITS file is, as its primary header tells. */
public enum FitsKind {
  /** One exposure through one spectrograph and arm, sky not subtracted. */
  FRAME,
  /** The sky that the survey's pipeline subtracts from such a frame. */
  FRAME_SKY,
  /** One fibre's spectrum of a public release, sky subtracted. */
  RELEASE_SPECTRUM,
  /** One fibre's medium-resolution spectra of a public release, sky subtracted. */
  MEDIUM_SPECTRUM,
  /** One fibre's co-added spectrum with the sky that was subtracted from it: recorded light. */
  SKY_SPECTRUM,
  /** FITS, but nothing that is read here. */
  OTHER
}
