package org.skymi.simulate;

import org.skymi.survey.Arm;

/**
 * One arm of a spectrograph of a site in one exposure, and the random numbers that belong to it.
 *
 * @param exposure 0, 1, 2 ... of the plate
 */
record Shot(PlateDesign design, int spectrograph, int exposure, Arm arm) {
  Sizes sizes() {
    return design.site().sizes();
  }

  int fibres() {
    return design.fibres();
  }

  /** Place of a fibre along the slit, 0..1. */
  double slit(int fibre) {
    return fibres() == 1 ? 0.5 : fibre / (fibres() - 1.0);
  }

  /** Hours since the plate's first exposure began. */
  double hours() {
    return exposure * (design.exposureTime() + PlateDesign.READOUT) / 3600;
  }

  /** What stays the same of the spectrograph; the arms have it in common. */
  Habits habits() {
    int[] steps =
        design.site().epochs().stream()
            .filter(e -> e.concerns(spectrograph, design.lmjd()))
            .mapToInt(e -> e.night().lmjd())
            .sorted()
            .toArray();
    return new Habits(
        design.site().streams().with("spectrograph").with(spectrograph),
        steps,
        sizes().epochShare());
  }

  /** What stays the same of the arm. */
  Habits armHabits() {
    return habits().with(arm.name());
  }

  /** What the night makes of the spectrograph. */
  RandomStreams night() {
    return nightOf(design).with("spectrograph").with(spectrograph);
  }

  /** What the night makes of the arm. */
  RandomStreams armNight() {
    return night().with(arm);
  }

  /** What the exposure makes of the spectrograph. */
  RandomStreams now() {
    return RandomStreams.of(design)
        .with("exposure")
        .with(exposure)
        .with("spectrograph")
        .with(spectrograph);
  }

  /** What the exposure makes of the arm. */
  RandomStreams armNow() {
    return now().with(arm);
  }

  /** What all plates of a night have in common. */
  static RandomStreams nightOf(PlateDesign design) {
    return design.site().streams().with("night").with(design.lmjd());
  }
}
