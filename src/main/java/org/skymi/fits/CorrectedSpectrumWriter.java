package org.skymi.fits;

import static org.skymi.fits.ImageHduWriter.bytes;
import static org.skymi.fits.ImageHduWriter.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.skymi.fits.SubtractedFrameWriter.Provenance;
import org.skymi.release.CorrectedSpectrum;
import org.skymi.survey.ReleaseSpectrum;

/**
 * Writes released spectra less the sky that was left in them, docs/fits-out.md, in the layout that
 * they came in: every card and every byte of data as it was, but flux and ivar of the pixels from
 * which something is taken. Card SKYSUB keeps them from being corrected once more.
 */
public final class CorrectedSpectrumWriter {
  private static final int CARD = 80;

  /** Cards that are written anew. */
  private static final Set<String> REPLACED = Set.of("CHECKSUM", "DATASUM", "END");

  private final FitsFile file;
  private final ReleasePixels.Stored stored;
  private final ReleaseSpectrum spectrum;

  private CorrectedSpectrumWriter(
      FitsFile file, ReleasePixels.Stored stored, ReleaseSpectrum spectrum) {
    this.file = file;
    this.stored = stored;
    this.spectrum = spectrum;
  }

  /**
   * A writer of a file's spectrum, good for once.
   *
   * @param raw the whole file
   * @throws FitsRejection as {@link ReleaseSpectrumReader#read}, and if flux or ivar are stored as
   *     integers, which can't hold what is left
   */
  public static CorrectedSpectrumWriter of(String path, byte[] raw, FitsLimits limits)
      throws FitsRejection {
    ReleaseSpectrum spectrum = ReleaseSpectrumReader.read(path, raw, limits);
    FitsFile file = FitsFile.open(path, raw.clone(), limits);
    return new CorrectedSpectrumWriter(file, ReleasePixels.stored(file), spectrum);
  }

  /** The spectrum as released. */
  public ReleaseSpectrum spectrum() {
    return spectrum;
  }

  /**
   * Writes the spectrum as plain FITS; the stream is left open.
   *
   * @param sky the residual sky, {@code [nPixel]}
   * @param skyIvar its inverse variance, 0 where nothing is taken
   * @param source whose sky it is, {@code super} if the set is left alone
   */
  public void write(float[] sky, float[] skyIvar, String source, Provenance from, OutputStream out)
      throws IOException {
    CorrectedSpectrum corrected =
        CorrectedSpectrum.of(spectrum.flux(), spectrum.ivar(), sky, skyIvar);
    int touched = put(corrected);
    for (Hdu hdu : file.hdus()) {
      HduWriter copy = copy(hdu);
      if (hdu.index() == 0) {
        copy.card(SubtractedFrameWriter.SUBTRACTED, true, "residual sky is looked after")
            .card(
                "SKYMETH", source.equals("super") ? "none" : source, "none: the set is left alone")
            .card("SKYTAKEN", touched, "pixels changed, see HDU TOUCHED")
            .card("CAMPAIGN", from.campaign(), "of the correction")
            .card("MANIFEST", from.manifest(), "state of the campaign")
            .card("RUNID", from.runId(), "run that estimated it")
            .card("CREATOR", from.software(), "program that estimated it");
      }
      copy.write(
          Arrays.copyOfRange(hdu.bytes(), hdu.dataOffset(), hdu.dataOffset() + hdu.dataLength()),
          out);
    }
    int n = sky.length;
    float[][] taken = new float[2][n];
    int[] mask = new int[n];
    for (int p = 0; p < n; p++) {
      if (corrected.touched()[p]) {
        taken[0][p] = sky[p];
        taken[1][p] = skyIvar[p];
        mask[p] = 1;
      }
    }
    image("RESIDSKY", -32, n, 2)
        .card("ROW1", "residual sky taken from flux", "")
        .card("ROW2", "its inverse variance", "")
        .write(bytes(taken, 2, n), out);
    image("TOUCHED", 32, n, 1).write(bytes(new int[][] {mask}, 1, n), out);
  }

  /** Changes the file's flux and ivar where something is taken; the number of such pixels. */
  private int put(CorrectedSpectrum corrected) {
    int touched = 0;
    for (int p = 0; p < corrected.touched().length; p++) {
      if (corrected.touched()[p]) {
        stored.flux().put(p, corrected.flux()[p]);
        stored.ivar().put(p, corrected.ivar()[p]);
        touched++;
      }
    }
    return touched;
  }

  private static HduWriter copy(Hdu hdu) {
    HduWriter copy = new HduWriter();
    for (int at = hdu.headerOffset(); at + CARD <= hdu.dataOffset(); at += CARD) {
      String card = new String(hdu.bytes(), at, CARD, StandardCharsets.ISO_8859_1);
      String name = card.substring(0, 8).strip();
      if (name.equals("END")) {
        return copy;
      }
      if (!REPLACED.contains(name)) {
        copy.image(card);
      }
    }
    return copy;
  }
}
