package org.skymi.sky.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skymi.math.BSpline;
import org.skymi.math.Binary;
import org.skymi.sky.frame.LineGroup;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.supersky.SkyColumns;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

class CorrectionColumnsTest {
  private static final SkyGrid RED = SkyGrid.of(Instrument.LAMOST, Arm.RED, 0.84);
  private static final BSpline SPLINE = RED.spline();
  private static final double[] SKY = new double[SPLINE.size()];
  private static final double[] LIGHT = new double[SPLINE.size()];

  /** Of the sky above its continuum. */
  private static final double[] LINES;

  static {
    for (int k = 0; k < SKY.length; k++) {
      double x = SPLINE.centre(k);
      SKY[k] = 100 + 0.01 * x + (RED.windowOf(k) < 0 ? 0 : 50 * (1 + Math.sin(x / 2)));
      LIGHT[k] = 0.1 * x;
    }
    double[] continuum = RED.continuum(SKY);
    LINES = SKY.clone();
    Arrays.setAll(LINES, k -> LINES[k] - continuum[k]);
  }

  private static final CorrectionColumns COLUMNS =
      new CorrectionColumns(RED, SKY, LIGHT, Patterns.NONE);

  /** Places of the coefficients of a classical sky. */
  private static final int OF_GROUPS = SkyColumns.CONTINUUM_TERMS;

  private static double[] classical() {
    double[] z = new double[SkyColumns.count(RED.optics())];
    Arrays.setAll(z, k -> 0.9 + 0.1 * k);
    return z;
  }

  private static double[] parts(double x, double width, LineGroup expected) {
    double[] out = new double[CorrectionColumns.PARTS];
    Arrays.fill(out, 77);
    var fibre = new CorrectionColumns.Fibre(classical(), w -> width, 0);
    assertThat(COLUMNS.parts(x, fibre, CorrectionColumns.scratch(), out)).isEqualTo(expected);
    assertThat(fibre.level()).isEqualTo(0.9);
    return out;
  }

  private static double strength(LineGroup group, double x) {
    double[] z = classical();
    double own = z[OF_GROUPS + SkyColumns.groups(RED.optics()).indexOf(group)];
    return own + (group == LineGroup.OH ? RED.u(x) * z[z.length - 1] : 0);
  }

  @Test
  void weakBlueLinesKeepTheirShapes() {
    SkyGrid blue = SkyGrid.of(Instrument.LAMOST, Arm.BLUE, 0.57);
    double[] sky = new double[blue.spline().size()];
    Arrays.setAll(sky, k -> 100 + 20 * Math.sin(0.3 * k));
    CorrectionColumns columns = new CorrectionColumns(blue, sky, sky.clone(), Patterns.NONE);
    double[] z = new double[SkyColumns.count(blue.optics())];
    Arrays.fill(z, 1);
    var fibre = new CorrectionColumns.Fibre(z, w -> 0, 0);
    double[] out = new double[CorrectionColumns.PARTS];
    int kept = 0;
    int free = 0;
    for (LineWindow window : blue.windows()) {
      columns.parts(window.centre(), fibre, CorrectionColumns.scratch(), out);
      double[] derivatives =
          Arrays.copyOfRange(out, CorrectionColumns.FIRST_DERIVATIVE, CorrectionColumns.PATTERN);
      boolean isWeak = window.group() == LineGroup.BLUE;
      assertThat(Arrays.stream(derivatives).allMatch(d -> d == 0)).isEqualTo(isWeak);
      kept += isWeak ? 1 : 0;
      free += isWeak ? 0 : 1;
      assertThat(out[CorrectionColumns.LINES]).isNotZero();
    }
    assertThat(kept).isGreaterThan(20);
    assertThat(free).isPositive();
  }

  @Test
  void transmissionIsAShareOfAllLight() {
    double[] stored = new double[1 + Patterns.bins(SKY.length)];
    Arrays.fill(stored, 0.01);
    stored[0] = 0;
    Patterns patterns = Patterns.read(Binary.bytes(stored), SKY.length);
    CorrectionColumns columns = new CorrectionColumns(RED, SKY, LIGHT, patterns);
    var fibre = new CorrectionColumns.Fibre(classical(), w -> 0.3, 0.1);
    double[] out = new double[CorrectionColumns.PARTS];
    for (double x : new double[] {5700, 6340, 6363.5, 8829}) {
      columns.parts(x, fibre, CorrectionColumns.scratch(), out);
      double sky = out[CorrectionColumns.CONTINUUM] + out[CorrectionColumns.LINES];
      assertThat(out[CorrectionColumns.TRANSMISSION]).isCloseTo(0.01 * sky, within(1e-9 * sky));
      assertThat(out[CorrectionColumns.TRANSMISSION + 1]).isZero();
    }
  }

  private static double lines(double x) {
    return SPLINE.evaluate(LINES, x);
  }

  @Test
  void continuumAndScatteredLightAreEverywhere() {
    for (double x : new double[] {5700, 6345, 7300, 8900}) {
      double[] z = classical();
      double u = RED.u(x);
      double[] out = parts(x, 0.3, RED.groupAt(x));
      assertThat(out[CorrectionColumns.CONTINUUM])
          .isCloseTo((z[0] + z[1] * u + z[2] * u * u) * (100 + 0.01 * x), within(0.02));
      assertThat(out[CorrectionColumns.LIGHT]).isCloseTo(0.001 * x, within(1e-9));
    }
    double[] between = parts(6340, 0.3, null);
    assertThat(Arrays.copyOfRange(between, CorrectionColumns.LINES, CorrectionColumns.LIGHT))
        .containsOnly(0);
  }

  @Test
  void derivativesAreDifferencesOfTheLines() {
    double h = 2 * SPLINE.step();
    for (double x : new double[] {6301.7, 6364, 7317.2, 8829}) {
      LineGroup group = RED.groupAt(x);
      double strength = strength(group, x);
      double[] l = new double[5];
      Arrays.setAll(l, k -> strength * lines(x + (k - 2) * h));
      double[] out = parts(x, 0, group);
      assertThat(Arrays.copyOfRange(out, CorrectionColumns.LINES, CorrectionColumns.PATTERN))
          .containsExactly(
              new double[] {
                l[2],
                (l[3] - l[1]) / 2,
                (l[3] - 2 * l[2] + l[1]) / 2,
                (l[4] - 2 * l[3] + 2 * l[1] - l[0]) / 12,
                (l[4] - 4 * l[3] + 6 * l[2] - 4 * l[1] + l[0]) / 24
              },
              within(1e-6));
    }
  }

  @Test
  void aWiderFibreHasTheLinesSecondDerivative() {
    double x = 6363.5;
    double e = 0.05;
    double curvature = (lines(x + e) - 2 * lines(x) + lines(x - e)) / (e * e);
    double[] wide = parts(x, 0.4, LineGroup.OI6300);
    double[] plain = parts(x, 0, LineGroup.OI6300);
    double[] expected = plain.clone();
    expected[CorrectionColumns.LINES] += 0.2 * strength(LineGroup.OI6300, x) * curvature;
    assertThat(Math.abs(curvature)).isGreaterThan(1);
    assertThat(wide).containsExactly(expected, within(0.05));
  }

  @Test
  void smoothFunctionsAreCosinesAndLegendres() {
    for (double u : new double[] {-1, -0.3, 0, 0.6, 1}) {
      for (int order = 0; order < 8; order++) {
        assertThat(at(CorrectionColumns.CONTINUUM, order, u))
            .isCloseTo(Math.cos(Math.PI * order * (1 + u) / 2), within(1e-12));
      }
      double[] legendre = {
        1, u, (3 * u * u - 1) / 2, (5 * u * u - 3) * u / 2, ((35 * u * u - 30) * u * u + 3) / 8
      };
      for (int order = 0; order < legendre.length; order++) {
        assertThat(at(CorrectionColumns.LINES, order, u)).isCloseTo(legendre[order], within(1e-12));
      }
    }
  }

  private static double at(int part, int order, double u) {
    return new CorrectionColumns.Term(part, null, order, 1).at(u);
  }

  @Test
  void theSmootherTheMoreIsExpected() {
    List<CorrectionColumns.Term> terms = COLUMNS.terms().list();
    assertThat(terms)
        .hasSize(CorrectionColumns.count(RED.optics()))
        .hasSize(8 + 4 + 1 + 13 + 6 + 2 + 1);
    assertThat(scales(CorrectionColumns.CONTINUUM))
        .startsWith(0.02, 0.02 / 1.5, 0.02 / 2)
        .hasSize(8);
    assertThat(scales(CorrectionColumns.LINES)).containsOnly(0.02).hasSize(5);
    assertThat(scales(CorrectionColumns.FIRST_DERIVATIVE))
        .containsExactly(0.04, 0.02, 0.04 / 3, 0.01, 0.008);
    assertThat(scales(CorrectionColumns.PATTERN - 1)).containsExactly(0.2, 0.1);
    assertThat(scales(CorrectionColumns.PATTERN)).containsExactly(1.0);
    assertThat(scales(CorrectionColumns.LIGHT)).containsExactly(0.1);
    assertThat(terms).filteredOn(t -> t.group() == LineGroup.OH).hasSize(2);
  }

  private static List<Double> scales(int part) {
    return COLUMNS.terms().list().stream()
        .filter(t -> t.part() == part)
        .map(CorrectionColumns.Term::scale)
        .toList();
  }

  @Test
  void greyAndScalesOfCoefficients() {
    MemoryShape shape = CorrectionColumns.shape(RED.optics(), 250, MemoryShape.Orders.DEFAULT);
    List<CorrectionColumns.Term> terms = COLUMNS.terms().list();
    for (int k = 0; k < terms.size(); k++) {
      CorrectionColumns.Term t = terms.get(k);
      boolean flat = t.order() == 0 && t.part() <= CorrectionColumns.LINES;
      assertThat(shape.grey()[k]).as("%s", t).isEqualTo(flat ? 1 : 0);
      assertThat(shape.scale()[k]).isEqualTo(t.scale());
    }
  }

  @Test
  void aRowHasNothingOfOtherGroups() {
    List<CorrectionColumns.Term> terms = COLUMNS.terms().list();
    double[] values = new double[CorrectionColumns.PARTS];
    Arrays.setAll(values, k -> 10 * (1 + k));
    double[] smooth = new double[terms.size()];
    Arrays.setAll(smooth, k -> 1 + k);
    double[] row = new double[terms.size()];
    COLUMNS.row(values, LineGroup.OH, smooth, row);
    for (int k = 0; k < row.length; k++) {
      LineGroup group = terms.get(k).group();
      boolean own = group == null || group == LineGroup.OH;
      assertThat(row[k]).isEqualTo(own ? (1 + k) * values[terms.get(k).part()] : 0);
    }
  }
}
