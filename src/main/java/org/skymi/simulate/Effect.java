package org.skymi.simulate;

/** What makes a fibre's record differ from an ideal one; each can be switched off. */
public enum Effect {
  /** Photon and read noise. */
  NOISE,
  /** Cosmic rays. */
  COSMIC_RAYS,
  /** Light of the neighbouring fibres on the detector. */
  CROSS_TALK,
  /** Object light in a few sky fibres. */
  CONTAMINATION,
  /** Change of the sky over the field. */
  GRADIENTS,
  /** Errors of the wavelength solution. */
  WAVELENGTH_ERRORS,
  /** Differences of line width from fibre to fibre. */
  LINE_WIDTHS,
  /** Differences of throughput from fibre to fibre. */
  THROUGHPUT,
  /** Light of the objects. */
  OBJECTS
}
