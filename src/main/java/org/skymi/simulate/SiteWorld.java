package org.skymi.simulate;

import org.skymi.survey.Arm;

/** A site with habits: what is drawn for a plate is where its targets are and what the sky does. */
record SiteWorld(PlateDesign design) implements World {
  @Override
  public FocalPlane plane(int spectrograph) {
    return FibreHomes.of(design, spectrograph).plane();
  }

  @Override
  public Sky sky(int exposure) {
    return new SiteSky(design, exposure);
  }

  @Override
  public Optics optics(int spectrograph, int exposure, Arm arm) {
    return new SiteOptics(new Shot(design, spectrograph, exposure, arm), plane(spectrograph));
  }
}
