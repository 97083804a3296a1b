package org.skymi.fits;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.skymi.survey.Frame;
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
    FibreMapTable.write(frame.fibres(), out);
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
    Pointing pointing = frame.pointing();
    return HduWriter.primary()
        .shape(-32, frame.pixelCount(), frame.fibreCount())
        .card("EXTEND", true, "")
        .card("EXTNAME", "FLUX", "")
        .card(LamostKeyword.BUNIT, "electron")
        .card(LamostKeyword.TELESCOPE, "LAMOST")
        .card(LamostKeyword.DATE_OBS, pointing.dateObs())
        .card(LamostKeyword.LMJD, frame.id().plate().lmjd())
        .card(LamostKeyword.LMJM, frame.id().lmjm())
        .card(LamostKeyword.PLAN_ID, frame.id().plate().planId())
        .card(LamostKeyword.SPECTROGRAPH, frame.id().spectrograph())
        .card(LamostKeyword.ARM, String.valueOf(frame.id().arm().letter()))
        .card(LamostKeyword.EXPOSURE_TIME, pointing.exposureTime())
        .card(LamostKeyword.RA, pointing.ra())
        .card(LamostKeyword.DEC, pointing.dec())
        .cardIfKnown(LamostKeyword.AIRMASS, pointing.airmass())
        .cardIfKnown(LamostKeyword.MOON_PHASE, pointing.moonPhase())
        .cardIfKnown(LamostKeyword.MOON_SEPARATION, pointing.moonSeparation())
        .card(LamostKeyword.VACUUM.key(), true, LamostKeyword.VACUUM.comment())
        .card(LamostKeyword.FRAME_VERSION, FitsHeaders.FRAME_VERSION);
  }

  private static HduWriter image(String name, int bitpix, int width, int height) {
    return HduWriter.extension("IMAGE")
        .shape(bitpix, width, height)
        .card("PCOUNT", 0, "")
        .card("GCOUNT", 1, "")
        .card("EXTNAME", name, "");
  }

  private static byte[] bytes(float[][] image, int rows, int width) {
    checkShape(image.length, rows, i -> image[i].length, width);
    return encode(rows, 4 * width, (row, i) -> row.asFloatBuffer().put(image[i]));
  }

  private static byte[] bytes(int[][] image, int rows, int width) {
    checkShape(image.length, rows, i -> image[i].length, width);
    return encode(rows, 4 * width, (row, i) -> row.asIntBuffer().put(image[i]));
  }

  private static byte[] bytes(double[][] image, int rows, int width) {
    checkShape(image.length, rows, i -> image[i].length, width);
    return encode(rows, 8 * width, (row, i) -> row.asDoubleBuffer().put(image[i]));
  }

  private static void checkShape(int got, int rows, IntUnaryOperator widthOf, int width) {
    if (got != rows || IntStream.range(0, rows).map(widthOf).anyMatch(w -> w != width)) {
      throw new IllegalArgumentException("an image is not of " + rows + " x " + width + " pixels");
    }
  }

  private static byte[] encode(int rows, int rowLength, ObjIntConsumer<ByteBuffer> put) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(rowLength, rows));
    for (int i = 0; i < rows; i++) {
      put.accept(bytes.slice(rowLength * i, rowLength), i);
    }
    return bytes.array();
  }
}
