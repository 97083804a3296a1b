package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_FIBERMAP;
import static org.skymi.fits.FitsRejection.Reason.NO_USABLE_PIXEL;
import static org.skymi.fits.FitsRejection.Reason.UNKNOWN_KIND;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.LineWidths;
import org.skymi.survey.MaskBit;

/**
 * Reads DESI's frame and sky files, docs/desi.md: flux per Angstrom becomes electrons of a pixel,
 * wavelengths those of the observatory, the one vector of all fibres a row for each.
 */
final class DesiFrameReader {
  /** Focal plane, mm per deg: 70.4 micrometre per arcsecond at its centre. */
  static final double PLATE_SCALE = 253.4;

  private static final int FIBRES_OF_ALL = 5000;
  private static final Pattern PER_ANGSTROM =
      Pattern.compile(
          "(electrons?|counts?|photons?|e-?|ct|ph) ?"
              + "((/ ?|\\*\\*-1 |\\^-1 )a(ngstrom)?|\\*? ?a(ngstrom)?(\\*\\*|\\^)?\\(?-1\\)?)");
  private static final Pattern PER_PIXEL =
      Pattern.compile("(electrons?|counts?|photons?|e-?|ct|ph)( ?/ ?(bin|pixel))?");

  /** Share of the size of sky fibres' light that light above 0 must outweigh that below by. */
  private static final double LEAST_LIGHT = 0.05;

  /** FIBERSTATUS: broken, unusable, or without a trace, flat or arc of its own, or mostly bad. */
  private static final long DEAD = bits(2, 16, 17, 18, 19, 20, 21);

  /** FIBERSTATUS of an amplifier at fault, by arm. */
  private static final int FIRST_AMPLIFIER = 22;

  /** FIBERSTATUS: nothing to look at, or too little light of it. */
  private static final long UNUSED = bits(0, 12, 15);

  /** FIBERSTATUS: the position is not known, or not the target's. */
  private static final long ASTRAY = bits(8, 9);

  /** DESI_TARGET: faint, white dwarf and bright standard stars. */
  private static final long STANDARD = bits(33, 34, 35);

  /** MASK: cosmic ray. */
  private static final int COSMIC = 1 << 2;

  /** MASK: bits whose meaning here is another one. */
  private static final int OTHERS = 0b1111;

  private final FitsFile file;
  private final FrameId id;
  private final ImageHdu flux;
  private final int n;
  private final int width;

  private DesiFrameReader(FitsFile file, FrameId id) throws FitsRejection {
    this.file = file;
    this.id = id;
    this.flux = ImageHdu.of(file.primary());
    this.n = flux.height();
    this.width = flux.width();
  }

  private static long bits(int... numbers) {
    long bits = 0;
    for (int bit : numbers) {
      bits |= 1L << bit;
    }
    return bits;
  }

  /**
   * The frame in a file.
   *
   * @param id as its header says
   * @throws FitsRejection if it is not as the data model says
   */
  static Frame read(FitsFile file, FrameId id) throws FitsRejection {
    return new DesiFrameReader(file, id).frame();
  }

  /**
   * The sky in a file, electron, {@code [nFibre][nPixel]}; NaN where it is not known.
   *
   * @throws FitsRejection if it is not as the data model says
   */
  static float[][] readSky(FitsFile file, FrameId id) throws FitsRejection {
    return new DesiFrameReader(file, id).sky();
  }

  /**
   * The flat in a file, {@code [nFibre][nPixel]}; NaN where it is not known.
   *
   * @throws FitsRejection if it is not as the data model says
   */
  static float[][] readFlat(FitsFile file) throws FitsRejection {
    ImageHdu image = ImageHdu.of(file.primary());
    float[][] flat = image.floats();
    float[][] ivar = ImageHdu.of(file.require("IVAR"), image.width(), image.height()).floats();
    int[][] mask = ImageHdu.of(file.require("MASK"), image.width(), image.height()).ints();
    for (int i = 0; i < flat.length; i++) {
      for (int p = 0; p < flat[i].length; p++) {
        boolean known = ivar[i][p] > 0 && mask[i][p] == 0 && flat[i][p] > 0;
        flat[i][p] = known ? flat[i][p] : Float.NaN;
      }
    }
    return flat;
  }

  /**
   * An image of a frame's shape and unit, made electrons of a pixel; empty if the file has none.
   *
   * @throws FitsRejection if it has another shape
   */
  static Optional<float[][]> readImage(FitsFile file, FrameId id, String name)
      throws FitsRejection {
    DesiFrameReader reader = new DesiFrameReader(file, id);
    Optional<Hdu> hdu = file.find(name);
    if (hdu.isEmpty()) {
      return Optional.empty();
    }
    float[][] values = ImageHdu.of(hdu.get(), reader.width, reader.n).floats();
    reader.toElectrons(values, reader.wavelength(), 1);
    return Optional.of(values);
  }

  private Frame frame() throws FitsRejection {
    double[] wavelength = wavelength();
    float[][] electrons = flux.floats();
    float[][] ivar = image("IVAR").floats();
    int[][] mask = mask(ivar);
    Pixels.dropUnusable(electrons, ivar);
    if (!Pixels.anyUsable(ivar)) {
      throw file.require("IVAR").reject(NO_USABLE_PIXEL, "no pixel has ivar > 0");
    }
    toElectrons(electrons, wavelength, 1);
    toElectrons(ivar, wavelength, -2);
    FibreMap fibres = fibres();
    requireSky(fibres, electrons, ivar);
    LineWidths widths = DesiResolution.read(file, n, wavelength);
    double[][] wavelengths = new double[n][];
    for (int i = 0; i < n; i++) {
      wavelengths[i] = wavelength.clone();
    }
    Hdu axis = file.require("WAVELENGTH");
    Wavelengths.complete(axis, wavelengths, ivar);
    Wavelengths.requireArm(axis, wavelengths, Instrument.DESI, id.arm());
    AirLines.requireNone(axis, fibres, electrons, ivar, wavelengths);
    return new Frame(
            id,
            DesiHeader.pointing(file.primary().cards()),
            fibres,
            electrons,
            ivar,
            mask,
            wavelengths)
        .withWidths(widths);
  }

  /**
   * Requires that the sky is in the frame: a sframe under another name has the same cards, but as
   * much light below 0 in its sky fibres as above.
   */
  private void requireSky(FibreMap fibres, float[][] electrons, float[][] ivar)
      throws FitsRejection {
    double sum = 0;
    double size = 0;
    for (int i : fibres.indicesOf(FibreType.SKY)) {
      for (int p = 0; p < width; p++) {
        sum += ivar[i][p] > 0 ? electrons[i][p] : 0;
        size += ivar[i][p] > 0 ? Math.abs(electrons[i][p]) : 0;
      }
    }
    if (size > 0 && sum < LEAST_LIGHT * size) {
      throw file.primary()
          .reject(
              UNKNOWN_KIND,
              String.format(
                  Locale.ROOT,
                  "its sky fibres' light adds up to %.3f of its size: the sky is subtracted"
                      + " (sframe), or none was exposed; give the exposure's frame",
                  sum / size));
    }
  }

  private float[][] sky() throws FitsRejection {
    float[][] sky = flux.floats();
    float[][] ivar = image("IVAR").floats();
    toElectrons(sky, wavelength(), 1);
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < width; p++) {
        sky[i][p] = ivar[i][p] > 0 ? sky[i][p] : Float.NaN;
      }
    }
    return sky;
  }

  /** Vacuum Angstrom, topocentric, of all fibres. */
  private double[] wavelength() throws FitsRejection {
    Hdu axis = file.require("WAVELENGTH");
    double[][] values = {ImageHdu.vector(axis, width)};
    Wavelengths.requireVacuum(axis.cards());
    Wavelengths.toAngstrom(axis, axis.cards().text(LamostKeyword.BUNIT).orElse(""), values);
    double factor = DesiHeader.barycentric(file.primary().cards());
    for (int p = 0; p < width; p++) {
      values[0][p] /= factor;
    }
    return values[0];
  }

  /** Multiplies by a power of the pixels' widths, if the flux is per Angstrom. */
  private void toElectrons(float[][] values, double[] wavelength, int power) throws FitsRejection {
    if (!isPerAngstrom()) {
      return;
    }
    float[] factor = new float[width];
    for (int p = 0; p < width; p++) {
      int from = Math.max(0, p - 1);
      int to = Math.min(width - 1, p + 1);
      double step = width < 2 ? 1 : (wavelength[to] - wavelength[from]) / (to - from);
      factor[p] = (float) Math.pow(step, power);
    }
    for (float[] row : values) {
      for (int p = 0; p < width; p++) {
        row[p] *= factor[p];
      }
    }
  }

  private boolean isPerAngstrom() throws FitsRejection {
    Cards cards = file.primary().cards();
    String unit = cards.requiredText(LamostKeyword.BUNIT).toLowerCase(Locale.ROOT);
    boolean per = PER_ANGSTROM.matcher(unit).matches();
    if (!per && !PER_PIXEL.matcher(unit).matches()) {
      throw cards.reject("BUNIT = '" + unit + "', not electrons, of a pixel or per Angstrom");
    }
    return per;
  }

  /**
   * Bits as this project has them, none if the file has no mask; pixels with any are unusable, as
   * in DESI's own sky.
   */
  private int[][] mask(float[][] ivar) throws FitsRejection {
    if (file.find("MASK").isEmpty()) {
      return new int[n][width];
    }
    ImageHdu bits = image("MASK");
    if (!bits.isInteger()) {
      throw file.require("MASK").badShape("the mask is not of integers");
    }
    bits.dropBlank(ivar);
    int[][] mask = bits.ints();
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < width; p++) {
        if (mask[i][p] != 0) {
          ivar[i][p] = 0;
          mask[i][p] = translated(mask[i][p]);
        }
      }
    }
    return mask;
  }

  /** COSMIC as cosmic ray, other low bits (bad pixels, low flat) as bad trace; the rest is kept. */
  static int translated(int mask) {
    int bits = mask & ~OTHERS;
    bits |= (mask & COSMIC) != 0 ? MaskBit.COSMIC_RAY.value() : 0;
    bits |= (mask & OTHERS & ~COSMIC) != 0 ? MaskBit.BAD_TRACE.value() : 0;
    return bits;
  }

  private FibreMap fibres() throws FitsRejection {
    Hdu hdu = file.require("FIBERMAP");
    TableHdu table = new TableHdu(hdu);
    if (table.rows() != n) {
      throw hdu.badShape(table.rows() + " fibres, but the images have " + n + " rows");
    }
    if (n > Instrument.DESI.fibres()) {
      throw hdu.badShape(n + " fibres, more than " + Instrument.DESI.fibres());
    }
    String x = table.has("FIBER_X") ? "FIBER_X" : "FIBERASSIGN_X";
    String y = table.has("FIBER_Y") ? "FIBER_Y" : "FIBERASSIGN_Y";
    FibreMap map = FibreMap.ofSize(n);
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < n; i++) {
      double fibre = table.number("FIBER", i);
      if (!(fibre >= 0 && fibre < FIBRES_OF_ALL) || !seen.add((int) fibre)) {
        throw hdu.reject(BAD_FIBERMAP, "FIBER " + fibre + " in row " + i);
      }
      map.fibreId()[i] = (int) fibre;
      map.objectType()[i] = table.text("OBJTYPE", i).strip();
      map.type()[i] = type(table, i, map.objectType()[i]);
      map.ra()[i] = known(table, "TARGET_RA", i);
      map.dec()[i] = known(table, "TARGET_DEC", i);
      map.x()[i] = position(table, x, "FIBERASSIGN_X", i);
      map.y()[i] = position(table, y, "FIBERASSIGN_Y", i);
      double nanomaggies = table.has("FIBERFLUX_G") ? table.number("FIBERFLUX_G", i) : 0;
      map.magnitude()[i] =
          nanomaggies > 0
              ? (float) Magnitudes.known(22.5 - 2.5 * Math.log10(nanomaggies))
              : Float.NaN;
    }
    return map;
  }

  /** Where the fibre was, or else was to be, deg; DESI writes 0 for what was not measured. */
  private static double position(TableHdu table, String column, String planned, int row)
      throws FitsRejection {
    double mm = known(table, column, row);
    boolean isKnown = Double.isFinite(mm) && mm != 0;
    return (isKnown || !table.has(planned) ? mm : table.number(planned, row)) / PLATE_SCALE;
  }

  /** A number, NaN if there is no such column. */
  private static double known(TableHdu table, String column, int row) throws FitsRejection {
    return table.has(column) ? table.number(column, row) : Double.NaN;
  }

  private FibreType type(TableHdu table, int row, String objectType) throws FitsRejection {
    long status = table.has("FIBERSTATUS") ? integer(table, "FIBERSTATUS", row) : 0;
    long targets = table.has("DESI_TARGET") ? integer(table, "DESI_TARGET", row) : 0;
    long amplifier = 1L << (FIRST_AMPLIFIER + id.arm().ordinal());
    if ((status & (DEAD | amplifier)) != 0) {
      return FibreType.DEAD;
    }
    boolean sky = objectType.equals("SKY");
    if ((status & UNUSED) != 0 || !sky && !objectType.equals("TGT")) {
      return FibreType.UNUSED;
    }
    if ((status & ASTRAY) != 0) {
      return FibreType.POSITION_ERROR;
    }
    return sky ? FibreType.SKY : (targets & STANDARD) != 0 ? FibreType.STANDARD : FibreType.OBJECT;
  }

  private static long integer(TableHdu table, String column, int row) throws FitsRejection {
    return Math.round(table.number(column, row));
  }

  private ImageHdu image(String name) throws FitsRejection {
    return ImageHdu.of(file.require(name), width, n);
  }
}
