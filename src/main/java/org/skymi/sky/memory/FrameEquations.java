package org.skymi.sky.memory;

import java.io.Serializable;
import org.skymi.math.NormalEquations;
import org.skymi.survey.FrameId;

/**
 * What the fibres of one frame (exposure, spectrograph, arm) say of their correction coefficients,
 * {@code N z = v} each: all that learning needs of a frame.
 *
 * @param when night (local MJD), exposure (unique in the archive, in order of time)
 * @param spectrograph 1..
 * @param arm index in the instrument
 * @param sky {@link SkyFeatures} of the exposure's sky, empty where it has none
 * @param fibres those that are asked of it, in the order along the slit
 */
public record FrameEquations(When when, int spectrograph, int arm, double[] sky, Fibre[] fibres)
    implements Serializable {
  /** An odd number whose multiples differ in all digits. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** Of a frame of whose sky nothing is said. */
  public FrameEquations(When when, int spectrograph, int arm, Fibre[] fibres) {
    this(when, spectrograph, arm, new double[0], fibres);
  }

  /** A number that is the same for copies, and hardly for any other equations. */
  public long digest() {
    long digest = 31L * when.hashCode() + spectrograph;
    for (Fibre fibre : fibres) {
      digest *= SPREAD;
      for (int a = 0; fibre.equations != null && a < fibre.equations.size(); a++) {
        digest = SPREAD * digest + Double.doubleToLongBits(fibre.equations.rhs(a));
      }
    }
    return digest;
  }

  /** When a frame was taken: night as local MJD, exposure in the order of time. */
  public record When(int night, long exposure) implements Serializable {
    /** When a frame was taken. */
    public static When of(FrameId id) {
      return new When(id.plate().lmjd(), id.lmjm());
    }
  }

  /**
   * One fibre.
   *
   * @param number in its spectrograph, 1..; the order along the slit
   * @param teaches a sky fibre without object light, whose equations come from all pixels
   * @param dx place in the patrol disc relative to the fibre's home, deg
   * @param dy likewise
   * @param equations of the coefficients, in the order of the correction columns; null of a dead
   *     fibre
   */
  public record Fibre(int number, boolean teaches, double dx, double dy, NormalEquations equations)
      implements Serializable {
    /** Its row of the frame. */
    public int row() {
      return number - 1;
    }
  }
}
