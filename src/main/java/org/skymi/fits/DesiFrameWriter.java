package org.skymi.fits;

import static org.skymi.fits.ImageHduWriter.bytes;
import static org.skymi.fits.ImageHduWriter.image;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.skymi.fits.SubtractedFrameWriter.FibreNotes;
import org.skymi.fits.SubtractedFrameWriter.Provenance;
import org.skymi.sky.frame.SubtractedFrame;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.MaskBit;
import org.skymi.survey.Pointing;

/**
 * Writes frames and skies in DESI's layout, after desihub/desidatamodel: FLUX, IVAR, MASK,
 * WAVELENGTH, FIBERMAP per Angstrom on one vector of wavelengths, with CHECKSUM and DATASUM in
 * every HDU. Equal frames give equal bytes.
 */
public final class DesiFrameWriter {
  private static final String PER_ANGSTROM = "electron/Angstrom";
  private static final double MJD_OF_EPOCH = 40587;
  private static final double SECONDS_OF_DAY = 86400;

  /** FIBERSTATUS, MASK and DESI_TARGET as DesiFrameReader reads them. */
  private static final int BAD_FIBRE = 1 << 16;

  private static final int BAD_POSITION = 1 << 9;
  private static final int UNASSIGNED = 1;
  private static final long STANDARD = 1L << 34;

  private final Frame frame;
  private final int n;
  private final int width;
  private final double[] wavelength;
  private final double barycentric;

  /**
   * @param barycentric what wavelengths are multiplied by
   * @throws IllegalArgumentException unless all fibres have the same wavelengths
   */
  private DesiFrameWriter(Frame frame, double barycentric) {
    this.frame = frame;
    this.barycentric = barycentric;
    this.n = frame.fibreCount();
    this.width = frame.pixelCount();
    this.wavelength = frame.wavelength()[0];
    if (!Arrays.stream(frame.wavelength()).allMatch(w -> Arrays.equals(w, wavelength))) {
      throw new IllegalArgumentException(frame.id() + ": fibres differ in their wavelengths");
    }
  }

  /**
   * The name of a file, without its ending: {@code frame-b0-00012345}.
   *
   * @param kind {@code frame}, {@code sky} or {@code sframe}
   */
  public static String name(String kind, FrameId id) {
    return String.format(Locale.ROOT, "%s-%s-%08d", kind, DesiHeader.camera(id), id.lmjm());
  }

  /**
   * Writes a frame as plain FITS; the stream is left open.
   *
   * @param truthSky noiseless sky, {@code [nFibre][nPixel]}, electron; simulations only
   */
  public static void write(Frame frame, Optional<float[][]> truthSky, OutputStream out)
      throws IOException {
    DesiFrameWriter writer = new DesiFrameWriter(frame, 1);
    writer.images(
        writer.primary("FLUX"), new Images(frame.flux(), frame.ivar(), frame.mask()), out);
    if (frame.widths().isStated()) {
      writer.resolution(out);
    }
    writer.fibres().write("FIBERMAP", out);
    for (var sky : truthSky.stream().toList()) {
      writer.image(FrameWriter.TRUTH_SKY, writer.scaled(sky, -1), out);
    }
  }

  /** Whether a frame is DESI's, and so is exported in this layout. */
  public static boolean isFor(FrameId id) {
    return Instrument.of(id.plate()).equals(Instrument.DESI);
  }

  /**
   * Writes a sky-subtracted frame as plain FITS, as DESI's sframe; the stream is left open. It is
   * never an input.
   *
   * @param barycentric what the input's wavelengths were multiplied by, {@code HELIOCOR}
   */
  public static void writeSubtracted(
      SubtractedFrame subtracted,
      FibreNotes notes,
      Provenance from,
      double barycentric,
      OutputStream out)
      throws IOException {
    DesiFrameWriter writer = new DesiFrameWriter(subtracted.frame(), barycentric);
    writer.images(
        SubtractedFrameWriter.provenance(writer.primary("FLUX"), from),
        new Images(subtracted.flux(), subtracted.ivar(), subtracted.mask()),
        out);
    SubtractedFrameWriter.noted(writer.fibres(), notes).write("FIBERMAP", out);
  }

  /**
   * Writes the sky of a sky-subtracted frame as plain FITS, as DESI's sky; the stream is left open.
   * It is never an input.
   *
   * @param barycentric as in {@link #writeSubtracted}
   */
  public static void writeSky(
      SubtractedFrame subtracted, Provenance from, double barycentric, OutputStream out)
      throws IOException {
    DesiFrameWriter writer = new DesiFrameWriter(subtracted.frame(), barycentric);
    HduWriter primary = SubtractedFrameWriter.provenance(writer.primary("SKY"), from);
    writer.writeSky(primary, subtracted.sky(), subtracted.skyIvar(), out);
  }

  /**
   * Writes a pipeline's sky as plain FITS; the stream is left open.
   *
   * @param frame whose it is
   * @param sky electron, {@code [nFibre][nPixel]}; NaN where it is not known
   * @param ivar of the sky, electron^-2
   */
  public static void writeSky(Frame frame, float[][] sky, float[][] ivar, OutputStream out)
      throws IOException {
    DesiFrameWriter writer = new DesiFrameWriter(frame, 1);
    writer.writeSky(writer.primary("SKY"), sky, ivar, out);
  }

  private void writeSky(HduWriter primary, float[][] sky, float[][] ivar, OutputStream out)
      throws IOException {
    float[][] known = new float[sky.length][];
    int[][] mask = new int[sky.length][];
    for (int i = 0; i < sky.length; i++) {
      known[i] = sky[i].clone();
      mask[i] = new int[sky[i].length];
      for (int p = 0; p < sky[i].length; p++) {
        mask[i][p] = Float.isFinite(sky[i][p]) ? 0 : MaskBit.BAD_TRACE.value();
        known[i][p] = Float.isFinite(sky[i][p]) ? sky[i][p] : 0;
      }
    }
    images(primary, new Images(known, ivar, mask), out);
  }

  /** In electrons of a pixel. */
  private record Images(float[][] flux, float[][] ivar, int[][] mask) {}

  private void images(HduWriter primary, Images images, OutputStream out) throws IOException {
    primary.write(bytes(scaled(images.flux, -1), n, width), out);
    image("IVAR", scaled(images.ivar, 2), out);
    ImageHduWriter.image("MASK", 32, width, n)
        .card("BZERO", 2147483648L, "unsigned integers")
        .card("BSCALE", 1, "")
        .write(bytes(unsigned(images.mask), n, width), out);
    HduWriter.extension("IMAGE")
        .shape(-64, width)
        .card("PCOUNT", 0, "")
        .card("GCOUNT", 1, "")
        .card("EXTNAME", "WAVELENGTH", "")
        .card(LamostKeyword.BUNIT, "Angstrom")
        .write(
            bytes(
                new double[][] {Arrays.stream(wavelength).map(w -> w * barycentric).toArray()},
                1,
                width),
            out);
  }

  private void resolution(OutputStream out) throws IOException {
    float[][] rows = DesiResolution.rows(frame.widths(), wavelength);
    HduWriter.extension("IMAGE")
        .shape(-32, width, rows.length / n, n)
        .card("PCOUNT", 0, "")
        .card("GCOUNT", 1, "")
        .card("EXTNAME", DesiResolution.NAME, "")
        .write(bytes(rows, rows.length, width), out);
  }

  private void image(String name, float[][] values, OutputStream out) throws IOException {
    ImageHduWriter.image(name, -32, width, n).write(bytes(values, n, width), out);
  }

  /** Values of pixels as values per Angstrom, which pixels' widths to a power make of them. */
  private float[][] scaled(float[][] values, int power) {
    float[][] scaled = new float[values.length][width];
    for (int p = 0; p < width; p++) {
      int from = Math.max(0, p - 1);
      int to = Math.min(width - 1, p + 1);
      double factor = Math.pow((wavelength[to] - wavelength[from]) / (to - from), power);
      for (int i = 0; i < values.length; i++) {
        scaled[i][p] = (float) (values[i][p] * factor);
      }
    }
    return scaled;
  }

  /** DESI's bits, less the BZERO that makes them unsigned. */
  private static int[][] unsigned(int[][] mask) {
    int[][] stored = new int[mask.length][];
    for (int i = 0; i < mask.length; i++) {
      stored[i] = Arrays.stream(mask[i]).map(m -> bits(m) ^ Integer.MIN_VALUE).toArray();
    }
    return stored;
  }

  private static int bits(int mask) {
    int bits = mask & -16;
    bits |= MaskBit.COSMIC_RAY.isIn(mask) ? 1 << 2 : 0;
    bits |= MaskBit.DEAD_FIBRE.isIn(mask) ? BAD_FIBRE : 0;
    bits |= MaskBit.SATURATED.isIn(mask) || MaskBit.BAD_TRACE.isIn(mask) ? 1 << 1 : 0;
    return bits;
  }

  private HduWriter primary(String name) {
    FrameId id = frame.id();
    Pointing pointing = frame.pointing();
    String plan = id.plate().planId();
    LocalDateTime start = LocalDateTime.parse(pointing.dateObs());
    double mjd = start.toEpochSecond(ZoneOffset.UTC) / SECONDS_OF_DAY + MJD_OF_EPOCH;
    HduWriter header =
        HduWriter.primary()
            .shape(-32, width, n)
            .card("EXTEND", true, "")
            .card("EXTNAME", name, "")
            .card(LamostKeyword.BUNIT, PER_ANGSTROM)
            .card("CAMERA", DesiHeader.camera(id), "camera, arm and petal")
            .card("NIGHT", Integer.parseInt(id.plate().night().label()), "night of the evening")
            .card("EXPID", id.lmjm(), "exposure")
            .card("TILEID", Integer.parseInt(plan.substring(Instrument.DESI.plans().length())), "")
            .card("FLAVOR", "science", "")
            .card(LamostKeyword.DATE_OBS, pointing.dateObs())
            .card("MJD", mjd, "start of the exposure")
            .card(LamostKeyword.EXPOSURE_TIME, pointing.exposureTime())
            .cardIfKnown(LamostKeyword.RA, pointing.ra())
            .cardIfKnown(LamostKeyword.DEC, pointing.dec())
            .cardIfKnown(LamostKeyword.AIRMASS, pointing.airmass())
            .cardIfKnown(LamostKeyword.MOON_SEPARATION, pointing.moonSeparation())
            .card("AIRORVAC", "vac", "vacuum wavelengths");
    if (barycentric != 1) {
      header.card("HELIOCOR", barycentric, "factor of the wavelengths");
    }
    return Double.isNaN(pointing.moonPhase())
        ? header
        : header.card("MOONFRAC", pointing.moonPhase(), "lit fraction of the moon");
  }

  private TableHduWriter fibres() {
    FibreMap map = frame.fibres();
    FibreType[] type = map.type();
    int[] status = new int[n];
    long[] target = new long[n];
    int[] petal = new int[n];
    float[] flux = new float[n];
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      status[i] =
          switch (type[i]) {
            case DEAD -> BAD_FIBRE;
            case POSITION_ERROR -> BAD_POSITION;
            case UNUSED -> UNASSIGNED;
            default -> 0;
          };
      target[i] = type[i] == FibreType.STANDARD ? STANDARD : 0;
      petal[i] = frame.id().spectrograph() - 1;
      flux[i] =
          Float.isNaN(map.magnitude()[i])
              ? 0
              : (float) Math.pow(10, (22.5 - map.magnitude()[i]) / 2.5);
      x[i] = map.x()[i] * DesiFrameReader.PLATE_SCALE;
      y[i] = map.y()[i] * DesiFrameReader.PLATE_SCALE;
    }
    return new TableHduWriter(n)
        .longs("DESI_TARGET", target)
        .doubles("TARGET_RA", "deg", map.ra())
        .doubles("TARGET_DEC", "deg", map.dec())
        .integers("FIBER", map.fibreId())
        .integers("PETAL_LOC", petal)
        .integers("FIBERSTATUS", status)
        .texts("OBJTYPE", 3, i -> objectType(type[i]))
        .doubles("FIBERASSIGN_X", "mm", x)
        .doubles("FIBERASSIGN_Y", "mm", y)
        .floats("FIBERFLUX_G", "nanomaggy", flux);
  }

  private static String objectType(FibreType type) {
    return switch (type) {
      case SKY -> "SKY";
      case UNUSED, DEAD -> "BAD";
      default -> "TGT";
    };
  }
}
