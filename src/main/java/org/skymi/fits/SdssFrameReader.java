package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_FIBERMAP;
import static org.skymi.fits.FitsRejection.Reason.MISSING_HDU;
import static org.skymi.fits.FitsRejection.Reason.NO_USABLE_PIXEL;
import static org.skymi.fits.FitsRejection.Reason.UNKNOWN_KIND;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.lang3.ArrayUtils;
import org.skymi.math.PhotonNoise;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Heliocentric;
import org.skymi.survey.Instrument;
import org.skymi.survey.MaskBit;

/**
 * Reads SDSS's spFrame and spCFrame, docs/sdss.md: flux and sky are added up, so that the frame is
 * as recorded; the heliocentric shift of the wavelengths is undone; pixels are put in order of
 * wavelength; calibrated flux is made electrons by its noise.
 */
final class SdssFrameReader {
  private static final int FLUX = 0;
  private static final int IVAR = 1;
  private static final int MASK = 2;
  private static final int WAVELENGTH = 3;
  private static final int PLUG_MAP = 5;
  private static final int SKY = 6;

  /** Focal plane of the Sloan telescope, mm per deg. */
  static final double PLATE_SCALE = 217.7358;

  private static final int LAST_FIBRE = 9999;

  /** Band g among ugriz. */
  private static final int G = 1;

  private final FitsFile file;
  private final ImageHdu flux;
  private final int n;
  private final int width;

  private SdssFrameReader(FitsFile file) throws FitsRejection {
    this.file = file;
    this.flux = ImageHdu.of(hdu(FLUX));
    this.n = flux.height();
    this.width = flux.width();
  }

  /**
   * The frame in a file.
   *
   * @param id as its header says
   * @throws FitsRejection if it is not as the data model says
   */
  static Frame read(FitsFile file, FrameId id) throws FitsRejection {
    return new SdssFrameReader(file).frame(id);
  }

  private Frame frame(FrameId id) throws FitsRejection {
    float[][] recorded = flux.floats();
    float[][] sky = image(SKY).floats();
    float[][] ivar = image(IVAR).floats();
    ImageHdu bits = image(MASK);
    if (!bits.isInteger()) {
      throw hdu(MASK).badShape("the mask is not of integers");
    }
    int[][] mask = bits.ints();
    bits.dropBlank(ivar);
    double[][] wavelength = wavelength();
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < width; p++) {
        recorded[i][p] += sky[i][p];
        mask[i][p] = translated(mask[i][p]);
      }
      if (wavelength[i][0] > wavelength[i][width - 1]) {
        // The blue detectors of SDSS-I and -II are read from the red end.
        ArrayUtils.reverse(wavelength[i]);
        ArrayUtils.reverse(recorded[i]);
        ArrayUtils.reverse(ivar[i]);
        ArrayUtils.reverse(mask[i]);
      }
    }
    Pixels.dropUnusable(recorded, ivar);
    if (!Pixels.anyUsable(ivar)) {
      throw hdu(IVAR).reject(NO_USABLE_PIXEL, "no pixel has ivar > 0");
    }
    if (SdssHeader.isCalibrated(file.primary().cards())) {
      toElectrons(recorded, ivar, sky);
    }
    FibreMap fibres = fibres(id.spectrograph());
    Wavelengths.complete(hdu(WAVELENGTH), wavelength, ivar);
    Wavelengths.requireArm(hdu(WAVELENGTH), wavelength, Instrument.BOSS, id.arm());
    AirLines.requireNone(hdu(WAVELENGTH), fibres, recorded, ivar, wavelength);
    return new Frame(
        id, SdssHeader.pointing(file.primary().cards()), fibres, recorded, ivar, mask, wavelength);
  }

  /**
   * Makes calibrated flux electrons: the unit of flux whose variance is itself, as the fibres'
   * variances tell, a straight line through them block by block.
   */
  private void toElectrons(float[][] recorded, float[][] ivar, float[][] sky) throws FitsRejection {
    if (Arrays.stream(sky).allMatch(row -> isAll(row, 0))) {
      throw hdu(SKY).reject(UNKNOWN_KIND, "spCFrame without the sky that was subtracted");
    }
    float[] photons = PhotonNoise.variance(recorded, ivar);
    float known = 0;
    for (int p = width - 1; p >= 0; p--) {
      known = photons[p] > 0 ? photons[p] : known;
      photons[p] = known;
    }
    if (!(known > 0)) {
      throw hdu(IVAR)
          .reject(
              UNKNOWN_KIND,
              "spCFrame whose variances tell of no photon noise: give the exposure's spFrame");
    }
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < width; p++) {
        recorded[i][p] /= photons[p];
        ivar[i][p] *= photons[p] * photons[p];
      }
    }
  }

  private static boolean isAll(float[] row, float value) {
    for (float v : row) {
      if (v != value) {
        return false;
      }
    }
    return true;
  }

  /** Vacuum Angstrom, topocentric. */
  private double[][] wavelength() throws FitsRejection {
    double velocity = file.primary().cards().number(LamostKeyword.HELIOCENTRIC_VELOCITY.key(), 0);
    // Of a spCFrame it is an image.
    Hdu axis = hdu(WAVELENGTH);
    double[][] values =
        axis.isTable()
            ? new TraceSet(axis, n, width).values(n, width)
            : image(WAVELENGTH).doubles();
    for (double[] row : values) {
      for (int p = 0; p < width; p++) {
        row[p] = Heliocentric.topocentric(Math.pow(10, row[p]), velocity);
      }
    }
    return values;
  }

  /** Bits of SPPIXMASK that make a pixel unusable, as this project's; its others from bit 4 on. */
  static int translated(int mask) {
    int bits = mask & -16;
    bits |= (mask & 1) != 0 ? MaskBit.DEAD_FIBRE.value() : 0; // NOPLUG
    bits |= (mask & 0b1110) != 0 ? MaskBit.BAD_TRACE.value() : 0; // BADTRACE, BADFLAT, BADARC
    bits |= (mask & (1 << 18 | 1 << 25)) != 0 ? MaskBit.COSMIC_RAY.value() : 0; // ..REJECT
    return bits;
  }

  private FibreMap fibres(int spectrograph) throws FitsRejection {
    Hdu hdu = hdu(PLUG_MAP);
    TableHdu table = new TableHdu(hdu);
    if (table.rows() != n) {
      throw hdu.badShape(table.rows() + " fibres, but the images have " + n + " rows");
    }
    FibreMap map = FibreMap.ofSize(n);
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < n; i++) {
      double fibre = table.number("FIBERID", i);
      // Fibres that are not plugged have none: they are counted along the slit, like all others.
      boolean plugged = fibre >= 1 && fibre <= LAST_FIBRE;
      map.fibreId()[i] = plugged ? (int) fibre : (spectrograph - 1) * n + i + 1;
      if (!seen.add(map.fibreId()[i])) {
        throw hdu.reject(BAD_FIBERMAP, "FIBERID " + fibre + " in row " + i);
      }
      map.objectType()[i] = table.text("OBJTYPE", i).strip();
      map.type()[i] = plugged ? type(map.objectType()[i]) : FibreType.UNUSED;
      map.ra()[i] = table.number("RA", i);
      map.dec()[i] = table.number("DEC", i);
      map.x()[i] = table.number("XFOCAL", i) / PLATE_SCALE;
      map.y()[i] = table.number("YFOCAL", i) / PLATE_SCALE;
      map.magnitude()[i] = magnitude(table.numbers("MAG", i));
    }
    return map;
  }

  static FibreType type(String objectType) {
    return switch (objectType) {
      case "SKY" -> FibreType.SKY;
      case "SPECTROPHOTO_STD", "REDDEN_STD" -> FibreType.STANDARD;
      case "NA", "" -> FibreType.UNUSED;
      default -> FibreType.OBJECT;
    };
  }

  private static float magnitude(double[] bands) {
    double g = bands.length > G ? bands[G] : Double.NaN;
    return (float) Magnitudes.known(g);
  }

  private ImageHdu image(int index) throws FitsRejection {
    return ImageHdu.of(hdu(index), width, n);
  }

  private Hdu hdu(int index) throws FitsRejection {
    List<Hdu> hdus = file.hdus();
    if (index >= hdus.size()) {
      throw file.primary().reject(MISSING_HDU, "no HDU " + index + ", spFrame has 7 and more");
    }
    return hdus.get(index);
  }
}
