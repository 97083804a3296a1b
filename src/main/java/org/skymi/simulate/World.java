package org.skymi.simulate;

import org.skymi.survey.Arm;

/** What a plate is observed with and under. */
interface World {
  /** The fibres of a spectrograph, and what they look at. */
  FocalPlane plane(int spectrograph);

  /** The sky of an exposure. */
  Sky sky(int exposure);

  /** One arm of a spectrograph in one exposure. */
  Optics optics(int spectrograph, int exposure, Arm arm);
}
