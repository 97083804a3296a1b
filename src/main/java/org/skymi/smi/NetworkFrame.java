package org.skymi.smi;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.Prediction;

/**
 * A frame as the networks see it. Rows are its fibres in the order along the slit; what a fibre
 * without data has seen is all 0.
 *
 * @param frame whose it is
 * @param rows of the networks' inputs
 * @param labels {@code [nFibre][]} what the fibres' own data say, packed by {@link
 *     CoefficientLoss#pack}; of no weight where the fibre doesn't teach
 * @param memory {@code [nFibre]} what the linear memory expects
 */
record NetworkFrame(FrameEquations.When when, Rows rows, float[][] labels, Prediction[] memory)
    implements Serializable {

  /**
   * Inputs.
   *
   * @param seen {@code [nFibre][4·nCoefficient + nSky]} coefficients from the fibre alone in units
   *     of the archive, and how well each is known, 0..1; then how far they are off what the linear
   *     memory expects, in units of its uncertainty, and how well that is known; then the features
   *     of the frame's sky
   * @param embedding {@code [nFibre]} index of the fibre in the archive
   * @param side {@code [nFibre][]} slit, place, and what the linear memory expects
   * @param slit {@code [nFibre]} -1..1 along the slit
   * @param share {@code [nFibre]} weight in the common part, 0 for none
   * @param near {@code [nFibre][nFibre]} weights of the others by their distance, see {@link
   *     Neighbours}
   */
  record Rows(
      float[][] seen, int[] embedding, float[][] side, float[] slit, float[] share, float[][] near)
      implements Serializable {}

  /** Whether it is the same frame, whoever tells and is judged. */
  boolean isSame(NetworkFrame other) {
    return when.equals(other.when) && Arrays.equals(rows.embedding, other.rows.embedding);
  }

  /** Number of fibres. */
  int fibres() {
    return rows.share().length;
  }

  /** Whether a fibre is a sky fibre that teaches with all its pixels; known of judged ones. */
  boolean isSky(int fibre) {
    return weight(fibre) == 1;
  }

  /** How many coefficients a judged fibre's data tell, by themselves. */
  double known(int fibre) {
    return labels[fibre][labels[fibre].length - 2];
  }

  /** Number of fibres that are judged. */
  int judged() {
    return (int) IntStream.range(0, fibres()).filter(i -> weight(i) > 0).count();
  }

  private float weight(int fibre) {
    return labels[fibre][labels[fibre].length - 1];
  }

  /** The same, of those that are judged only some. */
  NetworkFrame judging(IntPredicate which) {
    float[][] some = labels.clone();
    for (int i = 0; i < some.length; i++) {
      if (!which.test(i)) {
        some[i] = new float[labels[i].length];
      }
    }
    return new NetworkFrame(when, rows, some, memory);
  }

  /** Columns of {@link Rows#side} before the memory's: slit, its square, place and its squares. */
  static final int PLACE = 7;

  /** Width of a row of {@link Rows#side}. */
  static int sideWidth(int coefficients) {
    return PLACE + 2 * coefficients;
  }

  /** Width of a row of {@link Rows#seen}. */
  static int seenWidth(int coefficients, int sky) {
    return 4 * coefficients + sky;
  }
}
