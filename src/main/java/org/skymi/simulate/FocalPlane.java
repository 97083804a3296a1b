package org.skymi.simulate;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.Instrument;

/**
 * The fibres of one spectrograph: where they stand, and what they look at.
 *
 * @param map as the survey knows it
 * @param targets what really shines into each fibre, null for nothing but sky, {@code [nFibre]}
 * @param contaminated sky fibres with a target, {@code [nFibre]}
 */
record FocalPlane(FibreMap map, Target[] targets, boolean[] contaminated) {
  private static final double PATCH = 1.1; // deg, side of the square one spectrograph covers
  private static final double OUTERMOST = 1.72; // deg, so that the corners reach 2.5 deg

  /**
   * Fibres without targets.
   *
   * @param place where the plate has put them, deg, {@code [nFibre][2]}
   * @param home where their patrol discs are, deg; NaN for fibres without
   * @param type what they are for
   */
  record Layout(double[][] place, double[][] home, FibreType[] type) {}

  /** The matched world's fibres: new places for every plate. */
  static FocalPlane of(PlateDesign design, int spectrograph) {
    int n = design.fibres();
    RandomStreams streams = RandomStreams.of(design).with("fibres").with(spectrograph);
    double[][] place = places(n, spectrograph, 0.6, streams.with("places").stream());
    double[][] home = new double[n][2];
    for (double[] h : home) {
      Arrays.fill(h, Double.NaN);
    }
    FibreType[] type = types(n, streams.with("types").stream());
    double share = design.has(Effect.CONTAMINATION) ? 0.05 : 0;
    return of(design, spectrograph, new Layout(place, home, type), share);
  }

  /**
   * Fibres with their targets.
   *
   * @param contaminants share of sky fibres with an object
   */
  static FocalPlane of(PlateDesign design, int spectrograph, Layout layout, double contaminants) {
    int n = design.fibres();
    RandomStreams streams = RandomStreams.of(design).with("fibres").with(spectrograph);
    double[][] place = layout.place;
    FibreType[] type = layout.type;
    Target[] targets = new Target[n];
    boolean[] contaminated = new boolean[n];
    FibreMap map = FibreMap.ofSize(n);
    double[] centre = centre(design);
    for (int i = 0; i < n; i++) {
      RandomStreams fibre = streams.with("target").with(i);
      map.fibreId()[i] = design.instrument().fibreId(spectrograph, i);
      map.type()[i] = type[i];
      map.objectType()[i] = type[i].label();
      map.magnitude()[i] = Float.NaN;
      map.x()[i] = place[i][0];
      map.y()[i] = place[i][1];
      map.homeX()[i] = layout.home[i][0];
      map.homeY()[i] = layout.home[i][1];
      double[] sky = deproject(place[i][0], place[i][1], centre);
      map.ra()[i] = sky[0];
      map.dec()[i] = sky[1];
      if (type[i] == FibreType.SKY) {
        contaminated[i] = fibre.with("contaminated").uniform(0, 1) < contaminants;
        targets[i] = contaminated[i] ? Target.contaminant(fibre, design.site()) : null;
      } else if (type[i].isTarget()) {
        targets[i] = type[i] == FibreType.STANDARD ? Target.standard(fibre) : Target.random(fibre);
        map.objectType()[i] = targets[i].kind().label();
        map.magnitude()[i] =
            (float) (targets[i].magnitude() + 0.02 * fibre.with("error").gaussian());
      }
    }
    return new FocalPlane(map, targets, contaminated);
  }

  /** Right ascension and declination of a plate's centre, deg. */
  static double[] centre(PlateDesign design) {
    RandomStreams streams = RandomStreams.of(design).with("centre");
    return new double[] {streams.with("ra").uniform(0, 360), streams.with("dec").uniform(-5, 55)};
  }

  /**
   * Patches on a sunflower spiral; within a patch, fibres in rows to and fro, as on the slit.
   *
   * @param scatter greatest change of a place from the regular ones, in their distance
   */
  static double[][] places(int n, int spectrograph, double scatter, SplittableRandom random) {
    double radius =
        OUTERMOST * Math.sqrt((spectrograph - 0.5) / (Instrument.LAMOST.spectrographs() - 0.5));
    double angle = spectrograph * Math.PI * (3 - Math.sqrt(5));
    int columns = (int) Math.ceil(Math.sqrt(n));
    int rows = (n + columns - 1) / columns;
    double[][] place = new double[n][];
    for (int i = 0; i < n; i++) {
      int row = i / columns;
      int column = row % 2 == 0 ? i % columns : columns - 1 - i % columns;
      double u = PATCH * ((column + 0.5 + scatter * (random.nextDouble() - 0.5)) / columns - 0.5);
      double v = PATCH * ((row + 0.5 + scatter * (random.nextDouble() - 0.5)) / rows - 0.5);
      place[i] =
          new double[] {
            radius * Math.cos(angle) + u * Math.cos(angle) - v * Math.sin(angle),
            radius * Math.sin(angle) + u * Math.sin(angle) + v * Math.cos(angle)
          };
    }
    return place;
  }

  /** Of 250 fibres: 20 sky, 5 standards, 2 dead, 1 unused, 1 off its position. */
  static FibreType[] types(int n, SplittableRandom random) {
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    FibreType[] type = new FibreType[n];
    Arrays.fill(type, FibreType.OBJECT);
    int next = 0;
    next = assign(type, order, next, Math.max(4, Math.round(n * 0.08f)), FibreType.SKY);
    next = assign(type, order, next, Math.max(1, Math.round(n * 0.02f)), FibreType.STANDARD);
    next = assign(type, order, next, Math.round(n * 0.008f), FibreType.DEAD);
    next = assign(type, order, next, Math.round(n * 0.004f), FibreType.UNUSED);
    assign(type, order, next, Math.round(n * 0.004f), FibreType.POSITION_ERROR);
    return type;
  }

  private static int assign(FibreType[] types, int[] order, int from, int count, FibreType type) {
    for (int k = from; k < from + count; k++) {
      types[order[k]] = type;
    }
    return from + count;
  }

  /** From the tangent plane to right ascension and declination, all deg. */
  private static double[] deproject(double x, double y, double[] centre) {
    double xi = Math.toRadians(x);
    double eta = Math.toRadians(y);
    double dec = Math.toRadians(centre[1]);
    double down = Math.cos(dec) - eta * Math.sin(dec);
    double ra = centre[0] + Math.toDegrees(Math.atan2(xi, down));
    double up = Math.sin(dec) + eta * Math.cos(dec);
    return new double[] {
      (ra % 360 + 360) % 360, Math.toDegrees(Math.atan2(up, Math.hypot(xi, down)))
    };
  }
}
