package org.skymi.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ManyNormalsTest {
  private static final int SIZE = 5;
  private static final int PROBLEMS = 7;
  private static final int DATA = 9;

  @Test
  void everyProblemIsSolvedAsByItself() {
    Random random = new Random(3);
    ManyNormals many = new ManyNormals(SIZE, PROBLEMS);
    NormalEquations[] own = new NormalEquations[PROBLEMS];
    double[][] weight = new double[DATA][PROBLEMS];
    double[][] weighted = new double[DATA][PROBLEMS];
    double[][] row = new double[DATA][SIZE];
    for (int c = 0; c < PROBLEMS; c++) {
      own[c] = new NormalEquations(SIZE);
    }
    for (int k = 0; k < DATA; k++) {
      for (int a = 0; a < SIZE; a++) {
        row[k][a] = random.nextGaussian();
      }
      for (int c = 0; c < PROBLEMS; c++) {
        double datum = random.nextGaussian();
        weight[k][c] = random.nextDouble();
        weighted[k][c] = weight[k][c] * datum;
        own[c].add(row[k], weight[k][c], datum);
      }
    }
    for (int a = 0; a < SIZE; a++) {
      double[] column = new double[DATA];
      for (int b = 0; b <= a; b++) {
        double[] products = new double[DATA];
        for (int k = 0; k < DATA; k++) {
          column[k] = row[k][a];
          products[k] = row[k][a] * row[k][b];
        }
        many.addGram(b, a, products, weight);
      }
      many.addRhs(a, column, weighted);
    }
    for (int c = 0; c < PROBLEMS; c++) {
      many.addPrior(c, 2, 0.5);
      own[c].addPrior(2, 0, 0.5);
    }
    double[][] solution = many.solve();
    for (int c = 0; c < PROBLEMS; c++) {
      double[] alone = own[c].mean();
      assertThat(many.of(c).gram(3, 1)).isCloseTo(own[c].gram(3, 1), within(1e-12));
      for (int a = 0; a < SIZE; a++) {
        assertThat(solution[a][c]).isCloseTo(alone[a], within(1e-9));
      }
    }
  }

  @Test
  void whatNothingTellsOfIsNoNumber() {
    ManyNormals many = new ManyNormals(2, 2);
    many.addPrior(0, 0, 1);
    many.addPrior(0, 1, 1);
    many.addPrior(1, 0, 1);
    double[][] solution = many.solve();
    assertThat(solution[1][0]).isZero();
    assertThat(solution[1][1]).isNaN();
  }
}
