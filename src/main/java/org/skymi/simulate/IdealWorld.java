package org.skymi.simulate;

import org.skymi.survey.Arm;

/** The matched world: a new instrument and a new night for every plate. */
record IdealWorld(PlateDesign design) implements World {
  @Override
  public FocalPlane plane(int spectrograph) {
    return FocalPlane.of(design, spectrograph);
  }

  @Override
  public Sky sky(int exposure) {
    return new SkyState(design, exposure);
  }

  @Override
  public Optics optics(int spectrograph, int exposure, Arm arm) {
    return Spectrograph.of(design, spectrograph, exposure, arm);
  }
}
