package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.UNKNOWN_KIND;
import static org.skymi.fits.ImageHduWriter.bytes;
import static org.skymi.fits.ImageHduWriter.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skymi.fits.SubtractedFrameWriter.Provenance;
import org.skymi.release.CorrectedSpectrum;
import org.skymi.survey.InputException;
import org.skymi.survey.ReleaseSpectrum;
import org.skymi.survey.SkySpectrum;

/**
 * Writes files of released spectra less the sky that was left in them, docs/fits-out.md, in the
 * layout that they came in: every card and every byte of data as it was, but flux and ivar, and the
 * sky that was subtracted if the file has it, of the pixels from which something is taken. Card
 * SKYSUB keeps them from being corrected once more.
 */
public final class CorrectedSpectrumWriter {
  private static final int CARD = 80;

  private static final String TAKEN = "SKYTAKEN";

  /** Letter of both arms together, as in the tables. */
  public static final char COMBINED = 'c';

  /** Cards that are written anew. */
  private static final Set<String> REPLACED = Set.of("CHECKSUM", "DATASUM", "END");

  private static final Pattern AXIS = Pattern.compile("NAXIS(\\d{1,3})");

  private static final Pattern BLANK_IN_TIME =
      Pattern.compile("^(DATE    = '\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d)");

  private final FitsFile file;
  private final FileIdentity identity;
  private final List<Stored> spectra;

  /** The HDUs' cards, to be added to. */
  private final List<HduWriter> copies = new ArrayList<>();

  private CorrectedSpectrumWriter(FitsFile file, FileIdentity identity, List<Stored> spectra)
      throws FitsRejection {
    this.file = file;
    this.identity = identity;
    this.spectra = spectra;
    for (Hdu hdu : file.hdus()) {
      copies.add(copy(hdu));
    }
  }

  /**
   * One of a file's spectra.
   *
   * @param flux as its reader has it, {@code [nPixel]}
   * @param ivar likewise
   * @param lmjm minute of the exposure, 0 of one that is co-added
   * @param columns views of the file's bytes
   * @param descending whether it is stored from the red end
   */
  private record Stored(
      float[] flux,
      float[] ivar,
      int lmjm,
      char arm,
      Hdu hdu,
      Columns columns,
      boolean descending) {
    static Stored ofRelease(FitsFile file, FileIdentity identity) throws FitsRejection {
      ReleaseSpectrum s = ReleaseSpectrumReader.read(file, identity);
      ReleasePixels.Stored pixels = ReleasePixels.stored(file);
      Columns columns = new Columns(pixels.flux(), pixels.ivar(), Optional.empty());
      return new Stored(s.flux(), s.ivar(), 0, COMBINED, file.primary(), columns, false);
    }

    static Stored ofSky(FitsFile file, FileIdentity identity) throws FitsRejection {
      SkySpectrum s = SdssSpectrumReader.read(file, identity);
      Hdu hdu = SdssSpectrumReader.pixels(file);
      TableHdu table = new TableHdu(hdu);
      Columns columns =
          new Columns(table.reals("FLUX"), table.reals("IVAR"), Optional.of(table.reals("SKY")));
      return new Stored(s.flux(), s.ivar(), 0, COMBINED, hdu, columns, false);
    }

    static Stored ofMedium(MediumSpectrumReader.Stored s) throws FitsRejection {
      ReleaseSpectrum spectrum = s.spectrum().spectrum();
      return new Stored(
          spectrum.flux(),
          spectrum.ivar(),
          s.spectrum().lmjm(),
          s.spectrum().arm().letter(),
          s.hdu(),
          new Columns(s.reals("FLUX"), s.reals("IVAR"), Optional.empty()),
          s.descending());
    }

    /** Where a pixel is in the file. */
    int place(int pixel) {
      return descending ? flux.length - 1 - pixel : pixel;
    }
  }

  /**
   * What a correction changes.
   *
   * @param sky what was subtracted, if the file has it
   */
  private record Columns(StoredReals flux, StoredReals ivar, Optional<StoredReals> sky) {}

  /**
   * What was found to be left in one spectrum; arrays are {@code [nPixel]}.
   *
   * @param lmjm minute of the exposure, 0 of one that is co-added
   * @param arm b, r, or c of both together
   * @param flux that it was found in
   * @param ivar of that flux
   * @param sky the residual sky: that of a spectrum with its sky is by how much the sky is more
   * @param skyIvar its inverse variance, 0 where nothing is taken
   * @param source whose sky it is, {@code super} if a set of spectra without their skies is left
   *     alone
   */
  public record Left(
      int lmjm,
      char arm,
      float[] flux,
      float[] ivar,
      float[] sky,
      float[] skyIvar,
      String source) {}

  /**
   * What becomes of one spectrum.
   *
   * @param touched pixels that something is taken from
   */
  private record Correction(Stored stored, Left left, CorrectedSpectrum corrected, int touched) {
    static Correction of(Stored stored, Left left) {
      CorrectedSpectrum corrected =
          CorrectedSpectrum.of(left.flux(), left.ivar(), left.sky(), left.skyIvar());
      int touched = 0;
      for (boolean t : corrected.touched()) {
        touched += t ? 1 : 0;
      }
      return new Correction(stored, left, corrected, touched);
    }

    /** Changes the file's bytes where something is taken. */
    void put() {
      for (int p = 0; p < corrected.touched().length; p++) {
        if (corrected.touched()[p]) {
          int at = stored.place(p);
          stored.columns().flux().put(at, corrected.flux()[p]);
          stored.columns().ivar().put(at, corrected.ivar()[p]);
          float more = left.sky()[p];
          stored.columns().sky().ifPresent(sky -> sky.put(at, sky.get(at) + more));
        }
      }
    }

    /** Writes what was taken, pixels as in the file. */
    void write(OutputStream out) throws IOException {
      int n = corrected.touched().length;
      float[][] taken = new float[2][n];
      int[] mask = new int[n];
      for (int p = 0; p < n; p++) {
        if (corrected.touched()[p]) {
          taken[0][stored.place(p)] = left.sky()[p];
          taken[1][stored.place(p)] = left.skyIvar()[p];
          mask[stored.place(p)] = 1;
        }
      }
      String of = stored.arm() == COMBINED ? "" : "_" + stored.hdu().name();
      image("RESIDSKY" + of, -32, n, 2)
          .card("ROW1", "residual sky taken from flux", "")
          .card("ROW2", "its inverse variance", "")
          .write(bytes(taken, 2, n), out);
      image("TOUCHED" + of, 32, n, 1).write(bytes(new int[][] {mask}, 1, n), out);
    }
  }

  /**
   * A writer of a file's spectra, good for once.
   *
   * @param raw the whole file
   * @throws FitsRejection as {@link ReleaseSpectrumReader#read}, {@link MediumSpectrumReader#read}
   *     or {@link SdssSpectrumReader#read}, and if flux or ivar are stored as integers, which can't
   *     hold what is left
   */
  public static CorrectedSpectrumWriter of(String path, byte[] raw, FitsLimits limits)
      throws FitsRejection {
    FitsFile file = FitsFile.open(path, raw.clone(), limits);
    FileIdentity identity = FitsHeaders.identity(path, file.primary().cards());
    List<Stored> spectra = new ArrayList<>();
    switch (identity.kind()) {
      case RELEASE_SPECTRUM -> spectra.add(Stored.ofRelease(file, identity));
      case SKY_SPECTRUM -> spectra.add(Stored.ofSky(file, identity));
      case MEDIUM_SPECTRUM -> {
        for (MediumSpectrumReader.Stored s : MediumSpectrumReader.read(file, identity)) {
          spectra.add(Stored.ofMedium(s));
        }
      }
      default -> throw file.primary().reject(UNKNOWN_KIND, "no released spectrum");
    }
    return new CorrectedSpectrumWriter(file, identity, spectra);
  }

  /** What the file holds. */
  public FileIdentity identity() {
    return identity;
  }

  /**
   * Writes the file as plain FITS; the stream is left open.
   *
   * @param left in its spectra; those that none is given for are left alone
   * @throws InputException if the file has no such spectrum, or another flux or ivar than the sky
   *     was found in: nothing is written then
   */
  public void write(List<Left> left, Provenance from, OutputStream out) throws IOException {
    List<Correction> corrections = new ArrayList<>();
    for (Left l : left) {
      Correction correction = Correction.of(find(l), l);
      if (correction.touched() > 0) {
        corrections.add(correction);
      }
    }
    corrections.forEach(Correction::put);
    boolean hasSky = identity.kind() == FitsKind.SKY_SPECTRUM;
    String method =
        left.stream()
            .map(Left::source)
            .filter(s -> hasSky || !s.equals("super"))
            .findFirst()
            .orElse("none");
    for (Hdu hdu : file.hdus()) {
      HduWriter copy = copies.get(hdu.index());
      int touched =
          corrections.stream()
              .filter(c -> hdu.index() == 0 || c.stored().hdu() == hdu)
              .mapToInt(Correction::touched)
              .sum();
      if (hdu.index() == 0) {
        copy.card(
                SubtractedFrameWriter.SUBTRACTED,
                true,
                hasSky ? "FLUX is less another SKY" : "residual sky is looked after")
            .card(
                "SKYMETH",
                method,
                hasSky ? "whose SKY, from the blue arm on" : "none: the set is left alone")
            .card(TAKEN, touched, "pixels changed, see HDUs TOUCHED")
            .card("CAMPAIGN", from.campaign(), "of the correction")
            .card("MANIFEST", from.manifest(), "state of the campaign")
            .card("RUNID", from.runId(), "run that estimated it")
            .card("CREATOR", from.software(), "program that estimated it");
      } else if (touched > 0) {
        copy.card(TAKEN, touched, "pixels changed");
      }
      copy.write(
          Arrays.copyOfRange(hdu.bytes(), hdu.dataOffset(), hdu.dataOffset() + hdu.dataLength()),
          out);
    }
    for (Correction correction : corrections) {
      correction.write(out);
    }
  }

  private Stored find(Left left) {
    for (Stored s : spectra) {
      if (s.lmjm() == left.lmjm() && s.arm() == left.arm()) {
        boolean same = Arrays.equals(s.flux(), left.flux()) && Arrays.equals(s.ivar(), left.ivar());
        if (same) {
          return s;
        }
        throw new InputException(
            identity + " has another flux or ivar than when it was reprocessed: reprocess first");
      }
    }
    throw new InputException(
        identity + " has no spectrum " + left.arm() + " of minute " + left.lmjm() + " any more");
  }

  /**
   * The cards of an HDU, but those that the standard forbids: axes that the HDU has not, of which
   * tables of the releases have two, and a blank in the time at which the file was made.
   */
  private static HduWriter copy(Hdu hdu) throws FitsRejection {
    HduWriter copy = new HduWriter();
    long axes = hdu.cards().requiredInteger("NAXIS");
    for (int at = hdu.headerOffset(); at + CARD <= hdu.dataOffset(); at += CARD) {
      String card = new String(hdu.bytes(), at, CARD, StandardCharsets.ISO_8859_1);
      String name = card.substring(0, 8).strip();
      if (name.equals("END")) {
        return copy;
      }
      Matcher axis = AXIS.matcher(name);
      boolean isStray = axis.matches() && Integer.parseInt(axis.group(1)) > axes;
      if (!REPLACED.contains(name) && !isStray) {
        copy.image(BLANK_IN_TIME.matcher(card).replaceFirst("$1T$2"));
      }
    }
    return copy;
  }
}
