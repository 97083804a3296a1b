package org.skymi.simulate;

/**
 * Scattered light of the whole frame that is left after subtraction: the frame's light, blurred.
 */
final class Pedestal {
  private static final int ROWS = 10;
  private static final int COLUMNS = 32;
  private static final int BLURS = 6;

  private final double share;

  Pedestal(Shot shot) {
    Sizes sizes = shot.sizes();
    Habits habits = shot.armHabits().with("pedestal");
    double habit =
        habits.uniform(sizes.of(Effect.PEDESTAL, "least"), sizes.of(Effect.PEDESTAL, "greatest"));
    double night = sizes.of(Effect.PEDESTAL, "night") * shot.armNight().with("pedestal").gaussian();
    share = habit * (1 + night);
  }

  /** Share of the frame's light. */
  double share() {
    return share;
  }

  /**
   * Scattered light of a frame.
   *
   * @param light electron, {@code [nFibre][nPixel]}
   */
  float[][] of(float[][] light) {
    int n = light.length;
    int pixels = light[0].length;
    float[][] result = new float[n][pixels];
    if (share == 0) {
      return result;
    }
    double[][] mean = blurred(means(light));
    for (int i = 0; i < n; i++) {
      double y = Math.max(0, Math.min(ROWS - 1.001, (i + 0.5) * ROWS / n - 0.5));
      int r = (int) y;
      for (int p = 0; p < pixels; p++) {
        double x = Math.max(0, Math.min(COLUMNS - 1.001, (p + 0.5) * COLUMNS / pixels - 0.5));
        int c = (int) x;
        double low = mean[r][c] + (x - c) * (mean[r][c + 1] - mean[r][c]);
        double high = mean[r + 1][c] + (x - c) * (mean[r + 1][c + 1] - mean[r + 1][c]);
        result[i][p] = (float) (share * (low + (y - r) * (high - low)));
      }
    }
    return result;
  }

  private static double[][] means(float[][] light) {
    double[][] sum = new double[ROWS][COLUMNS];
    int[][] count = new int[ROWS][COLUMNS];
    int n = light.length;
    int pixels = light[0].length;
    for (int i = 0; i < n; i++) {
      int r = i * ROWS / n;
      for (int p = 0; p < pixels; p++) {
        int c = p * COLUMNS / pixels;
        sum[r][c] += light[i][p];
        count[r][c]++;
      }
    }
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        // Of fewer fibres than rows, some rows have none: they take what is above.
        sum[r][c] = count[r][c] > 0 ? sum[r][c] / count[r][c] : sum[Math.max(0, r - 1)][c];
      }
    }
    return sum;
  }

  private static double[][] blurred(double[][] image) {
    double[][] now = image;
    for (int k = 0; k < BLURS; k++) {
      double[][] next = new double[ROWS][COLUMNS];
      for (int r = 0; r < ROWS; r++) {
        for (int c = 0; c < COLUMNS; c++) {
          next[r][c] =
              (blur(now[Math.max(0, r - 1)], c)
                      + 2 * blur(now[r], c)
                      + blur(now[Math.min(ROWS - 1, r + 1)], c))
                  / 4;
        }
      }
      now = next;
    }
    return now;
  }

  private static double blur(double[] row, int c) {
    return (row[Math.max(0, c - 1)] + 2 * row[c] + row[Math.min(COLUMNS - 1, c + 1)]) / 4;
  }
}
