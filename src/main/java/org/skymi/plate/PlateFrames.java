package org.skymi.plate;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

/** The frames of a plate, read when they are needed: a plate does not fit into memory. */
public interface PlateFrames {
  /** Frames that are in memory, and stay as they are. */
  static PlateFrames of(Map<FrameId, Frame> frames) {
    return new PlateFrames() {
      @Override
      public List<FrameId> ids() {
        return frames.keySet().stream().sorted().toList();
      }

      @Override
      public Optional<Frame> read(FrameId id) {
        return Optional.ofNullable(frames.get(id));
      }
    };
  }

  /** Identities, sorted. */
  List<FrameId> ids();

  /**
   * Reads a frame, again at every call.
   *
   * @return the frame; empty if its file was rejected (the caller of the reduction knows why), now
   *     and ever after
   * @throws IOException if reading fails for a reason that another try may cure
   */
  Optional<Frame> read(FrameId id) throws IOException;

  /**
   * Sets a frame aside that could be read but not reduced; the rest of the plate goes on.
   *
   * @param reason a code, like those of files that can't be read
   * @param why in one line
   * @throws IllegalArgumentException if frames must not fail
   */
  default void setAside(FrameId id, String reason, String why) {
    throw new IllegalArgumentException(id + ": " + reason + ": " + why);
  }

  /** Where what the first pass made of frames may wait for the second. */
  default Scratch scratch() {
    return Scratch.none();
  }
}
