package org.skymi.simulate;

/** What a part of the instrument does to the light of its fibres. */
interface Transmission {
  /** Share that comes through at a true wavelength, about 1. */
  double at(int fibre, double wavelength);

  /** Writes down what made it. */
  void describe(Hidden hidden);
}
