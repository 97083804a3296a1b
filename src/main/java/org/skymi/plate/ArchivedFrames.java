package org.skymi.plate;

import java.util.List;
import java.util.Optional;
import org.skymi.campaign.PlannedInput;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

/** Frames that are made of an archive's files. */
interface ArchivedFrames extends PlateFrames {
  /**
   * A simulation's truth, to judge an estimate that is made; none if it can't be read.
   *
   * @param frame as {@link #read} gave it
   */
  Optional<float[][]> truth(Frame frame);

  /** The files that a frame was made of. */
  List<PlannedInput> inputs(FrameId id);

  /** Time spent on reading a frame so far. */
  double secondsOf(FrameId id);
}
