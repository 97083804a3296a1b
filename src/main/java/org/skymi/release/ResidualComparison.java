package org.skymi.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.skymi.math.RobustStatistics;
import org.skymi.math.Significance;
import org.skymi.release.ResidualSet.Frame;
import org.skymi.release.ResidualSkyModel.Parts;
import org.skymi.sky.memory.Prediction;
import org.skymi.smi.CrossFit;
import org.skymi.survey.ReleaseSpectrum;

/**
 * Ways to foretell the sky that is left in released spectra, side by side: each spectrum by what
 * others of its spectrograph and the other sets of the archive teach, each window by the spectrum's
 * other windows.
 */
public final class ResidualComparison {
  /** The ways, each on top of the one before. */
  public enum Way {
    RELEASED("as released"),
    COMPONENTS("components"),
    MEMORY("linear memory"),
    NETWORKS("networks");

    private final String title;

    Way(String title) {
      this.title = title;
    }

    /** For a person. */
    public String title() {
      return title;
    }
  }

  /** A cell counts no more than one this many standard errors off. */
  private static final double BOUND = 4;

  /** Spectra that lines are added to, by their signal-to-noise ratio. */
  private static final double FAINTEST = 5;

  private static final double BRIGHTEST = 100;

  /** Of each kind in each spectrum. */
  private static final int FEATURES = 2;

  private final List<ResidualSet> sets;
  private final int epochs;
  private final long seed;

  /**
   * @param sets each of one plate, spectrograph and version; of {@link ReleaseReduction#FEWEST}
   *     spectra at least
   * @param epochs of the networks' training
   * @param seed of weights and of what is held out together
   */
  public ResidualComparison(List<List<ReleaseSpectrum>> sets, int epochs, long seed) {
    this.sets = sets.stream().map(s -> new ResidualSet(s, seed)).toList();
    this.epochs = epochs;
    this.seed = seed;
  }

  /**
   * How one group of windows fares.
   *
   * @param group what lines are in it
   * @param rms by way: rms over stated noise, median over the spectra
   * @param gain by way: fall of chi-square in faint spectra against {@link Way#COMPONENTS}, in
   *     standard errors
   * @param better by way: share of the faint spectra whose chi-square is below that as released, %
   */
  public record Score(String group, double[] rms, double[] gain, double[] better) {}

  /**
   * What was found of a set.
   *
   * @param scores by group of windows
   * @param leaks by kind of line
   * @param alone as if each spectrum were the only one
   */
  public record Judged(List<Score> scores, List<Leak> leaks, Alone alone) {}

  /**
   * Judges a set.
   *
   * @param set its index
   */
  public Judged judge(int set) {
    Foretold foretold = foretell(set, FEATURES);
    List<Score> scores = new ArrayList<>();
    for (int g = 0; g < ResidualColumns.GROUPS.size(); g++) {
      int group = g;
      Cells cells =
          new Cells(ResidualColumns.GROUPS.get(g), k -> ResidualColumns.group(k) == group);
      scores.add(score(sets.get(set), cells, foretold));
    }
    Cells modelled = new Cells("all of the components", k -> TopocentricGrid.window(k) >= 0);
    scores.add(score(sets.get(set), modelled, foretold));
    return new Judged(scores, foretold.leaks(), alone(sets.get(set)));
  }

  /**
   * How spectra fare as if each were the only one of its spectrograph, by what others of the set
   * taught a base model.
   *
   * @param spectra all of them
   * @param corrected those that are corrected
   * @param faint the faint ones of these
   * @param better those of the faint ones whose scatter falls
   * @param before rms over noise in the corrected spectra's windows, median
   * @param after the same corrected
   */
  public record Alone(
      int spectra, int corrected, int faint, int better, double before, double after) {}

  private Alone alone(ResidualSet set) {
    List<double[]> ratios = new ArrayList<>();
    int faint = 0;
    int better = 0;
    for (int fold = 0; fold < ResidualSet.FOLDS; fold++) {
      List<ReleaseSpectrum> taught = new ArrayList<>();
      for (int i = 0; i < set.size(); i++) {
        if (!set.isHeld(i, fold)) {
          taught.add(set.released(i));
        }
      }
      PipelineResidual residual =
          PipelineResidual.learn(List.of(SetLesson.of(taught, taught.size(), seed)), seed);
      for (int i = 0; i < set.size() && residual.holds(); i++) {
        GriddedSpectrum[] one = {set.spectrum(i)};
        Parts[] parts = residual.predict(one);
        JudgedWay way = JudgedWay.byOthers(one, parts, residual.windows(), true);
        if (set.isHeld(i, fold) && way.isAccepted()) {
          double[] own = ratio(one[0], parts[0], residual.windows());
          ratios.add(own);
          boolean isFaint = one[0].signalToNoise() <= HeldOutGain.FAINT;
          faint += isFaint ? 1 : 0;
          better += isFaint && own[1] < own[0] ? 1 : 0;
        }
      }
    }
    return new Alone(
        set.size(),
        ratios.size(),
        faint,
        better,
        RobustStatistics.median(ratios.stream().mapToDouble(r -> r[0]).toArray()),
        RobustStatistics.median(ratios.stream().mapToDouble(r -> r[1]).toArray()));
  }

  /** Rms over noise in some windows, as released and corrected. */
  private static double[] ratio(GriddedSpectrum s, Parts parts, boolean[] windows) {
    double[] square = new double[2];
    double noise = 0;
    for (int k = 0; k < TopocentricGrid.SIZE; k++) {
      int w = TopocentricGrid.window(k);
      if (w >= 0 && windows[w] && s.knows(k)) {
        double before = s.excess[k] - parts.star()[k];
        double after = before - parts.sky()[k];
        square[0] += before * before;
        square[1] += after * after;
        noise += s.variance[k];
      }
    }
    return new double[] {Math.sqrt(square[0] / noise), Math.sqrt(square[1] / noise)};
  }

  /**
   * What was foretold of a set, {@code [spectrum][cell]}.
   *
   * @param light what spectra have above continuum and star
   * @param variance stated of it, NaN where nothing is known
   * @param skies by way
   * @param leaks of lines added to its spectra
   */
  record Foretold(double[][] light, double[][] variance, double[][][] skies, List<Leak> leaks) {}

  /**
   * Foretells a set.
   *
   * @param features of each kind that are added to each spectrum
   */
  Foretold foretell(int set, int features) {
    ResidualSet own = sets.get(set);
    List<CrossFit.Placed> others = new ArrayList<>();
    for (int s = 0; s < sets.size(); s++) {
      if (s != set) {
        others.add(sets.get(s).frame(ResidualSet.NONE).placed());
      }
    }
    Foretold foretold =
        new Foretold(
            new double[own.size()][],
            new double[own.size()][],
            new double[Way.values().length][own.size()][],
            new ArrayList<>());
    Leaks leaks = new Leaks();
    for (int fold = 0; fold < ResidualSet.FOLDS; fold++) {
      Frame frame = own.frame(fold);
      List<CrossFit.Placed> archive = new ArrayList<>(others);
      archive.add(frame.placed());
      try (ResidualNetworks networks = ResidualNetworks.learn(archive, epochs, seed)) {
        Prediction[] remembered = networks.remembered(frame.placed());
        Prediction[] expected = networks.expected(frame.placed());
        for (int i = 0; i < own.size(); i++) {
          if (own.isHeld(i, fold)) {
            int held = i;
            GriddedSpectrum s = own.spectrum(i);
            foretold.light[i] = cells(k -> frame.columns().light(s, frame.parts()[held], k));
            foretold.variance[i] =
                cells(k -> s.knows(k) ? frame.columns().noise(s, k) : Double.NaN);
            double[][][] skies = foretold.skies;
            skies[Way.RELEASED.ordinal()][i] = new double[TopocentricGrid.SIZE];
            skies[Way.COMPONENTS.ordinal()][i] = frame.parts()[i].sky();
            skies[Way.MEMORY.ordinal()][i] = sky(frame, i, remembered[i]);
            skies[Way.NETWORKS.ordinal()][i] = sky(frame, i, expected[i]);
            Prediction[] both = {remembered[i], expected[i]};
            inject(leaks, frame, own, i, both, features);
          }
        }
      }
    }
    foretold.leaks.addAll(leaks.all());
    return foretold;
  }

  /**
   * What is taken for sky of lines and bands that objects have, added to spectra of a
   * signal-to-noise ratio of 5 to 100; all windows, whether the set would be corrected there or
   * not.
   *
   * @param kind of line
   * @param features number of them
   * @param median by way: share of a feature's light, in its own shape, %
   * @param most by way: the same, 95 % of the features are below
   */
  public record Leak(String kind, int features, double[] median, double[] most) {}

  private static final class Leaks {
    private final Map<InjectedFeature.Kind, List<double[]>> shares =
        new EnumMap<>(InjectedFeature.Kind.class);

    List<Leak> all() {
      List<Leak> all = new ArrayList<>();
      shares.forEach(
          (kind, own) -> {
            double[] median = new double[Way.values().length];
            double[] most = new double[median.length];
            for (int w = 1; w < median.length; w++) {
              int way = w;
              double[] values = own.stream().mapToDouble(s -> s[way]).toArray();
              median[w] = RobustStatistics.median(values);
              most[w] = RobustStatistics.percentile(values, 95);
            }
            all.add(new Leak(kind.title(), own.size(), median, most));
          });
      return all;
    }

    void add(InjectedFeature.Kind kind, double[] own) {
      shares.computeIfAbsent(kind, k -> new ArrayList<>()).add(own);
    }
  }

  /** Puts features into a spectrum that is held out. */
  private void inject(
      Leaks leaks, Frame frame, ResidualSet own, int i, Prediction[] expected, int features) {
    GriddedSpectrum plain = own.spectrum(i);
    if (!(plain.signalToNoise() >= FAINTEST && plain.signalToNoise() <= BRIGHTEST)) {
      return;
    }
    Random random = new Random(seed * own.size() + i);
    Parts[] before = ways(frame, plain, expected);
    for (InjectedFeature.Kind kind : InjectedFeature.Kind.values()) {
      for (int n = 0; n < features; n++) {
        float[] added = InjectedFeature.of(kind, own.released(i), random);
        GriddedSpectrum with = new GriddedSpectrum(InjectedFeature.with(own.released(i), added));
        Parts[] after = ways(frame, with, expected);
        double[] share = new double[after.length];
        for (int w = 1; w < after.length; w++) {
          double swallowed = 0;
          double whole = 0;
          for (int k = 0; k < TopocentricGrid.SIZE; k++) {
            double o = plain.knows(k) ? added[plain.pixel(k)] : 0;
            swallowed += o * (after[w].sky()[k] - before[w].sky()[k]);
            whole += o * o;
          }
          share[w] = 100 * Math.abs(swallowed) / whole;
        }
        if (Double.isFinite(share[1])) {
          leaks.add(kind, share);
        }
      }
    }
  }

  private static Parts[] ways(Frame frame, GriddedSpectrum s, Prediction[] expected) {
    Parts components = frame.components(s);
    return new Parts[] {
      Parts.none(), components, frame.with(s, expected[0]), frame.with(s, expected[1])
    };
  }

  /** Which cells are judged together. */
  private record Cells(String name, IntPredicate are) {}

  private static double[] cells(IntToDoubleFunction of) {
    return IntStream.range(0, TopocentricGrid.SIZE).mapToDouble(of).toArray();
  }

  private static double[] sky(Frame frame, int spectrum, Prediction expected) {
    double[][] z = new double[ResidualSet.PARTS][];
    for (int part = 0; part < z.length; part++) {
      z[part] = expected.posterior(frame.without(spectrum, part)).mean();
    }
    double[] components = frame.parts()[spectrum].sky();
    return cells(k -> components[k] + frame.columns().sky(z[ResidualSet.part(k)], k));
  }

  private static Score score(ResidualSet set, Cells cells, Foretold foretold) {
    double[][] variance = foretold.variance;
    double[][][] skies = foretold.skies;
    int n = set.size();
    double[][] chi2 = new double[skies.length][n];
    double[] rms = new double[skies.length];
    for (int w = 0; w < skies.length; w++) {
      double[] ratio = new double[n];
      for (int i = 0; i < n; i++) {
        double square = 0;
        double noise = 0;
        for (int k = 0; k < TopocentricGrid.SIZE; k++) {
          if (cells.are.test(k) && !Double.isNaN(variance[i][k])) {
            double off = foretold.light[i][k] - skies[w][i][k];
            square += off * off;
            noise += variance[i][k];
            chi2[w][i] += Math.min(BOUND * BOUND, off * off / variance[i][k]);
          }
        }
        ratio[i] = noise > 0 ? Math.sqrt(square / noise) : Double.NaN;
      }
      rms[w] = RobustStatistics.median(ratio);
    }
    int[] faint = HeldOutGain.faint(set.spectra());
    double[] gain = new double[skies.length];
    double[] better = new double[skies.length];
    for (int w = 0; w < skies.length; w++) {
      int way = w;
      gain[w] =
          Significance.of(
              Arrays.stream(faint)
                  .mapToDouble(i -> chi2[Way.COMPONENTS.ordinal()][i] - chi2[way][i])
                  .toArray());
      better[w] =
          100.0
              * Arrays.stream(faint).filter(i -> chi2[way][i] < chi2[0][i]).count()
              / faint.length;
    }
    return new Score(cells.name, rms, gain, better);
  }
}
