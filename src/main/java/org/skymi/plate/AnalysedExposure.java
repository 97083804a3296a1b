package org.skymi.plate;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.survey.FrameId;

/**
 * One spectrograph and exposure of a plate after the first pass over its frames, so that a plate's
 * spectrographs can be analysed in different places. The numbers are those of {@link
 * AnalysedPlate}.
 */
public final class AnalysedExposure implements Serializable {
  private static final long serialVersionUID = 1;

  private final String pair;
  private final PlateExposure exposure;

  AnalysedExposure(String pair, PlateExposure exposure) {
    this.pair = pair;
    this.exposure = exposure;
  }

  /** What there is to be analysed: the keys of the pairs of frames, one a spectrograph-exposure. */
  public static List<String> pairs(List<FrameId> frames) {
    return frames.stream().map(PlateReduction::pair).distinct().sorted().toList();
  }

  /**
   * Analyses a pair of frames for every fold.
   *
   * @param frames all of the plate, of which those of the pair are read
   * @param options of the reduction
   * @param base model that the reduction starts from
   * @return empty if none of them is usable
   * @throws IOException if a frame can't be read for now
   */
  public static Optional<AnalysedExposure> of(
      PlateFrames frames, String pair, ReductionOptions options, Optional<SkyModel> base)
      throws IOException {
    return PlateReduction.analyse(frames, pair, 0, FirstPass.of(options, base))
        .map(exposure -> new AnalysedExposure(pair, exposure));
  }

  String pair() {
    return pair;
  }

  PlateExposure exposure() {
    return exposure;
  }
}
