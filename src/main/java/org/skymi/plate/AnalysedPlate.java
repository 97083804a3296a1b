package org.skymi.plate;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.survey.FrameId;

/**
 * A plate after the first pass over its frames. It is analysed for one reduction's options and base
 * model.
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
   * @param options of the reduction
   * @param base model that the reduction starts from
   * @throws IOException if a frame can't be read for now
   * @throws org.skymi.survey.InputException if a frame's grid is not the base model's
   */
  public static AnalysedPlate of(
      PlateFrames frames, ReductionOptions options, Optional<SkyModel> base) throws IOException {
    return of(frames, FirstPass.of(options, base), List.of(), SideBySide.ALONE);
  }

  /**
   * Analyses what of a plate was not analysed elsewhere.
   *
   * @param known analysed by the same pass
   */
  static AnalysedPlate of(
      PlateFrames frames, FirstPass pass, List<AnalysedExposure> known, SideBySide threads)
      throws IOException {
    return new AnalysedPlate(frames, PlateReduction.analyse(frames, 0, pass, known, threads));
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

  /** The frames of a pair have been looked at. */
  void rest(String pair) {
    if (exposures.containsKey(pair)) {
      exposures.get(pair).rest();
    }
  }
}
