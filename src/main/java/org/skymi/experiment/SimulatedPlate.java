package org.skymi.experiment;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.skymi.plate.PlateFrames;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

/** A simulated plate, kept in memory. */
public final class SimulatedPlate {
  private final Map<FrameId, SimulatedFrame> simulated = new ConcurrentSkipListMap<>();

  /** Simulates a plate. */
  public SimulatedPlate(PlateDesign design) {
    PlateSimulator simulator = new PlateSimulator(design);
    simulator.ids().parallelStream().forEach(id -> simulated.put(id, simulator.frame(id)));
  }

  /** A frame with its truth. */
  SimulatedFrame frame(FrameId id) {
    return simulated.get(id);
  }

  /** Its frames, without their truth. */
  public PlateFrames frames() {
    Map<FrameId, Frame> frames = new TreeMap<>();
    simulated.forEach((id, s) -> frames.put(id, s.frame()));
    return PlateFrames.of(frames);
  }
}
