package org.skymi.simulate;

/**
 * What makes a fibre's record differ from an ideal one; each can be switched off. {@link
 * Preset#IDEAL} knows those from NOISE to OBJECTS. Sizes are in the resource effect-sizes.csv.
 */
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
  OBJECTS,
  /** Throughput that follows a fibre's place in its patrol disc. */
  PATROL,
  /** The chromatic part of the same: light that leaves a tilted fibre too steeply. */
  FOCAL_RATIO,
  /** A dip of the throughput that moves with humidity. */
  DIP,
  /** A flat that is not flat over the field. */
  FLAT_GRADIENT,
  /** Ripple of a thin gap in the fibre's connector. */
  RIPPLE,
  /** Fringes of the red detector that the flat leaves. */
  FRINGES,
  /** Asymmetry and boxiness of the line spread. */
  LINE_SHAPE,
  /** Far wings of the line spread. */
  WINGS,
  /** Scattered light of the whole frame. */
  PEDESTAL,
  /** Amplifier steps, charge-transfer tails, non-linearity, bias. */
  DETECTOR,
  /** OH bands and temperatures that vary apart, and the other airglow. */
  AIRGLOW,
  /** Absorption of airglow by the air's molecules. */
  TELLURIC,
  /** Moonlight of two colours. */
  MOONLIGHT,
  /** Thin cloud. */
  CLOUD
}
