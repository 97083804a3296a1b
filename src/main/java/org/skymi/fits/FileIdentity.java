package org.skymi.fits;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import org.skymi.survey.Arm;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.PlateId;

/**
 * What a file holds, by its header. Two files of equal identity hold the same observation.
 *
 * @param kind what the file is; all else is null or 0 for {@link FitsKind#OTHER}
 * @param plate the plate
 * @param spectrograph from 1
 * @param lmjm a frame's local modified Julian minute, 0 for a spectrum
 * @param arm a frame's arm, null for a spectrum
 * @param fibreId a spectrum's fibre, from 1; 0 for a frame
 */
public record FileIdentity(
    FitsKind kind, PlateId plate, int spectrograph, int lmjm, Arm arm, int fibreId)
    implements Serializable {
  /** The identity of all files that are not read. */
  public static final FileIdentity OTHER = new FileIdentity(FitsKind.OTHER, null, 0, 0, null, 0);

  /** The identity of a frame. */
  public static FileIdentity frame(FrameId id) {
    return new FileIdentity(FitsKind.FRAME, id.plate(), id.spectrograph(), id.lmjm(), id.arm(), 0);
  }

  /** The identity of the survey's own sky of a frame. */
  public static FileIdentity frameSky(FrameId id) {
    return new FileIdentity(
        FitsKind.FRAME_SKY, id.plate(), id.spectrograph(), id.lmjm(), id.arm(), 0);
  }

  /** The identity of a release spectrum. */
  public static FileIdentity releaseSpectrum(PlateId plate, int spectrograph, int fibreId) {
    return new FileIdentity(FitsKind.RELEASE_SPECTRUM, plate, spectrograph, 0, null, fibreId);
  }

  /** The identity of a fibre's medium-resolution spectra. */
  public static FileIdentity mediumSpectrum(PlateId plate, int spectrograph, int fibreId) {
    return new FileIdentity(FitsKind.MEDIUM_SPECTRUM, plate, spectrograph, 0, null, fibreId);
  }

  /** The identity of a spectrum with its sky. */
  public static FileIdentity skySpectrum(PlateId plate, int spectrograph, int fibreId) {
    return new FileIdentity(FitsKind.SKY_SPECTRUM, plate, spectrograph, 0, null, fibreId);
  }

  /** The frame, if it is one or one's sky. */
  public Optional<FrameId> frameId() {
    return kind == FitsKind.FRAME || kind == FitsKind.FRAME_SKY
        ? Optional.of(new FrameId(plate, lmjm, spectrograph, arm))
        : Optional.empty();
  }

  /** The survey's own name for such a file, without its ending. */
  @Override
  public String toString() {
    return switch (kind) {
      case FRAME -> new FrameId(plate, lmjm, spectrograph, arm).fileStem();
      case FRAME_SKY -> "sky of " + new FrameId(plate, lmjm, spectrograph, arm).fileStem();
      case RELEASE_SPECTRUM, MEDIUM_SPECTRUM ->
          String.format(
              Locale.ROOT,
              "%s-%05d-%s_sp%02d-%03d",
              kind == FitsKind.MEDIUM_SPECTRUM ? "med" : "spec",
              plate.lmjd(),
              plate.planId(),
              spectrograph,
              fibreId);
      case SKY_SPECTRUM ->
          String.format(
              Locale.ROOT,
              "spec-%s-%05d-%04d",
              plate.planId().substring(Instrument.BOSS.plans().length()),
              plate.lmjd(),
              fibreId);
      case OTHER -> "other";
    };
  }
}
