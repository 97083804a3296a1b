package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.LineWidths;
import org.skymi.survey.MaskBit;
import org.skymi.survey.PlateId;

/** DESI's frame files, made here HDU by HDU after the published data model. */
class DesiFrameReaderTest {
  private static final int N = 4;
  private static final int WIDTH = 300;
  private static final double FIRST = 7600;
  private static final double STEP = 0.8;
  private static final String NAME = "frame-z3-00067784.fits.gz";
  private static final FrameId ID =
      new FrameId(new PlateId("DESI-80605", 59198), 67784, 4, Instrument.DESI.arm('z'));

  private String camera = "z3";
  private String unit = "electron/Angstrom";
  private String extension = "FLUX";
  private String flavor = "science";
  private double barycentric = 1;
  private int[] status = new int[N];
  private String[] type = {"SKY", "TGT", "TGT", "BAD"};
  private int diagonals = 11;

  /** Share of light in either neighbour of a pixel, by fibre: of moment 2 s, pixels^2. */
  private float[] spread = {0.1f, 0.2f, 0, 0.25f};

  private boolean subtracted;
  private boolean masked = true;

  private float flux(int i, int p) {
    return subtracted && i == 0 ? p % 2 == 0 ? 10 : -10 : 100 + 10 * i + p;
  }

  private byte[] bytes() {
    return Written.by(this::write);
  }

  private void write(ByteArrayOutputStream out) throws IOException {
    ByteBuffer flux = ByteBuffer.allocate(4 * N * WIDTH);
    ByteBuffer ivar = ByteBuffer.allocate(4 * N * WIDTH);
    ByteBuffer mask = ByteBuffer.allocate(4 * N * WIDTH);
    for (int i = 0; i < N; i++) {
      for (int p = 0; p < WIDTH; p++) {
        flux.putFloat(flux(i, p));
        ivar.putFloat(0.01f);
        // Bits 2 and 12 of fibre 1, pixel 7; unsigned by BZERO.
        mask.putInt((i == 1 && p == 7 ? 4 + 4096 : 0) - Integer.MIN_VALUE);
      }
    }
    HduWriter.primary()
        .shape(-32, WIDTH, N)
        .card("EXTNAME", extension, "")
        .card("BUNIT", unit, "")
        .card("CAMERA", camera, "")
        .card("EXPID", 67784, "")
        .card("NIGHT", 20201214, "")
        .card("TILEID", 80605, "")
        .card("FLAVOR", flavor, "")
        .card("DATE-OBS", "2020-12-15T02:42:47.160", "")
        .card("EXPTIME", 900.5, "")
        .card("TARGTRA", 36.5, "")
        .card("TARGTDEC", -4.5, "")
        .card("AIRMASS", 1.2, "")
        .card("MOONFRAC", 0.4, "")
        .card("MOONSEP", 131.3, "")
        .card("HELIOCOR", barycentric, "")
        .write(flux.array(), out);
    image("IVAR", -32, WIDTH, N).write(ivar.array(), out);
    if (masked) {
      image("MASK", 32, WIDTH, N)
          .card("BSCALE", 1, "")
          .card("BZERO", 2147483648L, "")
          .write(mask.array(), out);
    }
    ByteBuffer wave = ByteBuffer.allocate(8 * WIDTH);
    while (wave.hasRemaining()) {
      wave.putDouble(barycentric * (FIRST + STEP * (wave.position() / 8)));
    }
    image("WAVELENGTH", -64, WIDTH).card("BUNIT", "Angstrom", "").write(wave.array(), out);
    ByteBuffer resolution = ByteBuffer.allocate(4 * WIDTH * diagonals * N);
    while (resolution.hasRemaining()) {
      int row = resolution.position() / (4 * WIDTH);
      int off = Math.abs(row % diagonals - diagonals / 2);
      float side = spread[row / diagonals];
      resolution.putFloat(off == 0 ? 1 - 2 * side : off == 1 ? side : 0);
    }
    image("RESOLUTION", -32, WIDTH, diagonals, N).write(resolution.array(), out);
    new TableHduWriter(N)
        .longs("TARGETID", new long[N])
        .longs("DESI_TARGET", new long[] {0, 1L << 33, 1, 0})
        .integers("FIBER", new int[] {1500, 1501, 1502, 1503})
        .integers("FIBERSTATUS", status)
        .texts("OBJTYPE", 3, i -> type[i])
        .doubles("TARGET_RA", "", new double[] {36, 36.1, 36.2, 36.3})
        .doubles("TARGET_DEC", "", new double[] {-4, -4.1, -4.2, -4.3})
        .doubles("FIBER_X", "mm", new double[] {253.4, 0, 10, 10})
        .doubles("FIBER_Y", "mm", new double[] {0, 0, 10, 10})
        .doubles("FIBERASSIGN_X", "mm", new double[] {1, 126.7, 1, 1})
        .doubles("FIBERASSIGN_Y", "mm", new double[] {1, -126.7, 1, 1})
        .floats("FIBERFLUX_G", "", new float[] {0, 100, 1, 1})
        .write("FIBERMAP", out);
    image("CHI2PIX", -32, WIDTH, N).write(new byte[4 * WIDTH * N], out);
  }

  private static HduWriter image(String name, int bitpix, int... axes) {
    return HduWriter.extension("IMAGE")
        .shape(bitpix, axes)
        .card("PCOUNT", 0, "")
        .card("GCOUNT", 1, "")
        .card("EXTNAME", name, "");
  }

  private Frame read() throws FitsRejection {
    return FrameReader.read(NAME, bytes());
  }

  @Test
  void theExposureIsTheHeaders() throws FitsRejection {
    Frame frame = read();
    assertThat(frame.id()).isEqualTo(ID);
    assertThat(frame.id().plate().night().label()).isEqualTo("20201214");
    assertThat(frame.pointing().exposureTime()).isEqualTo(900.5);
    assertThat(frame.pointing().ra()).isEqualTo(36.5);
    assertThat(frame.pointing().moonPhase()).isEqualTo(0.4);
    assertThat(frame.fibres().fibreId()).containsExactly(1500, 1501, 1502, 1503);
  }

  @ParameterizedTest
  @CsvSource({
    "electron/Angstrom, 0.8",
    "count/Angstrom, 0.8",
    "electron Angstrom-1, 0.8",
    "ct Angstrom**(-1), 0.8",
    "photon/bin, 1",
    "electron, 1"
  })
  void fluxIsElectronsOfAPixel(String unit, double width) throws FitsRejection {
    this.unit = unit;
    Frame frame = read();
    assertThat((double) frame.flux()[2][50]).isCloseTo(width * flux(2, 50), within(1e-3));
    assertThat((double) frame.ivar()[2][50]).isCloseTo(0.01 / (width * width), within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.00008, 0.99993})
  void wavelengthsAreTheObservatorys(double barycentric) throws FitsRejection {
    this.barycentric = barycentric;
    Frame frame = read();
    for (int i = 0; i < N; i++) {
      assertThat(frame.wavelength()[i][0]).isCloseTo(FIRST, within(1e-9));
      assertThat(frame.wavelength()[i][100]).isCloseTo(FIRST + 80, within(1e-9));
    }
    assertThat((double) frame.flux()[0][9]).isCloseTo(0.8 * flux(0, 9), within(1e-3));
  }

  @Test
  void maskedPixelsAreUnusable() throws FitsRejection {
    Frame frame = read();
    assertThat(frame.ivar()[1][7]).isZero();
    assertThat(frame.mask()[1][7]).isEqualTo(MaskBit.COSMIC_RAY.value() | 4096);
    assertThat(frame.mask()[1][8]).isZero();
    assertThat(frame.ivar()[1][8]).isPositive();
  }

  @Test
  void widthsAreTheResolutionsSecondMoments() throws FitsRejection {
    LineWidths widths = read().widths();
    for (double w = FIRST; w < FIRST + 240; w += 7) {
      assertThat(widths.at(0, w)).isCloseTo(0.2 * STEP * STEP, within(1e-6));
      assertThat(widths.at(1, w)).isCloseTo(0.4 * STEP * STEP, within(1e-6));
      assertThat(widths.at(3, w)).isCloseTo(0.5 * STEP * STEP, within(1e-6));
    }
    // Lines of no width at all are no statement.
    assertThat(widths.at(2, FIRST)).isNaN();
    diagonals = 6;
    assertThatThrownBy(this::read).hasMessageContaining("RESOLUTION").hasMessageContaining("odd");
  }

  @Test
  void fibresAreWhatTypeStatusAndTargetSay() throws FitsRejection {
    assertThat(read().fibres().type())
        .containsExactly(FibreType.SKY, FibreType.STANDARD, FibreType.OBJECT, FibreType.UNUSED);
    status = new int[] {1 << 12, 1 << 9, 1 << 24, 1 << 22};
    type = new String[] {"SKY", "TGT", "TGT", "TGT"};
    // Too little light for a sky; off its target; the z amplifier, the b amplifier at fault.
    assertThat(read().fibres().type())
        .containsExactly(
            FibreType.UNUSED, FibreType.POSITION_ERROR, FibreType.DEAD, FibreType.OBJECT);
    status = new int[] {1 << 1 | 1 << 3, 1 << 2, 1, 1 << 16};
    type = new String[] {"SKY", "SKY", "TGT", "TGT"};
    assertThat(read().fibres().type())
        .containsExactly(FibreType.SKY, FibreType.DEAD, FibreType.UNUSED, FibreType.DEAD);
  }

  @Test
  void positionsAreDegreesPlannedWhereNotMeasured() throws FitsRejection {
    Frame frame = read();
    assertThat(frame.fibres().x()[0]).isCloseTo(1, within(1e-12));
    assertThat(frame.fibres().x()[1]).isCloseTo(0.5, within(1e-12));
    assertThat(frame.fibres().y()[1]).isCloseTo(-0.5, within(1e-12));
    assertThat((double) frame.fibres().magnitude()[1]).isCloseTo(17.5, within(1e-6));
    assertThat(frame.fibres().magnitude()[0]).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "sframe-z3-00067784.fits, 'sframe is no input'",
    "cframe-z3-00067784.fits, 'cframe is no input'",
    "frame-z4-00067784.fits, 'the header says'",
    "frame-r3-00067784.fits, 'the header says'",
    "frame-z3-00067785.fits, 'the header says'"
  })
  void otherFilesAreRefusedByName(String name, String why) {
    byte[] bytes = bytes();
    assertThatThrownBy(() -> FrameReader.read(name, bytes))
        .isInstanceOf(FitsRejection.class)
        .hasMessageContaining(why);
  }

  @Test
  void whatIsNoFrameIsRefused() {
    unit = "10**-17 erg/(s cm2 Angstrom)";
    assertThatThrownBy(this::read).hasMessageContaining("flux-calibrated");
    unit = "furlong";
    assertThatThrownBy(this::read).hasMessageContaining("BUNIT = 'furlong'");
    unit = "electron/Angstrom";
    flavor = "arc";
    assertThatThrownBy(this::read).hasMessageContaining("no science exposure");
    flavor = "science";
    camera = "q3";
    assertThatThrownBy(this::read).hasMessageContaining("CAMERA");
    camera = "z3";
    barycentric = 1.01;
    assertThatThrownBy(this::read).hasMessageContaining("HELIOCOR");
  }

  @Test
  void aSubtractedFrameUnderAnotherNameIsRefusedByItsSkyFibres() {
    subtracted = true;
    assertThatThrownBy(this::read).hasMessageContaining("the sky is subtracted (sframe)");
    // Nothing can be told without a sky fibre.
    type = new String[] {"TGT", "TGT", "TGT", "BAD"};
    assertThatCode(this::read).doesNotThrowAnyException();
  }

  @Test
  void aFrameWithoutMaskHasNone() throws FitsRejection {
    masked = false;
    Frame frame = read();
    assertThat(frame.mask()[1][7]).isZero();
    assertThat(frame.ivar()[1][7]).isPositive();
  }

  @Test
  void aSkyIsKnownByItsHeaderAndUnits() throws FitsRejection {
    extension = "SKY";
    String name = "sky-z3-00067784.fits";
    assertThat(FitsHeaders.sniff(name, bytes())).isEqualTo(FileIdentity.frameSky(ID));
    float[][] sky = FrameReader.readSky(name, bytes(), FitsLimits.DEFAULT);
    assertThat((double) sky[3][10]).isCloseTo(0.8 * flux(3, 10), within(1e-3));
    assertThatThrownBy(() -> FitsHeaders.sniff(NAME, bytes())).hasMessageContaining("sky of");
  }

  @Test
  void whatIsWrittenIsRead() throws FitsRejection, IOException {
    Frame frame = read();
    float[][] truth = new float[N][WIDTH];
    truth[2][5] = 12;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DesiFrameWriter.write(frame, Optional.of(truth), out);
    Frame again = FrameReader.read(NAME, out.toByteArray());
    assertThat(again.id()).isEqualTo(frame.id());
    assertThat(again.fibres().type()).isEqualTo(frame.fibres().type());
    assertThat(again.fibres().fibreId()).isEqualTo(frame.fibres().fibreId());
    assertThat(again.wavelength()).isEqualTo(frame.wavelength());
    assertThat(again.mask()[1][7]).isEqualTo(frame.mask()[1][7]);
    for (int p = 0; p < WIDTH; p++) {
      assertThat(again.flux()[2][p]).isCloseTo(frame.flux()[2][p], within(1e-3f));
      assertThat(again.ivar()[2][p]).isCloseTo(frame.ivar()[2][p], within(1e-6f));
    }
    assertThat(
            FrameReader.readTruth(NAME, out.toByteArray(), FitsLimits.DEFAULT).orElseThrow()[2][5])
        .isCloseTo(12, within(1e-5f));
  }

  @Test
  void aFlatIsTakenOut() throws FitsRejection {
    Frame frame = read();
    float[][] flat = new float[N][WIDTH];
    for (float[] row : flat) {
      Arrays.fill(row, 0.5f);
    }
    flat[0][3] = Float.NaN;
    Frame even = frame.flattened(flat);
    assertThat(even.flux()[1][20]).isEqualTo(2 * frame.flux()[1][20]);
    assertThat(even.ivar()[1][20]).isEqualTo(frame.ivar()[1][20] / 4);
    assertThat(even.ivar()[0][3]).isZero();
    assertThatThrownBy(() -> frame.flattened(new float[N][3]))
        .hasMessageContaining("another shape");
  }
}
