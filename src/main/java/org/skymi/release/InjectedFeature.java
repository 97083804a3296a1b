package org.skymi.release;

import java.util.Random;
import org.skymi.math.RunningMedian;
import org.skymi.survey.Heliocentric;
import org.skymi.survey.ReleaseSpectrum;

/** What objects have, added to a spectrum to see how much of it is taken for sky. */
final class InjectedFeature {
  /** Kinds of it. */
  enum Kind {
    ABSORPTION("absorption lines"),
    EMISSION("emission lines"),
    BAND("TiO bands");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** For a person. */
    String title() {
      return title;
    }
  }

  /** K I, Na I, Mg I, Ca II, H alpha to delta; Angstrom. */
  private static final double[] ABSORPTION = {
    7667.0, 7701.1, 5891.6, 5897.6, 8185.5, 8197.1, 8809.2, 8500.4, 8544.4, 8664.5, 3934.8, 3969.6,
    6564.6, 4862.7, 4341.7, 4102.9
  };

  /** [OII], H beta, [OIII], H alpha, [SII]. */
  private static final double[] EMISSION = {3728.5, 4862.7, 4960.3, 5008.2, 6564.6, 6718.3, 6732.7};

  /** Heads of TiO bands. */
  private static final double[] BAND = {6159, 6651, 7056, 7591, 8434, 8862};

  /** Share of the continuum. */
  private static final double DEPTH = 0.3;

  private static final double HEIGHT = 2;

  /** Gaussian width of a line, Angstrom: a resolution of 1800. */
  private static final double WIDTH = 1.8;

  private static final double RADIAL = 300;
  private static final double REDSHIFT = 0.5;

  private InjectedFeature() {}

  /**
   * One of a kind, at a velocity of -300..300 km/s or a redshift of 0..0.5, as it would be in a
   * spectrum.
   *
   * @return {@code [nPixel]}, in its flux
   */
  static float[] of(Kind kind, ReleaseSpectrum s, Random random) {
    double shift = Heliocentric.topocentric(1, RADIAL * (2 * random.nextDouble() - 1));
    double centre =
        switch (kind) {
          case ABSORPTION -> ABSORPTION[random.nextInt(ABSORPTION.length)] * shift;
          case EMISSION ->
              EMISSION[random.nextInt(EMISSION.length)] * (1 + REDSHIFT * random.nextDouble());
          case BAND -> BAND[random.nextInt(BAND.length)] * shift;
        };
    double[] flux = new double[s.pixelCount()];
    for (int p = 0; p < flux.length; p++) {
      flux[p] = s.ivar()[p] > 0 ? s.flux()[p] : Double.NaN;
    }
    double[] continuum = RunningMedian.of(flux, GriddedSpectrum.CONTINUUM_HALF);
    float[] added = new float[flux.length];
    for (int p = 0; p < added.length; p++) {
      if (s.ivar()[p] > 0) {
        double off = s.wavelength()[p] - centre;
        added[p] = (float) (Math.max(0, continuum[p]) * at(kind, off));
      }
    }
    return added;
  }

  /** What multiplies the continuum, less 1, so far off the line or the band's head. */
  private static double at(Kind kind, double off) {
    double line = Math.exp(-off * off / (2 * WIDTH * WIDTH));
    return switch (kind) {
      case ABSORPTION -> -DEPTH * line;
      case EMISSION -> HEIGHT * line;
      case BAND -> off < 0 ? 0 : -DEPTH * Math.min(1, off / 3) * Math.exp(-off / 60);
    };
  }

  /** The spectrum with it. */
  static ReleaseSpectrum with(ReleaseSpectrum s, float[] added) {
    float[] flux = s.flux().clone();
    for (int p = 0; p < flux.length; p++) {
      flux[p] += added[p];
    }
    return s.withFlux(flux);
  }
}
