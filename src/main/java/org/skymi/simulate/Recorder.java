package org.skymi.simulate;

import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;

/** Records sky and objects through the fibres of one spectrograph arm in one exposure. */
final class Recorder {
  private static final double MARGIN = 30; // Angstrom beyond the arm that still reaches its pixels

  private final PlateDesign design;
  private final Spectrograph spectrograph;
  private final SkyState sky;
  private final FocalPlane plane;
  private final RandomStreams streams;
  private final int pixels;
  private final double[][] skySpectra;
  private final double[] objectResponse;
  private final double transparency;

  Recorder(
      PlateDesign design,
      Spectrograph spectrograph,
      SkyState sky,
      FocalPlane plane,
      int exposure,
      Arm arm) {
    this.design = design;
    this.spectrograph = spectrograph;
    this.sky = sky;
    this.plane = plane;
    this.pixels = design.pixels(arm);
    this.streams = RandomStreams.of(design).with("seeing");
    this.skySpectra = SkySpectra.electrons(sky, arm, design.exposureTime());
    this.objectResponse = Response.electrons(arm, design.exposureTime());
    this.transparency = 1 - 0.15 * streams.with(exposure).uniform(0, 1);
  }

  /** The wavelength solution as believed, vacuum Angstrom, {@code [nPixel]}. */
  double[] wavelength(int fibre) {
    double[] result = new double[pixels];
    for (int p = 0; p < pixels; p++) {
      result[p] = spectrograph.believed(fibre, p / (pixels - 1.0));
    }
    return result;
  }

  /** Noiseless sky, electron, {@code [nPixel]}. */
  float[] sky(int fibre) {
    if (plane.map().type()[fibre] == FibreType.DEAD) {
      return new float[pixels];
    }
    double x = plane.map().x()[fibre];
    double y = plane.map().y()[fibre];
    double[] total = new double[FineGrid.SIZE];
    for (SkyFamily family : SkyFamily.values()) {
      double[] spectrum = skySpectra[family.ordinal()];
      double strength = sky.map(family, x, y);
      for (int i = 0; i < total.length; i++) {
        total[i] += strength * spectrum[i];
      }
    }
    return record(fibre, total);
  }

  /** Noiseless light of the fibre's object, electron, {@code [nPixel]}. */
  float[] object(int fibre) {
    Target target = plane.targets()[fibre];
    if (target == null || !design.has(Effect.OBJECTS)) {
      return new float[pixels];
    }
    // Seeing and the fibre's position on the object leave about 55 % of its light.
    double caught = 0.55 * (1 + 0.12 * streams.with("fibre").with(fibre).gaussian());
    double[] range = spectrograph.range();
    double[] flux = ObjectSpectra.flux(target, range[0] - MARGIN, range[1] + MARGIN);
    for (int i = 0; i < flux.length; i++) {
      flux[i] *= objectResponse[i] * transparency * caught;
    }
    return record(fibre, flux);
  }

  private float[] record(int fibre, double[] spectrum) {
    double[] edges = new double[pixels + 1];
    double[] sigma = new double[pixels + 1];
    for (int e = 0; e <= pixels; e++) {
      double believed = spectrograph.believed(fibre, (e - 0.5) / (pixels - 1.0));
      edges[e] = spectrograph.trueWavelength(fibre, believed);
      sigma[e] = spectrograph.sigma(fibre, edges[e]);
    }
    double[] light = LineSpread.record(spectrum, edges, sigma);
    float[] result = new float[pixels];
    for (int p = 0; p < pixels; p++) {
      double middle = 0.5 * (edges[p] + edges[p + 1]);
      result[p] = (float) (spectrograph.throughput(fibre, middle) * light[p]);
    }
    return result;
  }
}
