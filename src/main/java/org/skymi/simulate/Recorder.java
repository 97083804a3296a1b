package org.skymi.simulate;

import java.util.Arrays;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;

/** Records sky and objects through the fibres of one spectrograph arm in one exposure. */
final class Recorder {
  private static final double MARGIN = 30; // Angstrom beyond the arm that still reaches its pixels

  private final PlateDesign design;
  private final Optics optics;
  private final Sky sky;
  private final FocalPlane plane;
  private final RandomStreams streams;
  private final int pixels;
  private final double[][] skySpectra;
  private final double[][] skyWings;
  private final double[] objectResponse;
  private final double transparency;
  private final int first;
  private final int last;

  Recorder(PlateDesign design, Optics optics, Sky sky, FocalPlane plane, int exposure, Arm arm) {
    this.design = design;
    this.optics = optics;
    this.sky = sky;
    this.plane = plane;
    this.pixels = design.pixels(arm);
    this.streams = RandomStreams.of(design).with("seeing");
    this.first = FineGrid.clip(FineGrid.index(optics.range()[0] - MARGIN));
    this.last = FineGrid.clip(FineGrid.index(optics.range()[1] + MARGIN));
    this.skySpectra = SkySpectra.electrons(sky, design.instrument(), arm, design.exposureTime());
    this.skyWings = optics.wing(0) > 0 ? wings() : skySpectra;
    this.objectResponse = Response.electrons(design.instrument(), arm, design.exposureTime());
    this.transparency = 1 - 0.15 * streams.with(exposure).uniform(0, 1);
  }

  private double[][] wings() {
    double[][] spread = new double[skySpectra.length][];
    Arrays.setAll(spread, f -> Wings.spread(skySpectra[f], first, last));
    return spread;
  }

  /** The wavelength solution as believed, vacuum Angstrom, {@code [nPixel]}. */
  double[] wavelength(int fibre) {
    double[] result = new double[pixels];
    for (int p = 0; p < pixels; p++) {
      result[p] = optics.believed(fibre, p / (pixels - 1.0));
    }
    return result;
  }

  /** The light of one fibre, noiseless, without cross-talk, electron, {@code [nPixel]}. */
  record Light(float[] sky, float[] object) {}

  /** Records a fibre; a dead one records nothing. */
  Light light(int fibre) {
    if (plane.map().type()[fibre] == FibreType.DEAD) {
      return new Light(new float[pixels], new float[pixels]);
    }
    double[] edges = new double[pixels + 1];
    for (int e = 0; e <= pixels; e++) {
      double believed = optics.believed(fibre, (e - 0.5) / (pixels - 1.0));
      edges[e] = optics.trueWavelength(fibre, believed);
    }
    Target target = design.has(Effect.OBJECTS) ? plane.targets()[fibre] : null;
    double[][] spectra =
        target == null
            ? new double[][] {skySpectrum(fibre)}
            : new double[][] {skySpectrum(fibre), objectSpectrum(fibre, target)};
    double[][] recorded = LineSpread.record(spectra, edges, optics.profile(fibre, edges));
    float[][] light = new float[2][pixels];
    for (int p = 0; p < pixels; p++) {
      double throughput = optics.throughput(fibre, 0.5 * (edges[p] + edges[p + 1]));
      for (int k = 0; k < recorded.length; k++) {
        light[k][p] = (float) (throughput * recorded[k][p]);
      }
    }
    return new Light(light[0], light[1]);
  }

  /** The sky at a fibre's place, electron per Angstrom on the fine grid. */
  private double[] skySpectrum(int fibre) {
    double x = plane.map().x()[fibre];
    double y = plane.map().y()[fibre];
    double[] total = new double[FineGrid.SIZE];
    double wing = optics.wing(fibre);
    for (SkyFamily family : SkyFamily.values()) {
      double[] spectrum = skySpectra[family.ordinal()];
      double strength = sky.map(family, x, y);
      for (int i = first; i < last; i++) {
        total[i] += strength * spectrum[i];
      }
      if (wing > 0) {
        addWings(total, family.ordinal(), wing * strength);
      }
    }
    return total;
  }

  /** Moves a share of a family's light from the core into the wings. */
  private void addWings(double[] total, int family, double share) {
    double[] core = skySpectra[family];
    double[] spread = skyWings[family];
    for (int i = first; i < last; i++) {
      total[i] += share * (spread[i] - core[i]);
    }
  }

  /** An object as it reaches a fibre, electron per Angstrom on the fine grid. */
  private double[] objectSpectrum(int fibre, Target target) {
    // Seeing and the fibre's position on the object leave about 55 % of its light.
    double caught = 0.55 * (1 + 0.12 * streams.with("fibre").with(fibre).gaussian());
    double[] spectrum = ObjectSpectra.flux(target, first, last);
    for (int i = first; i < last; i++) {
      spectrum[i] *= objectResponse[i] * transparency * caught;
    }
    return spectrum;
  }
}
