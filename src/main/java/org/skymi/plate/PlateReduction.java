package org.skymi.plate;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.judge.FrameResult;
import org.skymi.sky.judge.HoldOut;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

/**
 * Estimates both skies of every fibre of a plate, in two passes over its frames: the first analyses
 * each frame and keeps what training needs, the second writes the skies on each fibre's native
 * pixels.
 */
public final class PlateReduction {
  private final ReductionOptions options;
  private final Optional<SkyModel> base;

  /** A reduction that knows of each plate only what the plate shows. */
  public PlateReduction(ReductionOptions options) {
    this(options, Optional.empty());
  }

  /**
   * @param base model to start from
   */
  public PlateReduction(ReductionOptions options, Optional<SkyModel> base) {
    this.options = options;
    this.base = base;
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
    return reduce(AnalysedPlate.of(frames, options.holdOut(), analysed), sink);
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
    Trained trained = train(plate);
    estimate(plate, trained, sink);
    return trained.methods.steps();
  }

  /** A plate's methods, made ready for it. */
  public static final class Trained {
    private final PlateMethods methods;

    private Trained(PlateMethods methods) {
      this.methods = methods;
    }
  }

  /**
   * Trains a plate's networks.
   *
   * @throws org.skymi.survey.InputException if a frame's grid is not the base model's
   */
  public Trained train(AnalysedPlate plate) {
    return new Trained(new PlateMethods(plate.exposures(), options, base));
  }

  /**
   * Estimates the skies of a plate whose networks are trained.
   *
   * @param sink as in {@link #reduce(PlateFrames, Consumer)}
   * @throws IOException if a frame can't be read for now
   */
  public void estimate(AnalysedPlate plate, Trained trained, Consumer<FrameResult> sink)
      throws IOException {
    PlateFrames frames = plate.frames();
    for (FrameId id : frames.ids()) {
      PlateExposure exposure = plate.exposure(id);
      if (exposure != null) {
        Frame frame =
            frames
                .read(id)
                .orElseThrow(() -> new IOException(id + ": was readable before and no longer is"));
        sink.accept(new FrameEstimate(frame, exposure, trained.methods).result());
      }
    }
  }

  /**
   * Analyses a plate's exposures, by their pairs of frames.
   *
   * @param first index of the plate's first exposure
   * @param holdOut for which folds, see {@link PlateExposure}
   */
  static Map<String, PlateExposure> analyse(PlateFrames frames, int first, HoldOut holdOut)
      throws IOException {
    return analyse(frames, first, holdOut, List.of());
  }

  /** The same, without those that are known. */
  static Map<String, PlateExposure> analyse(
      PlateFrames frames, int first, HoldOut holdOut, List<AnalysedExposure> known)
      throws IOException {
    Map<String, PlateExposure> exposures = new TreeMap<>();
    known.forEach(a -> exposures.put(a.pair(), a.exposure()));
    for (String pair : AnalysedExposure.pairs(frames.ids())) {
      if (!exposures.containsKey(pair)) {
        analyse(frames, pair, first, holdOut).ifPresent(e -> exposures.put(pair, e));
      }
    }
    return exposures;
  }

  /** Analyses one pair of frames of a plate; empty if none of them is usable. */
  static Optional<PlateExposure> analyse(
      PlateFrames frames, String pair, int first, HoldOut holdOut) throws IOException {
    List<FrameId> own = frames.ids().stream().filter(id -> pair(id).equals(pair)).toList();
    List<Integer> minutes = frames.ids().stream().map(FrameId::lmjm).distinct().sorted().toList();
    return analyse(frames, own, first + minutes.indexOf(own.get(0).lmjm()), holdOut);
  }

  /** The key of the pair of frames that a frame belongs to. */
  static String pair(FrameId id) {
    return String.format("%08d %02d", id.lmjm(), id.spectrograph());
  }

  private static Optional<PlateExposure> analyse(
      PlateFrames frames, List<FrameId> pair, int exposure, HoldOut holdOut) throws IOException {
    CleanFrame[] clean = new CleanFrame[Arm.values().length];
    FibreMap fibres = null;
    for (FrameId id : pair) {
      Optional<Frame> frame = frames.read(id);
      if (frame.isEmpty()) {
        continue;
      }
      if (fibres != null && !Arrays.equals(fibres.fibreId(), frame.get().fibres().fibreId())) {
        throw new IOException(id + ": its fibres are not those of the spectrograph's other arm");
      }
      fibres = frame.get().fibres();
      clean[id.arm().ordinal()] = CleanFrame.of(frame.get());
    }
    return fibres == null
        ? Optional.empty()
        : Optional.of(
            new PlateExposure(exposure, pair.get(0).spectrograph(), fibres, clean, holdOut));
  }
}
