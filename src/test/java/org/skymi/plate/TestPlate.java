package org.skymi.plate;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.skymi.simulate.Effect;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.sky.judge.HoldOut;
import org.skymi.sky.judge.Method;
import org.skymi.smi.ReductionOptions;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

/** A small simulated plate in memory, full spectral resolution, few fibres. */
final class TestPlate implements PlateFrames {
  final Map<FrameId, SimulatedFrame> truth = new TreeMap<>();
  private final Map<FrameId, Frame> frames = new TreeMap<>();

  TestPlate(int spectrographs, int fibres, int exposures, Moon moon, long seed, Effect... without) {
    PlateSimulator simulator =
        new PlateSimulator(
            PlateDesign.ideal("TEST" + seed, 58000, seed)
                .withSpectrographs(spectrographs)
                .withFibres(fibres)
                .withExposures(exposures)
                .withMoon(moon)
                .without(without));
    for (FrameId id : simulator.ids()) {
      truth.put(id, simulator.frame(id));
      frames.put(id, truth.get(id).frame());
    }
  }

  /** Replaces a frame. */
  void change(FrameId id, UnaryOperator<Frame> change) {
    frames.put(id, change.apply(frames.get(id)));
  }

  /** Takes a frame away. */
  void remove(FrameId id) {
    frames.remove(id);
  }

  @Override
  public List<FrameId> ids() {
    return List.copyOf(frames.keySet());
  }

  @Override
  public Optional<Frame> read(FrameId id) {
    return Optional.ofNullable(frames.get(id));
  }

  /** Few steps, so that tests are quick. */
  static ReductionOptions quick() {
    return ReductionOptions.defaults()
        .with(3, EnumSet.allOf(Method.class))
        .with(new ReductionOptions.Training(2, 0.1, 2e-3, 2, 0));
  }

  /** No training at all: what the classical analysis and the skies of a plate alone give. */
  static ReductionOptions untrained(HoldOut holdOut) {
    return quick().with(new ReductionOptions.Training(0, 0, 0, 0, 0)).with(holdOut);
  }
}
