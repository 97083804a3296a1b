package org.skymi.simulate;

import java.util.SplittableRandom;

/**
 * An object.
 *
 * @param kind what it is
 * @param magnitude g, AB
 * @param redshift of its lines
 * @param temperature of a star, K; of a galaxy's stars
 * @param lineStrength of emission lines, 0 none, about 1 usual
 */
record Target(
    Kind kind, double magnitude, double redshift, double temperature, double lineStrength) {
  /** Kinds of objects, with their share in a survey of the Galaxy like LAMOST's. */
  enum Kind {
    WHITE_DWARF("WD", 0.02, 14000, 26000),
    A_STAR("A", 0.07, 7800, 10000),
    F_STAR("F", 0.24, 6100, 7300),
    G_STAR("G", 0.28, 5300, 6000),
    K_STAR("K", 0.18, 4000, 5200),
    M_STAR("M", 0.08, 3000, 3800),
    GALAXY("GALAXY", 0.08, 4500, 6500),
    QUASAR("QSO", 0.05, 0, 0);

    private final String label;
    private final double share;
    private final double coolest;
    private final double hottest;

    Kind(String label, double share, double coolest, double hottest) {
      this.label = label;
      this.share = share;
      this.coolest = coolest;
      this.hottest = hottest;
    }

    /** The label in the fibre map's OBJTYPE. */
    String label() {
      return label;
    }
  }

  /** A survey object, g from 14 to 19. */
  static Target random(RandomStreams streams) {
    SplittableRandom random = streams.stream();
    double place = random.nextDouble();
    Kind chosen = Kind.QUASAR;
    for (Kind kind : Kind.values()) {
      place -= kind.share;
      if (place < 0) {
        chosen = kind;
        break;
      }
    }
    double faintness = Math.sqrt(random.nextDouble());
    boolean distant = chosen == Kind.GALAXY || chosen == Kind.QUASAR;
    double magnitude = distant ? 16.5 + 2.5 * faintness : 14 + 5 * faintness;
    return of(chosen, magnitude, random);
  }

  /** A flux standard, g from 14.5 to 17. */
  static Target standard(RandomStreams streams) {
    SplittableRandom random = streams.stream();
    return of(Kind.F_STAR, 14.5 + 2.5 * random.nextDouble(), random);
  }

  /**
   * The faint object that contaminates a sky fibre: 5 to 50 % of a dark sky and a star in the
   * matched world, as much as the site's sizes say and sometimes a galaxy elsewhere.
   */
  static Target contaminant(RandomStreams streams, Site site) {
    SplittableRandom random = streams.stream();
    double faintest = 0.05;
    double brightest = 0.5;
    Kind kind = Kind.G_STAR;
    if (site.preset() != Preset.IDEAL) {
      faintest = site.sizes().of(Effect.CONTAMINATION, "faintest");
      brightest = site.sizes().of(Effect.CONTAMINATION, "brightest");
      kind = streams.with("kind").uniform(0, 1) < GALAXIES ? Kind.GALAXY : Kind.G_STAR;
    }
    double share = faintest * Math.exp(Math.log(brightest / faintest) * random.nextDouble());
    return of(kind, DARK_SKY - 2.5 * Math.log10(share), random);
  }

  /** Share of galaxies among the contaminants. */
  private static final double GALAXIES = 0.4;

  /** Magnitude of a star as bright in a fibre as a dark sky. */
  private static final double DARK_SKY = 19.2;

  private static Target of(Kind kind, double magnitude, SplittableRandom random) {
    double redshift =
        switch (kind) {
          case GALAXY -> 0.02 + 0.28 * random.nextDouble();
          case QUASAR -> 0.3 + 2.7 * random.nextDouble();
          default -> 1.5e-4 * random.nextGaussian();
        };
    double temperature = kind.coolest + (kind.hottest - kind.coolest) * random.nextDouble();
    double lines =
        kind == Kind.GALAXY && random.nextDouble() < 0.35
            ? 0
            : Math.exp(0.5 * random.nextGaussian());
    return new Target(kind, magnitude, redshift, temperature, lines);
  }
}
