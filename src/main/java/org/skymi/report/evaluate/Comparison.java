package org.skymi.report.evaluate;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skymi.sky.judge.Method;

/**
 * A quantity by each method, side by side, on the same fibres.
 *
 * @param subject whose fibres
 * @param quantity what
 * @param size plates and fibres behind it
 * @param values by method, in the methods' order
 * @param ratios of methods, in the order of {@link Step#of}; empty if a ratio tells nothing
 */
public record Comparison(
    Subject subject,
    Quantity quantity,
    Size size,
    Map<Method, Interval> values,
    Map<Step, Interval> ratios) {

  /**
   * What a comparison is about.
   *
   * @param population whose fibres
   * @param split how the population was taken apart
   * @param bin which part
   * @param where band or arm
   */
  public record Subject(Population population, Split split, String bin, String where) {}

  /**
   * What a comparison rests on.
   *
   * @param plates number of plates
   * @param fibres number of fibres, counted once for each exposure
   */
  public record Size(int plates, long fibres) {}

  /**
   * How limits are drawn.
   *
   * @param resamples number of bootstrap samples
   * @param seed of their generator
   */
  public record Resampling(int resamples, long seed) {}

  /**
   * Values by plate, the same plates and fibres in each list.
   *
   * @param values by method; at least one
   * @param ratios each fibre's own ratio of two methods
   */
  public record Samples(
      Map<Method, List<PlateSample>> values, Map<Step, List<PlateSample>> ratios) {}

  /**
   * Compares, with limits from a bootstrap over plates: all methods see the same resamples. The
   * ratio of two medians would follow the mix of dark and bright plates in a resample; the median
   * of each fibre's own ratio does not, so that is what is given for medians.
   */
  public static Comparison of(
      Subject subject, Quantity quantity, Samples samples, Resampling resampling) {
    List<PlateSample> any = samples.values().values().iterator().next();
    int[] filled =
        IntStream.range(0, any.size()).filter(p -> any.get(p).values().length > 0).toArray();
    PlateBootstrap bootstrap =
        new PlateBootstrap(filled.length, resampling.resamples(), resampling.seed());
    Map<Method, double[]> drawn = new EnumMap<>(Method.class);
    samples
        .values()
        .forEach((method, s) -> drawn.put(method, draw(bootstrap, quantity, s, filled)));
    Map<Method, Interval> values = new EnumMap<>(Method.class);
    drawn.forEach((method, d) -> values.put(method, PlateBootstrap.interval(d)));
    Map<Step, Interval> ratios = new LinkedHashMap<>();
    if (quantity.smallerIsBetter()) {
      for (Step step : Step.of(List.copyOf(drawn.keySet()))) {
        double[] ratio =
            quantity.isPaired()
                ? draw(bootstrap, quantity, samples.ratios().get(step), filled)
                : ratio(drawn.get(step.method()), drawn.get(step.over()));
        ratios.put(step, PlateBootstrap.interval(ratio));
      }
    }
    long fibres = Arrays.stream(filled).mapToLong(p -> any.get(p).fibres()).sum();
    return new Comparison(subject, quantity, new Size(filled.length, fibres), values, ratios);
  }

  private static double[] draw(
      PlateBootstrap bootstrap, Quantity quantity, List<PlateSample> samples, int[] filled) {
    List<PlateSample> used = Arrays.stream(filled).mapToObj(samples::get).toList();
    return bootstrap.draw(quantity.statistic().of(new PooledSample(used)));
  }

  private static double[] ratio(double[] above, double[] below) {
    double[] ratio = new double[above.length];
    Arrays.setAll(ratio, i -> above[i] / below[i]);
    return ratio;
  }

  /** The ratio of two methods, if it is known and tells anything. */
  Optional<Interval> ratio(Step step) {
    return Optional.ofNullable(ratios.get(step)).filter(i -> Double.isFinite(i.value()));
  }

  /** A method's value, if it is known. */
  Optional<Interval> value(Method method) {
    return Optional.ofNullable(values.get(method)).filter(i -> Double.isFinite(i.value()));
  }
}
