package org.skymi.simulate;

/** One arm of a spectrograph in one exposure: what each of its fibres does to light. */
interface Optics {
  /** First and last wavelength of the middle fibre, Angstrom. */
  double[] range();

  /** The wavelength solution as the pipeline believes it, at a pixel place 0..1 of the range. */
  double believed(int fibre, double place);

  /** The true wavelength of what is recorded at a believed wavelength. */
  double trueWavelength(int fibre, double believed);

  /** Relative throughput at a true wavelength. */
  double throughput(int fibre, double wavelength);

  /** The core of a fibre's line spread at the edges of its pixels (true wavelengths, Angstrom). */
  LineSpread.Profile profile(int fibre, double[] edges);

  /**
   * Standard deviation of the core as the night's lamps show it, Angstrom: what a pipeline may
   * state.
   */
  double statedSigma(int fibre, double wavelength);

  /** Share of a fibre's light in the line spread's far wings. */
  double wing(int fibre);

  /**
   * Puts the fibres' light on the detector, where it mixes.
   *
   * @param light electron, {@code [nFibre][nPixel]}; not changed
   */
  Mixed mix(float[][] light);

  /**
   * Light on the detector.
   *
   * @param flux electron, with the light of neighbours and scattered light
   * @param pedestal the part of it that is scattered light of the whole frame, electron
   */
  record Mixed(float[][] flux, float[][] pedestal) {}

  /** What the camera does to the light on it, in place; its linear part is in the sky, too. */
  default void read(float[][] flux, float[][] sky) {}

  /** Everything that is true of the frame's fibres. */
  Truth truth(boolean[] contaminated, float[][] object);

  /** Writes down what made this record. */
  default void describe(Hidden hidden) {}
}
