package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.skymi.math.NormalEquations;
import org.skymi.sky.memory.Prediction;

/** Packed arithmetic against dense matrices. */
class PriorLikelihoodTest {
  private static final int SIZE = 4;
  private static final int TRIANGLE = NormalEquations.packed(SIZE);

  /** Where equations and prior begin: rows of a batch follow one another. */
  private static final int FROM = 2;

  private static final int AT = 3;

  private final Random random = new Random(5);

  private SimpleMatrix positive() {
    SimpleMatrix any = SimpleMatrix.random_DDRM(SIZE, SIZE, -1, 1, random);
    return any.mult(any.transpose()).plus(SimpleMatrix.identity(SIZE).scale(0.3));
  }

  private static void pack(SimpleMatrix symmetric, double[] into, int from) {
    for (int a = 0; a < SIZE; a++) {
      for (int b = 0; b <= a; b++) {
        into[from++] = symmetric.get(a, b);
      }
    }
  }

  private static double dot(SimpleMatrix a, SimpleMatrix b) {
    return a.transpose().mult(b).get(0);
  }

  @Test
  void isThatOfDenseMatrices() {
    PriorLikelihood likelihood = new PriorLikelihood(SIZE);
    for (int turn = 0; turn < 3; turn++) {
      SimpleMatrix n = positive();
      SimpleMatrix r = positive();
      SimpleMatrix v = SimpleMatrix.random_DDRM(SIZE, 1, -2, 2, random);
      SimpleMatrix m = SimpleMatrix.random_DDRM(SIZE, 1, -1, 1, random);
      SimpleMatrix logVariance = SimpleMatrix.random_DDRM(SIZE, 1, -2, 2, random);
      double[] equations = new double[FROM + 2 * TRIANGLE + SIZE];
      double[] prior = new double[AT + 2 * SIZE];
      pack(n, equations, FROM);
      pack(r, equations, FROM + TRIANGLE + SIZE);
      for (int k = 0; k < SIZE; k++) {
        equations[FROM + TRIANGLE + k] = v.get(k);
        prior[AT + k] = m.get(k);
        prior[AT + SIZE + k] = logVariance.get(k);
      }
      likelihood.of(prior, AT, equations, FROM);

      SimpleMatrix e = SimpleMatrix.diag(logVariance.scale(-0.5).elementExp().getDDRM().data);
      SimpleMatrix p = e.mult(r).mult(e);
      SimpleMatrix covariance = n.plus(p).invert();
      SimpleMatrix rest = v.minus(n.mult(m));
      SimpleMatrix step = covariance.mult(rest);
      SimpleMatrix pull = p.mult(step);
      SimpleMatrix told = covariance.mult(n);
      assertThat(likelihood.logDeterminant())
          .isCloseTo(Math.log(n.plus(p).determinant()) + logVariance.elementSum(), within(1e-9));
      assertThat(likelihood.explained())
          .isCloseTo(2 * dot(m, v) - dot(m, n.mult(m)) + dot(rest, step), within(1e-9));
      for (int k = 0; k < SIZE; k++) {
        assertThat(likelihood.step()[k]).isCloseTo(step.get(k), within(1e-9));
        assertThat(likelihood.pull()[k]).isCloseTo(pull.get(k), within(1e-9));
        assertThat(likelihood.told(equations, FROM)[k]).isCloseTo(told.get(k, k), within(1e-9));
      }
    }
  }

  /** In units of what the memory expects: what is told and how far off it is keep their meaning. */
  @Test
  void relativeEquationsSayWhatThePlainOnesSay() {
    SimpleMatrix n = positive().scale(3);
    SimpleMatrix covariance = positive();
    SimpleMatrix v = SimpleMatrix.random_DDRM(SIZE, 1, -2, 2, random);
    double[] mean = {0.5, -1, 2, 0.1};
    NormalEquations plain = new NormalEquations(SIZE);
    for (int a = 0; a < SIZE; a++) {
      plain.addRhs(a, v.get(a));
      for (int b = 0; b <= a; b++) {
        plain.addGram(a, b, n.get(a, b));
      }
    }
    RelativeEquations relative =
        new RelativeEquations(plain, new Prediction(mean, new DMatrixRMaj(covariance.getDDRM())));
    SimpleMatrix rest = v.minus(n.mult(new SimpleMatrix(SIZE, 1, true, mean)));
    SimpleMatrix posterior = n.plus(covariance.invert()).invert();
    SimpleMatrix off = posterior.mult(rest);
    SimpleMatrix told = posterior.mult(n);
    SimpleMatrix precision = covariance.invert();
    int k = 0;
    for (int a = 0; a < SIZE; a++) {
      double unit = Math.sqrt(covariance.get(a, a));
      assertThat(relative.off()[a]).isCloseTo(off.get(a) / unit, within(1e-9));
      assertThat(relative.told()[a]).isCloseTo(told.get(a, a), within(1e-9));
      assertThat(relative.packed()[TRIANGLE + a]).isCloseTo(rest.get(a) * unit, within(1e-9));
      for (int b = 0; b <= a; b++) {
        double units = unit * Math.sqrt(covariance.get(b, b));
        assertThat(relative.packed()[k]).isCloseTo(n.get(a, b) * units, within(1e-9));
        assertThat(relative.packed()[TRIANGLE + SIZE + k])
            .isCloseTo(precision.get(a, b) * units, within(1e-9));
        k++;
      }
    }
    assertThat(relative.size()).isEqualTo(SIZE);
    assertThat(relative.far()).isCloseTo(dot(rest, n.invert().mult(rest)), within(0.01));
  }
}
