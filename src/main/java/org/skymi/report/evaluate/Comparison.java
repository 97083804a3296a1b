package org.skymi.report.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A quantity by each method, side by side, on the same fibres.
 *
 * @param population whose fibres
 * @param split how the population was taken apart
 * @param bin which part
 * @param where the band (Angstrom) or arm
 * @param quantity what
 * @param plates number of plates
 * @param fibres number of fibres, counted once for each exposure
 * @param superSky Super Sky
 * @param superFull Super Sky with every classical correction, if the campaign has it
 * @param smi SMI
 * @param overSuper ratio SMI / Super Sky, if it tells anything
 * @param overFull ratio SMI / fully corrected Super Sky
 */
public record Comparison(
    Population population,
    Split split,
    String bin,
    String where,
    Quantity quantity,
    int plates,
    long fibres,
    Interval superSky,
    Optional<Interval> superFull,
    Interval smi,
    Optional<Interval> overSuper,
    Optional<Interval> overFull) {

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
   * How limits are drawn.
   *
   * @param resamples number of bootstrap samples
   * @param seed of their generator
   */
  public record Resampling(int resamples, long seed) {}

  /**
   * Values by plate, the same plates and fibres in each list.
   *
   * @param superSky by Super Sky
   * @param superFull by Super Sky with every correction; empty if the campaign does not have it
   * @param smi by SMI
   * @param overSuper each fibre's own ratio SMI / Super Sky; empty if it is not of use
   * @param overFull each fibre's own ratio SMI / fully corrected Super Sky
   */
  public record Samples(
      List<PlateSample> superSky,
      List<PlateSample> superFull,
      List<PlateSample> smi,
      List<PlateSample> overSuper,
      List<PlateSample> overFull) {}

  /**
   * Compares, with limits from a bootstrap over plates: all methods see the same resamples. The
   * ratio of two medians would follow the mix of dark and bright plates in a resample; the median
   * of each fibre's own ratio does not, so that is what is given for medians.
   */
  public static Comparison of(
      Subject subject, Quantity quantity, Samples samples, Resampling resampling) {
    List<Integer> filled =
        IntStream.range(0, samples.superSky().size())
            .filter(p -> samples.superSky().get(p).values().length > 0)
            .boxed()
            .toList();
    PlateBootstrap bootstrap =
        new PlateBootstrap(filled.size(), resampling.resamples(), resampling.seed());
    Function<List<PlateSample>, Optional<double[]>> draw =
        s ->
            s.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    bootstrap.draw(
                        quantity
                            .statistic()
                            .of(new PooledSample(filled.stream().map(s::get).toList()))));
    double[] superSky = draw.apply(samples.superSky()).orElseThrow();
    double[] smi = draw.apply(samples.smi()).orElseThrow();
    Optional<double[]> superFull = draw.apply(samples.superFull());
    Optional<double[]> overSuper = Optional.empty();
    Optional<double[]> overFull = Optional.empty();
    if (quantity.isPaired()) {
      overSuper = draw.apply(samples.overSuper());
      overFull = draw.apply(samples.overFull());
    } else if (quantity.smallerIsBetter()) {
      overSuper = Optional.of(ratio(smi, superSky));
      overFull = superFull.map(f -> ratio(smi, f));
    }
    return new Comparison(
        subject.population(),
        subject.split(),
        subject.bin(),
        subject.where(),
        quantity,
        filled.size(),
        filled.stream().mapToLong(p -> samples.superSky().get(p).fibres()).sum(),
        PlateBootstrap.interval(superSky),
        superFull.map(PlateBootstrap::interval),
        PlateBootstrap.interval(smi),
        overSuper.map(PlateBootstrap::interval),
        overFull.map(PlateBootstrap::interval));
  }

  private static double[] ratio(double[] above, double[] below) {
    double[] ratio = new double[above.length];
    Arrays.setAll(ratio, i -> above[i] / below[i]);
    return ratio;
  }
}
