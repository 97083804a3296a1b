package org.skymi.fits;

import static org.skymi.fits.ImageHduWriter.bytes;
import static org.skymi.fits.ImageHduWriter.image;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.skymi.survey.Frame;
import org.skymi.survey.Instrument;
import org.skymi.survey.Pointing;

/**
 * Writes fibre frames, docs/formats.md section 1, with CHECKSUM and DATASUM in every HDU. Equal
 * frames give equal bytes.
 */
public final class FrameWriter {
  static final String TRUTH_SKY = "TRUTH_SKY";
  static final String SUPERSKY = "SUPERSKY";

  private FrameWriter() {}

  /**
   * Writes a frame as plain FITS; the stream is left open.
   *
   * @param truthSky noiseless sky, {@code [nFibre][nPixel]}, electron; simulations only
   * @param superSky the survey pipeline's sky, {@code [nFibre][nPixel]}, electron
   * @throws IllegalArgumentException if the images differ in shape, or a text does not fit its
   *     column
   */
  public static void write(
      Frame frame, Optional<float[][]> truthSky, Optional<float[][]> superSky, OutputStream out)
      throws IOException {
    int n = frame.fibreCount();
    int width = frame.pixelCount();
    primaryHeader(frame).write(bytes(frame.flux(), n, width), out);
    image("IVAR", -32, width, n).write(bytes(frame.ivar(), n, width), out);
    image("MASK", 32, width, n).write(bytes(frame.mask(), n, width), out);
    image("WAVELENGTH", -64, width, n)
        .card(LamostKeyword.BUNIT, "Angstrom")
        .write(bytes(frame.wavelength(), n, width), out);
    FibreMapTable.of(frame.fibres()).write(FibreMapTable.NAME, out);
    for (var sky : superSky.stream().toList()) {
      image(SUPERSKY, -32, width, n).write(bytes(sky, n, width), out);
    }
    for (var sky : truthSky.stream().toList()) {
      image(TRUTH_SKY, -32, width, n).write(bytes(sky, n, width), out);
    }
  }

  /**
   * A gzip stream at the fastest level, without time or name, so that equal content gives equal
   * bytes. Close it to end the stream.
   */
  public static OutputStream gzip(OutputStream out) throws IOException {
    return new GZIPOutputStream(out, 1 << 16) {
      {
        def.setLevel(Deflater.BEST_SPEED);
      }
    };
  }

  private static HduWriter primaryHeader(Frame frame) {
    return exposure(frame).card(LamostKeyword.FRAME_VERSION, FitsHeaders.FRAME_VERSION);
  }

  /** The primary header of an image in electron, with identity and exposure. */
  static HduWriter exposure(Frame frame) {
    Pointing pointing = frame.pointing();
    return HduWriter.primary()
        .shape(-32, frame.pixelCount(), frame.fibreCount())
        .card("EXTEND", true, "")
        .card("EXTNAME", "FLUX", "")
        .card(LamostKeyword.BUNIT, "electron")
        .card(LamostKeyword.TELESCOPE, Instrument.of(frame.id().plate()).telescope())
        .card(LamostKeyword.DATE_OBS, pointing.dateObs())
        .card(LamostKeyword.LMJD, frame.id().plate().lmjd())
        .card(LamostKeyword.LMJM, frame.id().lmjm())
        .card(LamostKeyword.PLAN_ID, frame.id().plate().planId())
        .card(LamostKeyword.SPECTROGRAPH, frame.id().spectrograph())
        .card(LamostKeyword.ARM, String.valueOf(frame.id().arm().letter()))
        .card(LamostKeyword.EXPOSURE_TIME, pointing.exposureTime())
        .cardIfKnown(LamostKeyword.RA, pointing.ra())
        .cardIfKnown(LamostKeyword.DEC, pointing.dec())
        .cardIfKnown(LamostKeyword.AIRMASS, pointing.airmass())
        .cardIfKnown(LamostKeyword.MOON_PHASE, pointing.moonPhase())
        .cardIfKnown(LamostKeyword.MOON_SEPARATION, pointing.moonSeparation())
        .card(LamostKeyword.VACUUM.key(), true, LamostKeyword.VACUUM.comment());
  }
}
