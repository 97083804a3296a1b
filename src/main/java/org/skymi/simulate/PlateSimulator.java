package org.skymi.simulate;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.LineWidths;
import org.skymi.survey.Pointing;

/**
 * A plate with known truth: D_i = t_i·L_i[S(place)] + O_i + cross-talk + noise, as in
 * docs/method.md, section 1.
 *
 * <p>Frames are made when they are asked for, in any order and by any thread, with the same result
 * to the bit.
 */
public final class PlateSimulator {
  private static final int MINUTES_PER_DAY = 1440;

  /** Wavelengths less one at which widths of line spreads are stated. */
  private static final int WIDTH_STEPS = 40;

  private final PlateDesign design;
  private final int firstMinute;

  public PlateSimulator(PlateDesign design) {
    this.design = design;
    // Between 19:00 and 02:00 local time; local modified Julian minutes turn at midnight.
    double start = 19 + RandomStreams.of(design).with("start").uniform(0, 7);
    this.firstMinute = (design.lmjd() - 1) * MINUTES_PER_DAY + (int) (60 * start);
  }

  /** The plate's frames, sorted. */
  public List<FrameId> ids() {
    List<FrameId> ids = new ArrayList<>();
    for (int exposure = 0; exposure < design.exposures(); exposure++) {
      for (int spectrograph : design.spectrographs()) {
        for (Arm arm : design.instrument().arms()) {
          ids.add(new FrameId(design.plate(), minute(exposure), spectrograph, arm));
        }
      }
    }
    Collections.sort(ids);
    return ids;
  }

  /**
   * Makes a frame.
   *
   * @param id one of {@link #ids()}
   * @throws IllegalArgumentException if the plate has no such frame
   */
  public SimulatedFrame frame(FrameId id) {
    if (!ids().contains(id)) {
      throw new IllegalArgumentException("no frame " + id + " in plate " + design.plate());
    }
    int exposure = exposure(id);
    World world = design.site().world(design);
    Sky sky = world.sky(exposure);
    FocalPlane plane = world.plane(id.spectrograph());
    Optics optics = world.optics(id.spectrograph(), exposure, id.arm());
    Recorder recorder = new Recorder(design, optics, sky, plane, exposure, id.arm());
    int n = design.fibres();
    int pixels = design.pixels(id.arm());
    double[][] wavelength = new double[n][];
    float[][] skyLight = new float[n][];
    float[][] objectLight = new float[n][];
    float[][] light = new float[n][pixels];
    for (int i = 0; i < n; i++) {
      wavelength[i] = recorder.wavelength(i);
      Recorder.Light recorded = recorder.light(i);
      skyLight[i] = recorded.sky();
      objectLight[i] = recorded.object();
      for (int p = 0; p < pixels; p++) {
        light[i][p] = skyLight[i][p] + objectLight[i][p];
      }
    }
    RandomStreams streams =
        RandomStreams.of(design)
            .with("detector")
            .with(id.spectrograph())
            .with(id.arm())
            .with(exposure);
    Optics.Mixed mixed = optics.mix(light);
    float[][] flux = mixed.flux();
    float[][] truthSky = add(skyLight, mixed.pedestal());
    optics.read(flux, truthSky);
    Detector detector = new Detector(design, streams);
    Truth truth = optics.truth(plane.contaminated(), objectLight);
    float[][] ivar = new float[n][pixels];
    int[][] mask = new int[n][pixels];
    for (int i = 0; i < n; i++) {
      FibreType type = plane.map().type()[i];
      detector.expose(i, type, flux[i], ivar[i], mask[i]);
      if (type == FibreType.DEAD) {
        truth.throughput()[i] = 0;
        Arrays.fill(truthSky[i], 0);
      }
    }
    Frame frame =
        new Frame(id, pointing(exposure, sky), plane.map(), flux, ivar, mask, wavelength)
            .withWidths(widths(optics));
    Hidden hidden = new Hidden(n);
    optics.describe(hidden);
    sky.describe(hidden);
    return new SimulatedFrame(frame, truthSky, truth, hidden);
  }

  private LineWidths widths(Optics optics) {
    if (!design.instrument().statesWidths()) {
      return LineWidths.NONE;
    }
    double first = optics.range()[0];
    double step = (optics.range()[1] - first) / WIDTH_STEPS;
    float[][] moment = new float[design.fibres()][WIDTH_STEPS + 1];
    for (int i = 0; i < moment.length; i++) {
      for (int k = 0; k <= WIDTH_STEPS; k++) {
        double sigma = optics.statedSigma(i, first + k * step);
        moment[i][k] = (float) (sigma * sigma);
      }
    }
    return new LineWidths(first, step, moment);
  }

  private static float[][] add(float[][] a, float[][] b) {
    float[][] sum = new float[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int p = 0; p < a[i].length; p++) {
        sum[i][p] = a[i][p] + b[i][p];
      }
    }
    return sum;
  }

  private int minute(int exposure) {
    double cycle = (design.exposureTime() + PlateDesign.READOUT) / 60;
    return firstMinute + (int) Math.ceil(exposure * cycle);
  }

  private int exposure(FrameId id) {
    int exposure = 0;
    while (minute(exposure) != id.lmjm()) {
      exposure++;
    }
    return exposure;
  }

  private Pointing pointing(int exposure, Sky sky) {
    double[] centre = FocalPlane.centre(design);
    LocalDateTime midnight = design.plate().night().evening().atStartOfDay();
    int minuteOfNight = minute(exposure) - (design.lmjd() - 1) * MINUTES_PER_DAY;
    LocalDateTime utc = midnight.plusMinutes(minuteOfNight).minusHours(8);
    return new Pointing(
        utc.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME),
        design.exposureTime(),
        rounded(centre[0], 1e6),
        rounded(centre[1], 1e6),
        rounded(airmass(design, exposure), 1e4),
        rounded(sky.moon().phase(), 1e4),
        rounded(sky.moon().separation(), 1e3));
  }

  /** Airmass of an exposure. */
  static double airmass(PlateDesign design, int exposure) {
    return RandomStreams.of(design).with("airmass").uniform(1, 1.25) + 0.02 * exposure;
  }

  /** As many digits as a header would have. */
  private static double rounded(double value, double scale) {
    return Math.rint(value * scale) / scale;
  }
}
