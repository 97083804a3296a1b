package org.skymi.fits;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.QRDecomposition;
import org.skymi.survey.Frame;

/**
 * A frame as SDSS's spFrame, after the published data model: HDU 0 flux less sky, 1 ivar, 2 mask, 3
 * trace set of log10 wavelength, 4 of dispersion, 5 plug map, 6 sky, 7 x on the detector; no
 * EXTNAMEs.
 */
public final class SdssFile {
  public static final int PLATE = 3586;
  static final int FIELD = 102_345;
  static final double SPEED_OF_LIGHT = 299792.458;

  /** Pixels that are missing between a detector's halves. */
  static final double JUMP = 0.25;

  /** 2011-06-30T06:11:56 in TAI. */
  private static final double TAI_BEGIN = 4816131116.000001;

  private static final int ORDER = 9;
  private static final double PLATE_SCALE = 217.7358;

  final Frame frame;
  final float[][] sky;
  String camera;
  String function = "legendre";
  public String kind = "spFrame";
  double heliocentric = 12.5;
  boolean fromTheRed;
  boolean jump;
  int[] sdssMask = new int[0];
  int hdus = 8;
  String unit = "1E-17 erg/cm^2/s/Ang";
  boolean isField;

  /**
   * @param frame as recorded
   * @param sky what the pipeline subtracted
   */
  public SdssFile(Frame frame, float[][] sky) {
    this.frame = frame;
    this.sky = sky;
    this.camera = "" + frame.id().arm().letter() + frame.id().spectrograph();
    this.fromTheRed = frame.id().arm().letter() == 'b';
  }

  /** The name such a file has. */
  public String name() {
    return String.format("%s-%s-%08d.fits", kind, camera, frame.id().lmjm());
  }

  /** The file, plain. */
  public byte[] bytes() {
    return Written.by(this::write);
  }

  private void write(ByteArrayOutputStream out) throws IOException {
    int n = frame.fibreCount();
    int width = frame.pixelCount();
    float[][] flux = new float[n][width];
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < width; p++) {
        flux[i][p] = frame.flux()[i][p] - sky[i][p];
      }
    }
    primary().write(ImageHduWriter.bytes(turned(calibrated(flux, 1)), n, width), out);
    List<Step> steps = new ArrayList<>();
    float[][] ivar = calibrated(frame.ivar(), -2);
    steps.add(() -> image(-32).write(ImageHduWriter.bytes(turned(ivar), n, width), out));
    steps.add(() -> image(32).write(ImageHduWriter.bytes(mask(), n, width), out));
    steps.add(
        kind.equals("spFrame")
            ? () -> traceSet(out)
            : () -> image(-64).write(ImageHduWriter.bytes(logarithms(), n, width), out));
    steps.add(() -> traceSet(out));
    steps.add(() -> plugMap(out));
    float[][] subtracted = calibrated(sky, 1);
    steps.add(() -> image(-32).write(ImageHduWriter.bytes(turned(subtracted), n, width), out));
    steps.add(() -> image(-32).write(ImageHduWriter.bytes(turned(sky), n, width), out));
    for (Step step : steps.subList(0, hdus - 1)) {
      step.run();
    }
  }

  /** Of a spCFrame flux times what a unit of electrons is, to a power; else as it is. */
  private float[][] calibrated(float[][] values, int power) {
    float[][] calibrated = new float[values.length][frame.pixelCount()];
    for (int i = 0; i < values.length; i++) {
      for (int p = 0; p < calibrated[i].length; p++) {
        double unit = kind.equals("spCFrame") ? calibration(p) : 1;
        calibrated[i][p] = (float) (values[i][p] * Math.pow(unit, power));
      }
    }
    return calibrated;
  }

  /** 1e-17 erg/s/cm2/Angstrom of an electron in a pixel. */
  double calibration(int pixel) {
    return 0.02 * (1 + 0.2 * pixel / frame.pixelCount());
  }

  private double[][] logarithms() {
    double[][] logarithms = new double[frame.fibreCount()][frame.pixelCount()];
    for (int i = 0; i < logarithms.length; i++) {
      for (int p = 0; p < logarithms[i].length; p++) {
        int at = fromTheRed ? logarithms[i].length - 1 - p : p;
        double here = frame.wavelength()[i][at] / (1 + heliocentric / SPEED_OF_LIGHT);
        logarithms[i][p] = Math.log10(here);
      }
    }
    return logarithms;
  }

  private interface Step {
    void run() throws IOException;
  }

  private HduWriter primary() {
    HduWriter header =
        HduWriter.primary()
            .shape(-32, frame.pixelCount(), frame.fibreCount())
            .card("EXTEND", true, "")
            .card("TELESCOP", "SDSS 2.5-M", "Sloan Digital Sky Survey")
            .card("FLAVOR", "science", "exposure type, SDSS spectro style")
            .card("CAMERAS", camera, "")
            .card("EXPOSURE", frame.id().lmjm(), "")
            .card("MJD", frame.id().plate().lmjd(), "APO fMJD day at start of exposure")
            .card("TAI-BEG", TAI_BEGIN, "MJD(TAI) seconds at start of integration")
            .card("DATE-OBS", frame.pointing().dateObs(), "TAI date at start of integration")
            .card("EXPTIME", frame.pointing().exposureTime(), "")
            .card("RA", frame.pointing().ra(), "RA of telescope boresight (deg)")
            .card("DEC", frame.pointing().dec(), "")
            .card("AIRMASS", 1.1, "")
            .card("HELIO_RV", heliocentric, "Heliocentric correction (added to velocities)")
            .card("VACUUM", "T", "Wavelengths are in vacuum")
            .card(isField ? "FIELDID" : "PLATEID", isField ? FIELD : PLATE, "");
    return kind.equals("spCFrame") ? header.card("BUNIT", unit, "") : header;
  }

  private HduWriter image(int bitpix) {
    return HduWriter.extension("IMAGE")
        .shape(bitpix, frame.pixelCount(), frame.fibreCount())
        .card("PCOUNT", 0, "")
        .card("GCOUNT", 1, "");
  }

  private int[][] mask() {
    int[][] mask = new int[frame.fibreCount()][frame.pixelCount()];
    System.arraycopy(sdssMask, 0, mask[0], 0, sdssMask.length);
    return mask;
  }

  private float[][] turned(float[][] image) {
    if (!fromTheRed) {
      return image;
    }
    float[][] turned = new float[image.length][frame.pixelCount()];
    for (int i = 0; i < image.length; i++) {
      for (int p = 0; p < turned[i].length; p++) {
        turned[i][p] = image[i][turned[i].length - 1 - p];
      }
    }
    return turned;
  }

  /** FUNC, XMIN, XMAX, COEFF of the best polynomials through the frame's wavelengths. */
  private void traceSet(ByteArrayOutputStream out) throws IOException {
    int n = frame.fibreCount();
    int width = frame.pixelCount();
    double[][] terms = new double[width][];
    for (int p = 0; p < width; p++) {
      double natural = p + (jump && p >= width / 2 ? JUMP : 0);
      terms[p] = terms(2 * (natural - (width - 1) / 2.0) / (width - 1));
    }
    DecompositionSolver solver = new QRDecomposition(new Array2DRowRealMatrix(terms)).getSolver();
    int row = 16 + 8 + 8 + 8 * ORDER * n + (jump ? 24 : 0);
    ByteBuffer cells = ByteBuffer.allocate(row);
    cells.put(text(function, 16)).putDouble(0).putDouble(width - 1);
    for (int i = 0; i < n; i++) {
      double[] logarithms = new double[width];
      for (int p = 0; p < width; p++) {
        double here = frame.wavelength()[i][fromTheRed ? width - 1 - p : p];
        logarithms[p] = Math.log10(here / (1 + heliocentric / SPEED_OF_LIGHT));
      }
      for (double c : solver.solve(new ArrayRealVector(logarithms)).toArray()) {
        cells.putDouble(c);
      }
    }
    List<String[]> columns =
        new ArrayList<>(
            List.of(
                new String[] {"FUNC", "16A"},
                new String[] {"XMIN", "D"},
                new String[] {"XMAX", "D"},
                new String[] {"COEFF", ORDER * n + "D"}));
    if (jump) {
      cells.putDouble(width / 2 - 1).putDouble(width / 2).putDouble(JUMP);
      for (String name : List.of("XJUMPLO", "XJUMPHI", "XJUMPVAL")) {
        columns.add(new String[] {name, "D"});
      }
    }
    table(columns, row, 1, h -> h.card("TDIM4", "(" + ORDER + "," + n + ")", ""))
        .write(cells.array(), out);
  }

  private double[] terms(double x) {
    double[] terms = new double[ORDER];
    for (int j = 0; j < ORDER; j++) {
      terms[j] =
          switch (function) {
            case "chebyshev" -> Math.cos(j * Math.acos(Math.max(-1, Math.min(1, x))));
            case "poly" -> Math.pow(x, j);
            default -> legendre(j, x);
          };
    }
    return terms;
  }

  /** By Rodrigues's sum, unlike the reader's recurrence. */
  private static double legendre(int n, double x) {
    return IntStream.rangeClosed(0, n)
        .mapToDouble(
            k ->
                Math.pow(binomial(n, k), 2)
                    * Math.pow((x - 1) / 2, n - k)
                    * Math.pow((x + 1) / 2, k))
        .sum();
  }

  private static double binomial(int n, int k) {
    return IntStream.rangeClosed(1, k)
        .mapToDouble(i -> (n - k + i) / (double) i)
        .reduce(1, (a, b) -> a * b);
  }

  private void plugMap(ByteArrayOutputStream out) throws IOException {
    int n = frame.fibreCount();
    List<String[]> columns =
        List.of(
            new String[] {"OBJID", "5J"},
            new String[] {"HOLETYPE", "16A"},
            new String[] {"RA", "D"},
            new String[] {"DEC", "D"},
            new String[] {"MAG", "5E"},
            new String[] {"OBJTYPE", "16A"},
            new String[] {"XFOCAL", "D"},
            new String[] {"YFOCAL", "D"},
            new String[] {"SPECTROGRAPHID", "J"},
            new String[] {"FIBERID", "J"});
    int row = 20 + 16 + 16 + 20 + 16 + 16 + 8;
    ByteBuffer cells = ByteBuffer.allocate(row * n);
    for (int i = 0; i < n; i++) {
      cells.put(new byte[20]).put(text("OBJECT", 16));
      cells.putDouble(frame.fibres().ra()[i]).putDouble(frame.fibres().dec()[i]);
      for (int band = 0; band < 5; band++) {
        cells.putFloat(band == 1 ? frame.fibres().magnitude()[i] : 30);
      }
      cells.put(text(objectType(i), 16));
      cells.putDouble(PLATE_SCALE * frame.fibres().x()[i]);
      cells.putDouble(PLATE_SCALE * frame.fibres().y()[i]);
      cells.putInt(frame.id().spectrograph()).putInt(fibreId(i));
    }
    table(columns, row, n, h -> {}).write(cells.array(), out);
  }

  private String objectType(int i) {
    return switch (frame.fibres().type()[i]) {
      case SKY -> "SKY";
      case STANDARD -> "SPECTROPHOTO_STD";
      case OBJECT -> "GALAXY";
      default -> "NA";
    };
  }

  private int fibreId(int i) {
    return switch (frame.fibres().type()[i]) {
      case DEAD, UNUSED -> -1;
      default -> 500 * (frame.id().spectrograph() - 1) + frame.fibres().fibreId()[i];
    };
  }

  private static HduWriter table(
      List<String[]> columns, int row, int rows, Consumer<HduWriter> more) {
    HduWriter hdu =
        HduWriter.extension("BINTABLE")
            .shape(8, row, rows)
            .card("PCOUNT", 0, "")
            .card("GCOUNT", 1, "")
            .card("TFIELDS", columns.size(), "");
    for (int c = 1; c <= columns.size(); c++) {
      hdu.card("TTYPE" + c, columns.get(c - 1)[0], "").card("TFORM" + c, columns.get(c - 1)[1], "");
    }
    more.accept(hdu);
    return hdu;
  }

  private static byte[] text(String text, int width) {
    return String.format("%-" + width + "s", text).getBytes(StandardCharsets.US_ASCII);
  }
}
