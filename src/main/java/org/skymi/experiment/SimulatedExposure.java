package org.skymi.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;

/** One simulated exposure of a spectrograph, analysed from all its sky fibres. */
final class SimulatedExposure {
  private final Map<Arm, SimulatedFrame> frames = new TreeMap<>();
  private final CleanFrame[] clean = new CleanFrame[Instrument.LAMOST.arms().size()];
  private SpectrographSky sky;
  private double seconds;

  /** The exposures of a plate, one a spectrograph and time. */
  static List<SimulatedExposure> of(PlateDesign design) {
    PlateSimulator simulator = new PlateSimulator(design);
    Map<List<Integer>, SimulatedExposure> exposures = new TreeMap<>(SimulatedExposure::compare);
    for (FrameId id : simulator.ids()) {
      exposures
          .computeIfAbsent(List.of(id.lmjm(), id.spectrograph()), k -> new SimulatedExposure())
          .add(simulator.frame(id));
    }
    exposures.values().forEach(SimulatedExposure::analyse);
    return new ArrayList<>(exposures.values());
  }

  private static int compare(List<Integer> a, List<Integer> b) {
    int first = a.get(0).compareTo(b.get(0));
    return first != 0 ? first : a.get(1).compareTo(b.get(1));
  }

  private void add(SimulatedFrame frame) {
    Arm arm = frame.frame().id().arm();
    frames.put(arm, frame);
    clean[arm.ordinal()] = CleanFrame.of(frame.frame());
  }

  private void analyse() {
    FibreMap fibres = frames.values().iterator().next().frame().fibres();
    boolean[] all = new boolean[fibres.size()];
    Arrays.fill(all, true);
    long start = System.nanoTime();
    sky = SpectrographSky.analyse(clean, fibres, all);
    seconds = (System.nanoTime() - start) / 1e9;
  }

  /** The classical analysis. */
  SpectrographSky sky() {
    return sky;
  }

  /** Seconds that the classical analysis took. */
  double seconds() {
    return seconds;
  }

  /** One of its frames' identities. */
  FrameId id() {
    return frames.values().iterator().next().frame().id();
  }

  /** A frame with its truth. */
  SimulatedFrame frame(Arm arm) {
    return frames.get(arm);
  }

  /** A frame without cross-talk. */
  CleanFrame clean(Arm arm) {
    ArmSky own = sky.arm(arm).orElseThrow();
    return clean[arm.ordinal()].corrected(own.crossTalk());
  }
}
