package org.skymi.smi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.skymi.sky.FibreFlag;
import org.skymi.sky.FibreResult;
import org.skymi.sky.FieldStatistics;
import org.skymi.sky.FrameResult;
import org.skymi.sky.Metric;
import org.skymi.sky.ResidualStatistics;
import org.skymi.sky.SkyEstimate;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.SkyBand;

/** Estimates both skies of every fibre of a plate. INTERIM body: median of the sky fibres. */
public final class PlateReduction {
  private final ReductionOptions options;

  public PlateReduction(ReductionOptions options) {
    this.options = options;
  }

  /**
   * Reduces a plate.
   *
   * @param frames its frames, each read at most twice
   * @param sink takes each frame's result as soon as it is ready, in the order of {@code
   *     frames.ids()}
   * @return the training's record
   * @throws IOException if a frame can't be read for now
   */
  public List<TrainingStep> reduce(PlateFrames frames, Consumer<FrameResult> sink)
      throws IOException {
    for (FrameId id : frames.ids()) {
      Optional<Frame> frame = frames.read(id);
      frame.ifPresent(f -> sink.accept(interim(f)));
    }
    return List.of(new TrainingStep(0, "common", 0, 0, 0, 0, 0, 0, true));
  }

  private FrameResult interim(Frame frame) {
    int[] skies = frame.fibres().indicesOf(FibreType.SKY);
    float[] sky = new float[frame.pixelCount()];
    float[] ivar = new float[frame.pixelCount()];
    Arrays.fill(ivar, 1e-2f);
    for (int p = 0; p < sky.length; p++) {
      double[] v = new double[skies.length];
      for (int k = 0; k < v.length; k++) {
        v[k] = frame.flux()[skies[k]][p];
      }
      Arrays.sort(v);
      sky[p] = v.length == 0 ? 0 : (float) v[v.length / 2];
    }
    double[] bands = new double[SkyBand.values().length];
    Arrays.fill(bands, Double.NaN);
    double[] metrics = new double[Metric.values().length];
    Arrays.fill(metrics, Double.NaN);
    SkyEstimate e = new SkyEstimate(sky, ivar, bands, new ResidualStatistics(metrics));
    List<FibreResult> fibres = new ArrayList<>();
    for (int i = 0; i < frame.fibreCount(); i++) {
      fibres.add(
          new FibreResult(
              i, FibreFlag.GOOD, 1, 1, 0, 0, 0, 0, 0, 0, 0, false, false, e, Optional.empty(), e));
    }
    FieldStatistics field = new FieldStatistics(0, 0, 0, 0);
    return new FrameResult(frame, fibres, skies.length, 0, 0, 0, 0, 0, field, field);
  }
}
