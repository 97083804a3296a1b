package org.skymi.smi;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.skymi.math.Binary;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.prior.Likeness;
import org.skymi.sky.prior.SkyBasis;
import org.skymi.sky.prior.SkyPrior;
import org.skymi.survey.Arm;

/**
 * The master skies that a base model's prior was learnt from. A model keeps them, so that its prior
 * can be learnt anew with a night's masters among them, just as if all had been there at first.
 */
public final class Masters {
  /** What a model keeps of an arm: evenly drawn of more, for the sake of the file's size. */
  public static final int MOST = 512;

  /** Numbers of a row before its coefficients. */
  private static final int HEAD = 2;

  /** What models keep of older models' training. */
  static final Masters NONE = new Masters(List.of());

  private final List<Master> list;

  public Masters(List<Master> list) {
    this.list = List.copyOf(list);
  }

  /**
   * One spectrograph-exposure's master, in the precision in which models keep it.
   *
   * @param plate index of its plate among all plates of the training
   * @param exposure index of its exposure, among the plate's or more
   * @param coefficients of the spline, electron
   * @param variance of them, electron^2; infinite without data
   */
  public record Master(Arm arm, int plate, int exposure, float[] coefficients, float[] variance)
      implements Serializable {
    public static Master of(
        Arm arm, int plate, int exposure, double[] coefficients, double[] variance) {
      return new Master(arm, plate, exposure, Binary.floats(coefficients), Binary.floats(variance));
    }

    public Master ofPlate(int other) {
      return new Master(arm, other, exposure, coefficients, variance);
    }
  }

  public boolean isEmpty() {
    return list.isEmpty();
  }

  public Masters and(List<Master> more) {
    List<Master> both = new ArrayList<>(list);
    both.addAll(more);
    return new Masters(both);
  }

  /** Those of some plates. */
  public Masters of(IntPredicate plates) {
    return new Masters(list.stream().filter(m -> plates.test(m.plate())).toList());
  }

  private List<Master> of(Arm arm) {
    return list.stream().filter(m -> m.arm() == arm).toList();
  }

  public boolean has(Arm arm) {
    return !of(arm).isEmpty();
  }

  /** The prior that they make. */
  public SkyPrior prior(SkyGrid grid) {
    List<Master> own = of(grid.arm());
    List<double[]> masters = own.stream().map(m -> Binary.doubles(m.coefficients())).toList();
    List<double[]> variances = own.stream().map(m -> Binary.doubles(m.variance())).toList();
    int[] plates = numbered(own, Master::plate);
    SkyPrior prior = SkyPrior.learn(grid, masters, variances, plates, SkyPrior.MOST_COMPONENTS);
    int[] exposures = numbered(own, m -> List.of(m.plate(), m.exposure()));
    return prior.with(Likeness.learn(prior, grid, masters, variances, exposures));
  }

  /** By master, the number of what it is of, in the order of first appearance. */
  private static int[] numbered(List<Master> masters, Function<Master, Object> of) {
    List<Object> seen = masters.stream().map(of).distinct().toList();
    return masters.stream().mapToInt(m -> seen.indexOf(of.apply(m))).toArray();
  }

  /** The basis of the prior that they make. */
  public SkyBasis basis(SkyGrid grid) {
    List<Master> own = of(grid.arm());
    return SkyPrior.basis(
        grid,
        own.stream().map(m -> Binary.doubles(m.coefficients())).toList(),
        own.stream().map(m -> Binary.doubles(m.variance())).toList(),
        SkyPrior.MOST_COMPONENTS);
  }

  /** What a basis leaves of an arm's masters, rms in units of their errors; NaN without any. */
  public double misfit(Arm arm, SkyBasis basis) {
    double sum = 0;
    int count = 0;
    for (Master m : of(arm)) {
      double[] v = Binary.doubles(m.variance());
      double[] off = SkyPrior.residual(basis, Binary.doubles(m.coefficients()), v);
      for (int k = 0; k < v.length; k++) {
        if (Double.isFinite(v[k])) {
          sum += off[k] * off[k] / v[k];
          count++;
        }
      }
    }
    return Math.sqrt(sum / count);
  }

  /**
   * Parts of a model's file, by name: rows of plate, exposure, the coefficients and their
   * variances.
   */
  public Map<String, byte[]> parts() {
    Map<String, byte[]> parts = new TreeMap<>();
    for (Arm arm : list.stream().map(Master::arm).distinct().sorted().toList()) {
      List<Master> kept = drawn(of(arm), MOST);
      int row = kept.isEmpty() ? 0 : HEAD + 2 * kept.get(0).coefficients().length;
      float[] flat = new float[kept.size() * row];
      for (int s = 0; s < kept.size(); s++) {
        float[] c = kept.get(s).coefficients();
        flat[s * row] = kept.get(s).plate();
        flat[s * row + 1] = kept.get(s).exposure();
        System.arraycopy(c, 0, flat, s * row + HEAD, c.length);
        System.arraycopy(kept.get(s).variance(), 0, flat, s * row + HEAD + c.length, c.length);
      }
      if (flat.length > 0) {
        parts.put(part(arm), Binary.bytes(flat));
      }
    }
    return parts;
  }

  /** So many of some masters, evenly drawn; all if they are no more. */
  public static List<Master> drawn(List<Master> all, int most) {
    List<Master> kept = new ArrayList<>();
    long n = all.size();
    for (int s = 0; s < n; s++) {
      if (n <= most || s * (long) most / n != (s + 1L) * most / n) {
        kept.add(all.get(s));
      }
    }
    return kept;
  }

  /**
   * Takes what {@link #parts} gave.
   *
   * @param sizes coefficients by arm
   * @throws IllegalArgumentException if a part has another shape
   */
  static Masters read(Map<String, byte[]> parts, Map<Arm, Integer> sizes) {
    List<Master> list = new ArrayList<>();
    sizes.forEach(
        (arm, size) -> {
          float[] flat = Binary.floats(parts.getOrDefault(part(arm), new byte[0]));
          int row = HEAD + 2 * size;
          if (flat.length % row != 0) {
            throw new IllegalArgumentException("the masters of arm " + arm + " have another shape");
          }
          for (int s = 0; s < flat.length; s += row) {
            float[] c = Arrays.copyOfRange(flat, s + HEAD, s + HEAD + size);
            float[] v = Arrays.copyOfRange(flat, s + HEAD + size, s + row);
            list.add(new Master(arm, (int) flat[s], (int) flat[s + 1], c, v));
          }
        });
    return new Masters(list);
  }

  /** Whether a part of a model's file is of masters, which no reduction needs. */
  static boolean isPart(String name) {
    return name.startsWith("masters-");
  }

  private static String part(Arm arm) {
    return "masters-" + arm.name().toLowerCase(Locale.ROOT) + ".f32";
  }
}
