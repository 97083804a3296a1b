package org.skymi.fits;

import static org.skymi.fits.ImageHduWriter.bytes;
import static org.skymi.fits.ImageHduWriter.image;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import org.skymi.sky.frame.SubtractedFrame;
import org.skymi.survey.Frame;

/**
 * Writes sky-subtracted frames, docs/fits-out.md, patterned on DESI's sframe: FLUX, IVAR, MASK,
 * WAVELENGTH, FIBERMAP, SKY, SKYIVAR, with CHECKSUM and DATASUM in every HDU. Equal content gives
 * equal bytes. No card FRAMEVER: nothing may take the sky from such a file once more.
 */
public final class SubtractedFrameWriter {
  /** The card that says so, a logical. */
  static final String SUBTRACTED = "SKYSUB";

  private static final String INVERSE = "electron**-2";
  private static final int FLAG_WIDTH = 16;
  private static final int METHOD_WIDTH = 6;

  private SubtractedFrameWriter() {}

  /**
   * Where a sky is from.
   *
   * @param campaign its name
   * @param manifest number of the state that was exported
   * @param runId of the run that made the plate
   * @param model digest of the base model, {@code none} without one
   * @param software version of the program that estimated it
   * @param method that was asked for its sky: {@code super}, {@code full}, {@code memory}, {@code
   *     smi}
   */
  public record Provenance(
      String campaign, int manifest, String runId, String model, String software, String method)
      implements Serializable {}

  /**
   * What was said of each fibre; one entry per fibre.
   *
   * @param flag a name of {@link org.skymi.sky.calibrate.FibreFlag}
   * @param method whose sky it is: the one that was asked for, or the one it fell back to
   * @param throughput relative to the spectrograph's mean sky fibre
   */
  public record FibreNotes(String[] flag, String[] method, float[] throughput) {}

  /**
   * Writes a frame as plain FITS; the stream is left open.
   *
   * @throws IllegalArgumentException if a text does not fit its column or card
   */
  public static void write(
      SubtractedFrame subtracted, FibreNotes notes, Provenance from, OutputStream out)
      throws IOException {
    Frame frame = subtracted.frame();
    int n = frame.fibreCount();
    int width = frame.pixelCount();
    provenance(FrameWriter.exposure(frame), from).write(bytes(subtracted.flux(), n, width), out);
    image("IVAR", -32, width, n)
        .card(LamostKeyword.BUNIT, INVERSE)
        .write(bytes(subtracted.ivar(), n, width), out);
    image("MASK", 32, width, n).write(bytes(subtracted.mask(), n, width), out);
    image("WAVELENGTH", -64, width, n)
        .card(LamostKeyword.BUNIT, "Angstrom")
        .write(bytes(frame.wavelength(), n, width), out);
    noted(FibreMapTable.of(frame.fibres()), notes).write(FibreMapTable.NAME, out);
    image("SKY", -32, width, n)
        .card(LamostKeyword.BUNIT, "electron")
        .write(bytes(subtracted.sky(), n, width), out);
    image("SKYIVAR", -32, width, n)
        .card(LamostKeyword.BUNIT, INVERSE)
        .write(bytes(subtracted.skyIvar(), n, width), out);
  }

  /** A primary header with where its sky is from. */
  static HduWriter provenance(HduWriter header, Provenance from) {
    return header
        .card(SUBTRACTED, true, "the sky is subtracted")
        .card("SKYMETH", from.method(), "whose sky; column METHOD: after fallbacks")
        .card("CAMPAIGN", from.campaign(), "of the sky")
        .card("MANIFEST", from.manifest(), "state of the campaign")
        .card("RUNID", from.runId(), "run that estimated the sky")
        .card("SKYMODEL", from.model(), "")
        .card("CREATOR", from.software(), "program that estimated it");
  }

  /** A fibre map with what was said of each fibre. */
  static TableHduWriter noted(TableHduWriter fibres, FibreNotes notes) {
    return fibres
        .texts("FLAG", FLAG_WIDTH, i -> notes.flag()[i])
        .texts("METHOD", METHOD_WIDTH, i -> notes.method()[i])
        .floats("THROUGHPUT", "", notes.throughput());
  }
}
