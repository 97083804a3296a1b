package org.skymi.simulate;

/** The flat's dip of a coating, which moves with humidity; first arm only. */
final class Dip implements Transmission {
  private static final double REACH = 5; // widths

  private final double[] depth;
  private final double place;
  private final double width;

  Dip(Shot shot) {
    Sizes sizes = shot.sizes();
    Habits habits = shot.habits().with("dip");
    double mean = sizes.of(Effect.DIP, "depth");
    var smooth = habits.with("depth").field(sizes.of(Effect.DIP, "depth scatter"));
    depth = new double[shot.fibres()];
    for (int i = 0; i < depth.length && shot.arm().ordinal() == 0; i++) {
      depth[i] = Math.max(0, mean + smooth.applyAsDouble(shot.slit(i), 0));
    }
    place =
        sizes.form(Effect.DIP, "place")
            + habits.with("place").uniform(-40, 40)
            + sizes.of(Effect.DIP, "night") * shot.night().with("dip").gaussian()
            + sizes.of(Effect.DIP, "exposure") * shot.now().with("dip").gaussian();
    width = sizes.form(Effect.DIP, "width") * habits.with("width").uniform(0.85, 1.15);
  }

  @Override
  public double at(int fibre, double wavelength) {
    double u = (wavelength - place) / width;
    return Math.abs(u) > REACH ? 1 : 1 - depth[fibre] * Math.exp(-0.5 * u * u);
  }

  @Override
  public void describe(Hidden hidden) {
    hidden.fibre(Effect.DIP, "dip_depth", "", "greatest depth of the dip", depth);
    hidden.frame(Effect.DIP, "dip_place", "Angstrom", "middle of the dip", place);
  }
}
