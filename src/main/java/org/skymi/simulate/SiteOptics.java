package org.skymi.simulate;

import java.util.List;
import org.skymi.survey.Instrument;

/** One arm of a site's spectrograph in one exposure: habits, night and exposure put together. */
final class SiteOptics implements Optics {
  private final Shot shot;
  private final Instrument instrument;
  private final double[] range;
  private final double[] offset;
  private final List<Transmission> transmissions;
  private final WavelengthErrors wavelengthErrors;
  private final LineShapes shapes;
  private final CrossTalkKernel crossTalk;
  private final Pedestal pedestal;
  private final Camera camera;

  SiteOptics(Shot shot, FocalPlane plane) {
    this.shot = shot;
    boolean blue = shot.arm().ordinal() == 0;
    instrument = shot.design().instrument();
    range = Spectrograph.range(instrument, shot.arm());
    offset = new double[shot.fibres()];
    for (int i = 0; i < offset.length; i++) {
      double f = 2 * shot.slit(i) - 1;
      double own = shot.armHabits().with("fibre").with(i).with("offset").gaussian();
      offset[i] = Spectrograph.BOW * (f * f - 0.3) + 0.1 * own;
    }
    FibreThroughput own = new FibreThroughput(shot, plane);
    FlatGradient flat = new FlatGradient(shot, plane);
    Ripple ripple = new Ripple(shot);
    transmissions =
        blue
            ? List.of(own, flat, ripple, new Dip(shot))
            : List.of(own, flat, ripple, new Fringes(shot));
    wavelengthErrors = new WavelengthErrors(shot, range);
    shapes = new LineShapes(shot, range);
    crossTalk = new CrossTalkKernel(shot);
    pedestal = new Pedestal(shot);
    camera = new Camera(shot);
  }

  @Override
  public double[] range() {
    return range;
  }

  @Override
  public double believed(int fibre, double place) {
    return Spectrograph.believed(instrument, range, offset[fibre], place);
  }

  @Override
  public double trueWavelength(int fibre, double believed) {
    return believed - wavelengthErrors.at(fibre, believed);
  }

  @Override
  public double throughput(int fibre, double wavelength) {
    double product = 1;
    for (Transmission t : transmissions) {
      product *= t.at(fibre, wavelength);
    }
    return product;
  }

  @Override
  public LineSpread.Profile profile(int fibre, double[] edges) {
    return shapes.profile(fibre, edges);
  }

  @Override
  public double statedSigma(int fibre, double wavelength) {
    return shapes.sigmaOfNight(fibre, wavelength);
  }

  @Override
  public double wing(int fibre) {
    return shapes.wing(fibre);
  }

  @Override
  public Mixed mix(float[][] light) {
    float[][] flux = crossTalk.spread(light);
    float[][] scattered = pedestal.of(light);
    for (int i = 0; i < flux.length; i++) {
      for (int p = 0; p < flux[i].length; p++) {
        flux[i][p] += scattered[i][p];
      }
    }
    return new Mixed(flux, scattered);
  }

  @Override
  public void read(float[][] flux, float[][] sky) {
    camera.read(flux, sky);
  }

  @Override
  public Truth truth(boolean[] contaminated, float[][] object) {
    int n = shot.fibres();
    double[] throughput = new double[n];
    double[] colour = new double[n];
    double[] shift = new double[n];
    double[] slope = new double[n];
    double[] width = new double[n];
    double middle = 0.5 * (range[0] + range[1]);
    for (int i = 0; i < n; i++) {
      throughput[i] = throughput(i, 6350);
      colour[i] = throughput(i, 9050) / throughput[i] - 1;
      shift[i] = wavelengthErrors.at(i, middle);
      slope[i] = wavelengthErrors.at(i, range[1]) - wavelengthErrors.at(i, range[0]);
      width[i] = 2.354820 * shapes.sigma(i, middle);
    }
    return new Truth(
        throughput,
        colour,
        shift,
        slope,
        width,
        0.5 * (crossTalk.share(1) + crossTalk.share(-1)),
        0.5 * (crossTalk.share(2) + crossTalk.share(-2)),
        crossTalk.slope(),
        contaminated,
        object);
  }

  @Override
  public void describe(Hidden hidden) {
    transmissions.forEach(t -> t.describe(hidden));
    wavelengthErrors.describe(hidden);
    shapes.describe(hidden);
    hidden.frame(
        Effect.CROSS_TALK, "cross_talk_before", "", "of the fibre before", crossTalk.share(-1));
    hidden.frame(Effect.CROSS_TALK, "cross_talk_after", "", "of the one after", crossTalk.share(1));
    hidden.frame(
        Effect.PEDESTAL, "pedestal_share", "", "of the frame's light, scattered", pedestal.share());
    camera.describe(hidden);
  }
}
