package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.PlateId;
import org.skymi.survey.Pointing;

/** Small frames for tests, with a value of their own in every pixel. */
public final class MadeUp {
  public static final FrameId ID =
      new FrameId(new PlateId("TEST01", 58017), 83544500, 16, Arm.BLUE);
  public static final String NAME = ID.fileStem() + ".fits";

  private MadeUp() {}

  /** A frame of n fibres and a width, of an identity. */
  public static Frame frame(FrameId id, int n, int width) {
    Random random = new Random(n * 1000L + width);
    FibreMap fibres = FibreMap.ofSize(n);
    float[][] flux = new float[n][width];
    float[][] ivar = new float[n][width];
    int[][] mask = new int[n][width];
    double[][] wavelength = new double[n][width];
    for (int i = 0; i < n; i++) {
      fibres.fibreId()[i] = i + 1;
      fibres.type()[i] = FibreType.values()[i % FibreType.values().length];
      fibres.objectType()[i] = i % 2 == 0 ? "Star" : "an object of 16c";
      fibres.ra()[i] = 360 * random.nextDouble();
      fibres.dec()[i] = 90 * random.nextDouble();
      fibres.x()[i] = random.nextGaussian();
      fibres.y()[i] = random.nextGaussian();
      fibres.magnitude()[i] = i == 0 ? Float.NaN : 14 + random.nextFloat();
      for (int k = 0; k < width; k++) {
        flux[i][k] = (float) (1000 * random.nextGaussian());
        ivar[i][k] = random.nextFloat();
        mask[i][k] = random.nextInt();
        wavelength[i][k] =
            (id.arm() == Arm.BLUE ? 3700 : 6700) + 1.1 * k + 0.1 * random.nextDouble();
      }
    }
    Pointing pointing =
        new Pointing("2017-09-21T16:00:00", 1800, 150.0 / 7, -1.0 / 3, 1.1, Double.NaN, 70);
    return new Frame(id, pointing, fibres, flux, ivar, mask, wavelength);
  }

  public static Frame frame() {
    return frame(ID, 7, 30);
  }

  /** A frame's file, plain. */
  public static byte[] bytes(Frame frame) {
    return Written.by(out -> FrameWriter.write(frame, Optional.empty(), Optional.empty(), out));
  }

  /** An image as an extension. */
  public static byte[] image(String name, float[][] image) {
    int width = image[0].length;
    return Written.by(
        out ->
            ImageHduWriter.image(name, -32, width, image.length)
                .write(ImageHduWriter.bytes(image, image.length, width), out));
  }

  /** Any bytes, gzipped. */
  public static byte[] gzip(byte[] bytes) {
    return Written.by(
        out -> {
          try (OutputStream gzip = FrameWriter.gzip(out)) {
            gzip.write(bytes);
          }
        });
  }

  /** Asserts that two frames are equal bit by bit. */
  public static void assertSame(Frame read, Frame written) {
    assertThat(read.id()).isEqualTo(written.id());
    assertThat(read.pointing()).isEqualTo(written.pointing());
    assertThat(Arrays.deepEquals(read.flux(), written.flux())).isTrue();
    assertThat(Arrays.deepEquals(read.ivar(), written.ivar())).isTrue();
    assertThat(Arrays.deepEquals(read.mask(), written.mask())).isTrue();
    assertThat(Arrays.deepEquals(read.wavelength(), written.wavelength())).isTrue();
    assertThat(columns(read.fibres())).isDeepEqualTo(columns(written.fibres()));
  }

  private static Object[][] columns(FibreMap map) {
    return IntStream.range(0, map.size())
        .mapToObj(
            i ->
                new Object[] {
                  map.fibreId()[i],
                  map.type()[i],
                  map.objectType()[i],
                  map.ra()[i],
                  map.dec()[i],
                  map.x()[i],
                  map.y()[i],
                  map.magnitude()[i]
                })
        .toArray(Object[][]::new);
  }
}
