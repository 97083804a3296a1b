package org.skymi.plate;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.skymi.sky.judge.HoldOut;
import org.skymi.survey.FrameId;

/**
 * A plate after the first pass over its frames. The classical analysis depends on no option of a
 * reduction but which fibres are held out, so that reductions with different options can share it.
 */
public final class AnalysedPlate {
  private final PlateFrames frames;
  private final Map<String, PlateExposure> exposures;

  private AnalysedPlate(PlateFrames frames, Map<String, PlateExposure> exposures) {
    this.frames = frames;
    this.exposures = exposures;
  }

  /**
   * Analyses a plate for every fold.
   *
   * @param frames its frames, each read once here and once in every reduction
   * @param holdOut which sky fibres are held out together
   * @throws IOException if a frame can't be read for now
   */
  public static AnalysedPlate of(PlateFrames frames, HoldOut holdOut) throws IOException {
    return of(frames, holdOut, List.of());
  }

  /**
   * Analyses what of a plate was not analysed elsewhere.
   *
   * @param known analysed with the same fibres held out
   */
  static AnalysedPlate of(PlateFrames frames, HoldOut holdOut, List<AnalysedExposure> known)
      throws IOException {
    return new AnalysedPlate(frames, PlateReduction.analyse(frames, 0, holdOut, known));
  }

  /** Its frames. */
  PlateFrames frames() {
    return frames;
  }

  /** Its exposures, in a fixed order. */
  List<PlateExposure> exposures() {
    return List.copyOf(exposures.values());
  }

  /** The exposure of a frame; null if the frame could not be used. */
  PlateExposure exposure(FrameId id) {
    PlateExposure exposure = exposures.get(PlateReduction.pair(id));
    return exposure != null && exposure.has(id.arm()) ? exposure : null;
  }
}
