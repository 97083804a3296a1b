package org.skymi.plate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.survey.FibreMap;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.InputException;
import org.skymi.survey.Instrument;

/**
 * The analysis of a spectrograph-exposure's frames. What is wrong with one arm sets that arm aside,
 * and the others are analysed without it.
 */
final class PairAnalysis {
  private final PlateFrames frames;
  private final int exposure;
  private final FirstPass pass;

  /**
   * @param exposure index, see {@link PlateExposure}
   */
  PairAnalysis(PlateFrames frames, int exposure, FirstPass pass) {
    this.frames = frames;
    this.exposure = exposure;
    this.pass = pass;
  }

  /** An arm, ready to be analysed. */
  private record Cleaned(FrameId id, FibreMap fibres, CleanFrame clean) {}

  /**
   * Analyses the frames of one spectrograph and exposure; empty if none of them is usable.
   *
   * @throws IOException if one can't be read for now
   */
  Optional<PlateExposure> of(List<FrameId> pair) throws IOException {
    List<Cleaned> arms = new ArrayList<>();
    for (FrameId id : pair) {
      Optional<Frame> frame = frames.read(id);
      if (frame.isPresent()) {
        FibreMap fibres = frame.get().fibres();
        tried(frames, List.of(id), () -> new Cleaned(id, fibres, CleanFrame.of(frame.get())))
            .ifPresent(arms::add);
      }
    }
    setAsideTheOddArms(arms);
    return arms.isEmpty() ? Optional.empty() : analysed(arms);
  }

  private Optional<PlateExposure> analysed(List<Cleaned> arms) {
    try {
      return Optional.of(analyse(arms));
    } catch (InputException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      // One arm may be to blame: each shows by itself. The red comes first, it has the more lines.
      for (int a = arms.size() - 1; a >= 0; a--) {
        List<Cleaned> one = List.of(arms.get(a));
        Optional<PlateExposure> alone = tried(frames, List.of(one.get(0).id()), () -> analyse(one));
        if (alone.isPresent()) {
          arms.stream()
              .filter(arm -> arm != one.get(0))
              .forEach(arm -> frames.setAside(arm.id(), PlateReduction.NOT_REDUCED, e.toString()));
          return alone;
        }
      }
      return Optional.empty();
    }
  }

  private PlateExposure analyse(List<Cleaned> arms) {
    Instrument instrument = arms.get(0).clean().grid().instrument();
    CleanFrame[] clean = new CleanFrame[instrument.arms().size()];
    arms.forEach(arm -> clean[arm.id().arm().ordinal()] = arm.clean());
    Cleaned last = arms.get(arms.size() - 1);
    return new PlateExposure(last.id(), exposure, last.fibres(), clean, pass);
  }

  /**
   * The arms with other fibres than most go; of two the one whose fibres are not in the slit's
   * order.
   */
  private void setAsideTheOddArms(List<Cleaned> arms) {
    Cleaned usual = arms.isEmpty() ? null : arms.get(0);
    for (Cleaned arm : arms) {
      if (agreeing(arms, arm) > agreeing(arms, usual)
          || agreeing(arms, arm) == agreeing(arms, usual)
              && (isInOrder(arm.fibres()) || !isInOrder(usual.fibres()))) {
        usual = arm;
      }
    }
    for (Cleaned arm : List.copyOf(arms)) {
      int differing = differing(arm.fibres(), usual.fibres());
      if (differing >= 0) {
        arms.remove(arm);
        frames.setAside(
            arm.id(),
            PlateReduction.ARMS_DISAGREE,
            "its fibres are not those of the spectrograph's other arm, from row "
                + differing
                + " on");
      }
    }
  }

  private static long agreeing(List<Cleaned> arms, Cleaned one) {
    return arms.stream().filter(arm -> differing(arm.fibres(), one.fibres()) < 0).count();
  }

  /** The first row in which two maps have different fibres, -1 if none. */
  private static int differing(FibreMap first, FibreMap second) {
    return first.size() != second.size()
        ? Math.min(first.size(), second.size())
        : IntStream.range(0, first.size())
            .filter(i -> first.fibreId()[i] != second.fibreId()[i])
            .findFirst()
            .orElse(-1);
  }

  private static boolean isInOrder(FibreMap fibres) {
    int[] id = fibres.fibreId();
    return IntStream.range(1, id.length).allMatch(i -> id[i - 1] < id[i]);
  }

  /**
   * What a step gives, or nothing, if it fails by what the frames hold: they are set aside then.
   * What another try or another model may cure is thrown.
   */
  static <T> Optional<T> tried(PlateFrames frames, List<FrameId> ids, Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (InputException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      ids.forEach(
          id -> frames.setAside(id, PlateReduction.NOT_REDUCED, "the estimate failed: " + e));
      return Optional.empty();
    }
  }
}
