package org.skymi.plate;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.skymi.sky.judge.FrameResult;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

/**
 * Estimates the skies of every fibre of a plate, in two passes over its frames: the first analyses
 * each frame and keeps what training needs, the second writes the skies on each fibre's native
 * pixels.
 */
public final class PlateReduction {
  /** Reason of a frame whose fibres are not those of its spectrograph's other arm. */
  public static final String ARMS_DISAGREE = "ARMS_DISAGREE";

  /** Reason of a frame that the science could not cope with. */
  public static final String NOT_REDUCED = "NOT_REDUCED";

  /** Spectrograph-exposures of a plate that all stay in memory, some twenty megabytes each. */
  private static final int AWAKE = 4;

  private final ReductionOptions options;
  private final Optional<SkyModel> base;
  private final SideBySide threads;

  /** A reduction that knows of each plate only what the plate shows. */
  public PlateReduction(ReductionOptions options) {
    this(options, Optional.empty());
  }

  /**
   * @param base model to start from
   */
  public PlateReduction(ReductionOptions options, Optional<SkyModel> base) {
    this(options, base, SideBySide.ALONE);
  }

  /**
   * @param threads that work on a plate
   */
  PlateReduction(ReductionOptions options, Optional<SkyModel> base, SideBySide threads) {
    this.options = options;
    this.base = base;
    this.threads = threads;
  }

  /**
   * Reduces a plate.
   *
   * @param frames its frames, each read at most twice
   * @param sink takes each frame's result as soon as it is ready, in the order of {@code
   *     frames.ids()}
   * @return the training's record, folds one after the other, the estimate from everything last
   * @throws IOException if a frame can't be read for now
   * @throws org.skymi.survey.InputException if a frame's grid is not the base model's
   */
  public List<TrainingStep> reduce(PlateFrames frames, Consumer<FrameResult> sink)
      throws IOException {
    return reduce(frames, List.of(), sink);
  }

  /**
   * Reduces a plate of which some spectrograph-exposures were analysed elsewhere, by the same
   * options.
   *
   * @param frames its frames, those analysed read once, others at most twice
   * @param analysed what is known already
   * @throws IOException if a frame can't be read for now
   */
  public List<TrainingStep> reduce(
      PlateFrames frames, List<AnalysedExposure> analysed, Consumer<FrameResult> sink)
      throws IOException {
    FirstPass pass = FirstPass.of(options, base);
    return reduce(AnalysedPlate.of(frames, pass, analysed, threads), sink);
  }

  /**
   * The second pass over a plate.
   *
   * @param plate analysed
   * @param sink as in {@link #reduce(PlateFrames, Consumer)}
   * @throws IOException if a frame can't be read for now
   */
  public List<TrainingStep> reduce(AnalysedPlate plate, Consumer<FrameResult> sink)
      throws IOException {
    try (Trained trained = train(plate)) {
      estimate(plate, trained, sink);
      return trained.methods.steps();
    }
  }

  /** A plate's methods, made ready for it. */
  public static final class Trained implements AutoCloseable {
    private final PlateMethods methods;

    private Trained(PlateMethods methods) {
      this.methods = methods;
    }

    @Override
    public void close() {
      methods.close();
    }
  }

  /**
   * Trains a plate's networks.
   *
   * @throws org.skymi.survey.InputException if a frame's grid is not the base model's
   */
  public Trained train(AnalysedPlate plate) {
    return new Trained(new PlateMethods(plate.exposures(), options, base, threads));
  }

  /**
   * Estimates the skies of a plate whose networks are trained.
   *
   * @param sink as in {@link #reduce(PlateFrames, Consumer)}
   * @throws IOException if a frame can't be read for now
   */
  public void estimate(AnalysedPlate plate, Trained trained, Consumer<FrameResult> sink)
      throws IOException {
    List<FrameId> ids = plate.frames().ids();
    threads.each(
        AnalysedExposure.pairs(ids),
        (pair, out) -> {
          for (FrameId id : ids) {
            if (pair(id).equals(pair) && plate.exposure(id) != null) {
              estimate(plate, id, trained).ifPresent(out);
            }
          }
          plate.rest(pair);
        },
        sink);
  }

  private static Optional<FrameResult> estimate(AnalysedPlate plate, FrameId id, Trained trained)
      throws IOException {
    PlateFrames frames = plate.frames();
    Frame frame =
        frames
            .read(id)
            .orElseThrow(() -> new IOException(id + ": was readable before and no longer is"));
    return PairAnalysis.tried(
        frames,
        List.of(id),
        () -> new FrameEstimate(frame, plate.exposure(id), trained.methods).result());
  }

  /**
   * Analyses a plate's exposures, by their pairs of frames.
   *
   * @param first index of the plate's first exposure
   * @param pass for which folds, see {@link PlateExposure}
   */
  static Map<String, PlateExposure> analyse(PlateFrames frames, int first, FirstPass pass)
      throws IOException {
    return analyse(frames, first, pass, List.of(), SideBySide.ALONE);
  }

  /** The same, without those that are known. */
  static Map<String, PlateExposure> analyse(
      PlateFrames frames,
      int first,
      FirstPass pass,
      List<AnalysedExposure> known,
      SideBySide threads)
      throws IOException {
    Map<String, PlateExposure> exposures = new TreeMap<>();
    List<String> pairs = AnalysedExposure.pairs(frames.ids());
    known.stream()
        .filter(a -> pairs.contains(a.pair()))
        .forEach(a -> exposures.put(a.pair(), a.exposure()));
    threads.<String, AnalysedExposure>each(
        pairs.stream().filter(pair -> !exposures.containsKey(pair)).toList(),
        (pair, out) ->
            rested(frames, pair, first, pass, pairs.size() > AWAKE)
                .ifPresent(e -> out.accept(new AnalysedExposure(pair, e))),
        a -> exposures.put(a.pair(), a.exposure()));
    return exposures;
  }

  /**
   * Analyses a pair, and lets it rest where the plate's other exposures don't ask for it.
   *
   * @param isOfMany whether the plate has more than memory is there for
   */
  private static Optional<PlateExposure> rested(
      PlateFrames frames, String pair, int first, FirstPass pass, boolean isOfMany)
      throws IOException {
    Optional<PlateExposure> exposure = analyse(frames, pair, first, pass);
    if (isOfMany && pass.base().isPresent()) {
      exposure.ifPresent(e -> e.rest(frames.scratch(), pair));
    }
    return exposure;
  }

  /** Analyses one pair of frames of a plate; empty if none of them is usable. */
  static Optional<PlateExposure> analyse(PlateFrames frames, String pair, int first, FirstPass pass)
      throws IOException {
    List<FrameId> own = frames.ids().stream().filter(id -> pair(id).equals(pair)).toList();
    List<Integer> minutes = frames.ids().stream().map(FrameId::lmjm).distinct().sorted().toList();
    int exposure = first + minutes.indexOf(own.get(0).lmjm());
    return new PairAnalysis(frames, exposure, pass).of(own);
  }

  /** The key of the pair of frames that a frame belongs to. */
  static String pair(FrameId id) {
    return String.format(Locale.ROOT, "%08d %02d", id.lmjm(), id.spectrograph());
  }
}
