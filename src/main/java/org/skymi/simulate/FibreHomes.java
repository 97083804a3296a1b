package org.skymi.simulate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.skymi.survey.FibreType;

/**
 * The fibres of a site's spectrograph: each has a home in the field and reaches the disc around it;
 * dead ones are dead on every plate.
 *
 * @param home deg, {@code [nFibre][2]}
 */
record FibreHomes(PlateDesign design, int spectrograph, double[][] home) {
  static FibreHomes of(PlateDesign design, int spectrograph) {
    SplittableRandom random = habits(design, spectrograph).with("homes").stream();
    return new FibreHomes(
        design, spectrograph, FocalPlane.places(design.fibres(), spectrograph, 0.1, random));
  }

  private static RandomStreams habits(PlateDesign design, int spectrograph) {
    return design.site().streams().with("spectrograph").with(spectrograph);
  }

  /** Where the plate has put the fibres, and on what. */
  FocalPlane plane() {
    int n = home.length;
    RandomStreams streams = RandomStreams.of(design).with("fibres").with(spectrograph);
    double radius = PatrolDisc.radius(design.site());
    double[][] place = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] moved = PatrolDisc.place(radius, streams.with("place").with(i).stream());
      place[i] = new double[] {home[i][0] + moved[0], home[i][1] + moved[1]};
    }
    FibreType[] type = FocalPlane.types(n, streams.with("types").stream());
    moveDead(type);
    Sizes sizes = design.site().sizes();
    double least = sizes.of(Effect.CONTAMINATION, "least share");
    double greatest = sizes.of(Effect.CONTAMINATION, "greatest share");
    double share = streams.with("contaminated").uniform(least, greatest);
    return FocalPlane.of(design, spectrograph, new FocalPlane.Layout(place, home, type), share);
  }

  /** Gives the drawn number of dead fibres to those that are always dead. */
  private void moveDead(FibreType[] type) {
    int[] drawn = IntStream.range(0, type.length).filter(i -> type[i] == FibreType.DEAD).toArray();
    RandomStreams streams = habits(design, spectrograph).with("dead");
    int[] dead = new int[drawn.length];
    Arrays.setAll(dead, k -> (int) (type.length * streams.with(k).uniform(0, 1)));
    for (int from : drawn) {
      for (int to : dead) {
        boolean stays = Arrays.stream(dead).anyMatch(i -> i == from);
        if (!stays && type[from] == FibreType.DEAD && type[to] != FibreType.DEAD) {
          type[from] = type[to];
          type[to] = FibreType.DEAD;
        }
      }
    }
  }
}
