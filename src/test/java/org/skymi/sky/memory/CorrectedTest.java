package org.skymi.sky.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.skymi.sky.frame.LineGroup;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/** Tables of factors, pair by pair of parts, where they are exact: at their nodes. */
class CorrectedTest {
  private static final CorrectionColumns.Terms TERMS =
      CorrectionColumns.Terms.of(Instrument.LAMOST.arm(Arm.RED));
  private static final int SIZE = TERMS.list().size();

  /** Ends, middle and another node of 96 intervals. */
  private static final double[] NODES = {-1, -0.5, 0, 0.625, 1};

  private final SimpleMatrix mean = SimpleMatrix.random_DDRM(SIZE, 1, -1, 1, new Random(1));
  private final SimpleMatrix half = SimpleMatrix.random_DDRM(SIZE, SIZE, -1, 1, new Random(2));
  private final SimpleMatrix covariance = half.mult(half.transpose());
  private final Corrected.Terms shared = new Corrected.Terms(TERMS);
  private final Corrected.Pixel pixel = new Corrected.Pixel(shared);
  private final Corrected corrected =
      new Corrected(
          shared, new Prediction(mean.getDDRM().data, new DMatrixRMaj(covariance.getDDRM())));

  private static SimpleMatrix row(double u, LineGroup group, double[] parts) {
    SimpleMatrix row = new SimpleMatrix(SIZE, 1);
    for (int k = 0; k < SIZE; k++) {
      CorrectionColumns.Term term = TERMS.list().get(k);
      boolean own = term.group() == null || term.group() == group;
      row.set(k, own ? parts[term.part()] * term.at(u) : 0);
    }
    return row;
  }

  private void require(double u, LineGroup group, double[] parts) {
    pixel.at(u, group, parts);
    SimpleMatrix row = row(u, group, parts);
    assertThat(corrected.mean(pixel)).isCloseTo(row.transpose().mult(mean).get(0), within(1e-9));
    assertThat(corrected.variance(pixel))
        .isCloseTo(row.transpose().mult(covariance).mult(row).get(0), within(1e-9));
  }

  @Test
  void everyPairOfPartsHasItsCovariance() {
    for (double u : NODES) {
      for (int a = 0; a < CorrectionColumns.PARTS; a++) {
        for (int b = 0; b <= a; b++) {
          double[] parts = new double[CorrectionColumns.PARTS];
          parts[a] += 2;
          parts[b] -= 3;
          require(u, LineGroup.OH, parts);
          require(u, LineGroup.O2, parts);
        }
      }
    }
  }

  @Test
  void withoutLinesTheOthersKeepTheirs() {
    double[] parts = new double[CorrectionColumns.PARTS];
    parts[CorrectionColumns.CONTINUUM] = 2;
    parts[CorrectionColumns.LIGHT] = -3;
    for (double u : NODES) {
      require(u, null, parts);
    }
  }

  @Test
  void betweenNodesAndBeyondTheEndsItGoesOnEvenly() {
    double[] parts = new double[CorrectionColumns.PARTS];
    Arrays.setAll(parts, k -> 1 + k);
    double[] value = new double[3];
    for (int k = 0; k < value.length; k++) {
      pixel.at(-0.5 + k / 96.0, LineGroup.OH, parts);
      value[k] = corrected.variance(pixel);
    }
    assertThat(value[1]).isCloseTo((value[0] + value[2]) / 2, within(1e-9 * value[1]));
    for (int end : new int[] {-1, 1}) {
      pixel.at(end, LineGroup.OH, parts);
      double there = corrected.mean(pixel);
      pixel.at(1.1 * end, LineGroup.OH, parts);
      assertThat(corrected.mean(pixel)).isEqualTo(there);
    }
  }
}
