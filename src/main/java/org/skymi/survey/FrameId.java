package org.skymi.survey;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Locale;

/**
 * A frame: one exposure of a plate, through one spectrograph and arm.
 *
 * @param plate the plate
 * @param lmjm the exposure's local modified Julian minute, 8 digits
 * @param spectrograph from 1, card SPID
 * @param arm one of its instrument's
 */
public record FrameId(PlateId plate, int lmjm, int spectrograph, Arm arm)
    implements Comparable<FrameId>, Serializable {
  private static final Comparator<FrameId> ORDER =
      Comparator.comparing(FrameId::plate)
          .thenComparingInt(FrameId::lmjm)
          .thenComparingInt(FrameId::spectrograph)
          .thenComparing(FrameId::arm);

  @Override
  public int compareTo(FrameId other) {
    return ORDER.compare(this, other);
  }

  /**
   * The file name of the frame, without its ending: {@code frame-{LMJM}-{PLANID}_sp{SS}{b|r|..}}.
   */
  public String fileStem() {
    return String.format(
        Locale.ROOT, "frame-%08d-%s_sp%02d%c", lmjm, plate.planId(), spectrograph, arm.letter());
  }

  @Override
  public String toString() {
    return fileStem();
  }
}
