package org.skymi.experiment;

import java.util.ArrayList;
import java.util.List;
import org.skymi.sky.memory.Epochs;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.MemoryShape;
import org.skymi.sky.memory.Prediction;

/**
 * The project's memory of fibres with one coefficient each.
 *
 * @param name in the table
 * @param orders of the memory's terms
 */
record LevelMemory(String name, MemoryShape.Orders orders) implements LevelPredictor {
  /** DESI's fibres of a spectrograph. */
  static final int FIBRES = 500;

  /** Scatter of throughputs to start from. */
  private static final double SCALE = 0.01;

  @Override
  public Fitted learn(List<LevelExposure> exposures) {
    LinearMemory memory = learn(exposures, orders);
    return exposure -> predict(memory, exposure);
  }

  static MemoryShape shape(MemoryShape.Orders orders) {
    return new MemoryShape(
        FIBRES, new double[] {1}, new double[] {SCALE}, new double[] {1}, orders);
  }

  static LinearMemory learn(List<LevelExposure> exposures, MemoryShape.Orders orders) {
    List<FrameEquations> frames = new ArrayList<>();
    for (LevelExposure exposure : exposures) {
      exposure.frames().forEach(f -> frames.add(f.equations()));
    }
    return LinearMemory.learn(frames, List.of(shape(orders)), Epochs.NONE, LinearMemory.PASSES);
  }

  private static double[][] predict(LinearMemory memory, LevelExposure exposure) {
    double[][] z = new double[exposure.frames().size()][];
    for (int f = 0; f < z.length; f++) {
      Prediction[] expected = memory.predict(exposure.frames().get(f).equations(), i -> true);
      z[f] = new double[expected.length];
      for (int k = 0; k < expected.length; k++) {
        z[f][k] = expected[k].mean()[0];
      }
    }
    return z;
  }
}
