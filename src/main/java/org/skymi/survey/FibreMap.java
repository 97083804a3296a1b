package org.skymi.survey;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The fibres of one spectrograph, in the order of the rows of a frame's images; all arrays have one
 * entry per fibre.
 *
 * @param fibreId as {@link Instrument.Numbering} has it
 * @param type what each fibre was pointed at
 * @param objectType the input catalogue's class, as written
 * @param ra right ascension, deg
 * @param dec declination, deg
 * @param x tangent-plane position, deg, plate centre 0
 * @param y tangent-plane position, deg, plate centre 0
 * @param homeX tangent-plane position of the middle of the fibre's patrol disc, deg; NaN if unknown
 * @param homeY the same in y, deg; NaN if unknown
 * @param magnitude g or V magnitude, NaN if unknown
 * @param separated whether the smooth light of the fibre's object is known, so that the rest of
 *     what it recorded is sky
 */
public record FibreMap(
    int[] fibreId,
    FibreType[] type,
    String[] objectType,
    double[] ra,
    double[] dec,
    double[] x,
    double[] y,
    double[] homeX,
    double[] homeY,
    float[] magnitude,
    boolean[] separated)
    implements Serializable {

  private static double[] unknown(int n) {
    double[] values = new double[n];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /** A map to be filled; patrol discs unknown. */
  public static FibreMap ofSize(int n) {
    return new FibreMap(
        new int[n],
        new FibreType[n],
        new String[n],
        new double[n],
        new double[n],
        new double[n],
        new double[n],
        unknown(n),
        unknown(n),
        new float[n],
        new boolean[n]);
  }

  /**
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public FibreMap {
    int n = fibreId.length;
    if (type.length != n
        || objectType.length != n
        || ra.length != n
        || dec.length != n
        || x.length != n
        || y.length != n
        || homeX.length != n
        || homeY.length != n
        || magnitude.length != n
        || separated.length != n) {
      throw new IllegalArgumentException("the columns of a fibre map must have equal lengths");
    }
  }

  /** Whether the patrol discs of all fibres are known. */
  public boolean hasHomes() {
    return IntStream.range(0, size()).allMatch(i -> Double.isFinite(homeX[i] + homeY[i]));
  }

  /** Whether what a fibre recorded, less its object's smooth light if that is known, is sky. */
  public boolean showsSky(int fibre) {
    return type[fibre] == FibreType.SKY || separated[fibre];
  }

  /** Number of fibres. */
  public int size() {
    return fibreId.length;
  }

  /** Whether it is known where in the focal plane a fibre is. */
  public boolean hasPosition(int fibre) {
    return Double.isFinite(x[fibre]) && Double.isFinite(y[fibre]);
  }

  /** Indices (rows, not fibre ids) of the fibres of a type. */
  public int[] indicesOf(FibreType wanted) {
    return where(i -> type[i] == wanted);
  }

  /** Indices of the fibres that satisfy a condition on the index. */
  public int[] where(IntPredicate condition) {
    return IntStream.range(0, size()).filter(condition).toArray();
  }
}
