package org.skymi.sky.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

class ColourScatterTest {
  private static final Instrument.Span SPAN = Instrument.LAMOST.span();
  private static final List<SkyGrid> GRIDS =
      List.of(
          SkyGrid.of(Instrument.LAMOST, Arm.BLUE, 1), SkyGrid.of(Instrument.LAMOST, Arm.RED, 1));

  private static final float ERROR = 0.005f;

  private final Random random = new Random(7);

  private ColourScatter of(int fibres, double scatter) {
    ColourScatter colours = new ColourScatter(SPAN);
    for (int i = 0; i < fibres; i++) {
      add(1 + 0.04 * random.nextGaussian(), scatter * random.nextGaussian(), colours);
    }
    return colours;
  }

  private void add(double grey, double colour, ColourScatter colours) {
    for (SkyGrid grid : GRIDS) {
      float[] ratio = new float[grid.bins()];
      float[] error = new float[ratio.length];
      for (int b = 0; b < ratio.length; b++) {
        double v = SPAN.along(grid.wavelength((2 * b + 1.0) / ratio.length - 1));
        error[b] = b % 7 == 0 ? Float.POSITIVE_INFINITY : ERROR;
        double noise = ERROR * random.nextGaussian();
        ratio[b] = b % 7 == 0 ? 1 : (float) (grey * (1 + colour * v) + noise);
      }
      colours.add(grid, ratio, error);
    }
    colours.done();
  }

  @Test
  void scatterIsThatOfTheColoursNotOfTheirErrors() {
    assertThat(of(200, 0).value()).isLessThan(0.0015);
    assertThat(of(200, 0.008).value()).isCloseTo(0.008, within(0.0015));
  }

  @Test
  void fewFibresSayLittle() {
    assertThat(of(0, 0).value()).isEqualTo(ColourScatter.USUAL);
    assertThat(of(2, 0.006).value()).isCloseTo(ColourScatter.USUAL, within(0.001));
    double twenty = of(20, 0).value();
    assertThat(twenty).isBetween(0.5 * ColourScatter.USUAL, ColourScatter.USUAL);
  }

  @Test
  void aFewWithObjectLightChangeNothing() {
    ColourScatter colours = of(40, 0.003);
    double before = colours.value();
    add(1.5, -0.3, colours);
    add(1.1, 0.1, colours);
    assertThat(colours.value()).isCloseTo(before, within(0.001));
  }

  @Test
  void noMoreIsBelievedThanInstrumentsHave() {
    assertThat(of(100, 0.1).value()).isEqualTo(0.012);
    ColourScatter nothing = new ColourScatter(SPAN);
    float[] unknown = new float[GRIDS.get(0).bins()];
    Arrays.fill(unknown, Float.POSITIVE_INFINITY);
    nothing.add(GRIDS.get(0), unknown.clone(), unknown);
    nothing.done();
    assertThat(nothing.value()).isBetween(0.0, ColourScatter.USUAL);
  }
}
