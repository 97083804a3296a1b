package org.skymi.simulate;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
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
        for (Arm arm : Arm.values()) {
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
    SkyState sky = new SkyState(design, exposure);
    FocalPlane plane = FocalPlane.of(design, id.spectrograph());
    Spectrograph spectrograph = Spectrograph.of(design, id.spectrograph(), exposure, id.arm());
    Recorder recorder = new Recorder(design, spectrograph, sky, plane, exposure, id.arm());
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
    Detector detector = new Detector(design, spectrograph, streams);
    float[][] flux = design.has(Effect.CROSS_TALK) ? detector.crossTalk(light) : light;
    float[][] ivar = new float[n][pixels];
    int[][] mask = new int[n][pixels];
    double[] throughput = spectrograph.throughput().clone();
    for (int i = 0; i < n; i++) {
      FibreType type = plane.map().type()[i];
      detector.expose(i, type, flux[i], ivar[i], mask[i]);
      throughput[i] = type == FibreType.DEAD ? 0 : throughput[i];
    }
    Frame frame = new Frame(id, pointing(exposure, sky), plane.map(), flux, ivar, mask, wavelength);
    Truth truth =
        new Truth(
            throughput,
            spectrograph.colour(),
            spectrograph.shift(),
            spectrograph.shiftSlope(),
            spectrograph.width(),
            spectrograph.crossTalk1(),
            spectrograph.crossTalk2(),
            spectrograph.crossTalkSlope(),
            plane.contaminated(),
            objectLight);
    return new SimulatedFrame(frame, skyLight, truth);
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

  private Pointing pointing(int exposure, SkyState sky) {
    double[] centre = FocalPlane.centre(design);
    LocalDateTime midnight = design.plate().night().evening().atStartOfDay();
    int minuteOfNight = minute(exposure) - (design.lmjd() - 1) * MINUTES_PER_DAY;
    LocalDateTime utc = midnight.plusMinutes(minuteOfNight).minusHours(8);
    double airmass = RandomStreams.of(design).with("airmass").uniform(1, 1.25) + 0.02 * exposure;
    return new Pointing(
        utc.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME),
        design.exposureTime(),
        rounded(centre[0], 1e6),
        rounded(centre[1], 1e6),
        rounded(airmass, 1e4),
        rounded(sky.moon().phase(), 1e4),
        rounded(sky.moon().separation(), 1e3));
  }

  /** As many digits as a header would have. */
  private static double rounded(double value, double scale) {
    return Math.rint(value * scale) / scale;
  }
}
