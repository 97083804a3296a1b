package org.skymi.sky.memory;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * How far fibres were off the memory, night by night: sums that can be made in any order, and that
 * show when a spectrograph became another one. An epoch begins with the night from which on fibres
 * are persistently elsewhere than before, beyond what they scatter by from night to night.
 */
public final class EpochSums implements Serializable {
  private static final long serialVersionUID = 1;

  /** Scatter of an epoch's steps to look for, over the scatter from fibre to fibre. */
  private static final double STEP = 0.5;

  /** Evidence, in natural logarithms, from which on a step is one. */
  private static final double EVIDENCE = 60;

  /** Share of pairs of nights that are further apart than what is taken as ordinary. */
  private static final double WORST = 0.1;

  /** Least scatter between nights that is believed, over what is expected. */
  private static final double LEAST = 0.05;

  /** Fibres to either side that share what is a night's. */
  private static final int AROUND = 8;

  /** What one fibre's coefficient may say at most, in standard errors. */
  private static final double MOST = 4;

  /**
   * Where a memory stopped to hold.
   *
   * @param night the first of the new epoch
   * @param evidence logarithm of how much likelier a step is than none
   */
  public record Step(int spectrograph, int night, double evidence) {}

  /** Of what a sum is: frames of one night. */
  private record Night(int arm, int night) implements Comparable<Night>, Serializable {
    @Override
    public int compareTo(Night other) {
      return night != other.night
          ? Integer.compare(night, other.night)
          : Integer.compare(arm, other.arm);
    }
  }

  /** What a night says: information and right-hand side by fibre and coefficient. */
  private static final class Off implements Serializable {
    private static final long serialVersionUID = 1;
    private int frames;
    private final double[] information;
    private final double[] rhs;

    Off(int size) {
      information = new double[size];
      rhs = new double[size];
    }

    Off add(Off other) {
      frames += other.frames;
      for (int k = 0; k < rhs.length; k++) {
        information[k] += other.information[k];
        rhs[k] += other.rhs[k];
      }
      return this;
    }

    /** Frames of a night share what scatters from night to night: together they count as one. */
    Off asOne() {
      Off mean = new Off(rhs.length);
      mean.frames = 1;
      for (int k = 0; k < rhs.length; k++) {
        mean.information[k] = information[k] / frames;
        mean.rhs[k] = rhs[k] / frames;
      }
      return mean;
    }
  }

  private final TreeMap<Integer, TreeMap<Night, Off>> nights = new TreeMap<>();

  /**
   * Adds a frame.
   *
   * @param memory that knows of no later epochs than those to be found
   */
  public EpochSums add(LinearMemory memory, FrameEquations frame) {
    ArmMemory own = memory.memory(frame);
    int k = own.shape.coefficients();
    FrameFit fit = new FrameFit(new FrameMemory(own, frame), i -> true);
    Off off = new Off(own.shape.fibres() * k);
    off.frames = 1;
    for (int i = 0; i < frame.fibres().length; i++) {
      FrameEquations.Fibre fibre = frame.fibres()[i];
      if (fit.tells(i)) {
        Visit visit = new Visit(fibre.equations(), own.spread.visit());
        double[] beyond = visit.beyond(fit.expected(i));
        for (int c = 0; c < k; c++) {
          double spread = own.spread.visit().get(c, c);
          int at = (fibre.number() - 1) * k + c;
          off.rhs[at] += beyond[c] / spread;
          off.information[at] += (1 - visit.left().get(c, c) / spread) / spread;
        }
      }
    }
    of(frame.spectrograph()).merge(new Night(frame.arm(), frame.when().night()), off, Off::add);
    return this;
  }

  private TreeMap<Night, Off> of(int spectrograph) {
    return nights.computeIfAbsent(spectrograph, s -> new TreeMap<>());
  }

  /** Adds what other frames say; the other sums may be used up. */
  public EpochSums merge(EpochSums other) {
    other.nights.forEach(
        (spectrograph, own) -> own.forEach((n, off) -> of(spectrograph).merge(n, off, Off::add)));
    return this;
  }

  /**
   * The steps that stand out, by spectrograph and night.
   *
   * @param memory the one that the sums were made with
   */
  public List<Step> steps(LinearMemory memory) {
    List<Step> steps = new ArrayList<>();
    nights.forEach(
        (spectrograph, sums) -> {
          List<Integer> all = sums.keySet().stream().map(Night::night).distinct().toList();
          find(memory, spectrograph, all, steps);
        });
    return steps;
  }

  /** Finds the clearest step of a run of nights, and then further ones on either side of it. */
  private void find(LinearMemory memory, int spectrograph, List<Integer> run, List<Step> steps) {
    int best = 0;
    double most = EVIDENCE;
    for (int cut = 1; cut < run.size(); cut++) {
      double evidence = 0;
      for (int arm = 0; arm < memory.shapes().size(); arm++) {
        evidence += evidence(memory, spectrograph, arm, run, cut);
      }
      if (evidence > most) {
        most = evidence;
        best = cut;
      }
    }
    if (best > 0) {
      find(memory, spectrograph, run.subList(0, best), steps);
      steps.add(new Step(spectrograph, run.get(best), most));
      find(memory, spectrograph, run.subList(best, run.size()), steps);
    }
  }

  private double evidence(
      LinearMemory memory, int spectrograph, int arm, List<Integer> run, int cut) {
    List<Off> all = new ArrayList<>();
    int before = 0;
    for (int n = 0; n < run.size(); n++) {
      Off off = of(spectrograph).get(new Night(arm, run.get(n)));
      if (off != null) {
        all.add(off.asOne());
        before += n < cut ? 1 : 0;
      }
    }
    if (before == 0 || before == all.size()) {
      return 0;
    }
    int k = memory.shapes().get(arm).coefficients();
    double[] own = memory.memories().get(new LinearMemory.Key(spectrograph, arm, 0)).spread.own();
    double[] excess = excess(all, k);
    Off left = sum(all.subList(0, before));
    Off right = sum(all.subList(before, all.size()));
    Change change = new Change(left, right, k);
    double evidence = 0;
    for (int a = 0; a < left.rhs.length; a++) {
      if (change.noise[a] > 0) {
        double noise = excess[a % k] * change.noise[a];
        double step = noise + STEP * STEP * own[a % k];
        double square = Math.min(change.off[a] * change.off[a], MOST * MOST * noise);
        evidence += 0.5 * (square * (1 / noise - 1 / step) - Math.log(step / noise));
      }
    }
    return evidence;
  }

  /**
   * From some nights to others, by fibre and coefficient, what changed beyond what changed in the
   * fibres around: these share what is a night's, not an epoch's.
   */
  private static final class Change {
    final double[] off;

    /** Variance expected of it; 0 where nothing is known. */
    final double[] noise;

    Change(Off one, Off other, int k) {
      int size = one.rhs.length;
      double[] plain = new double[size];
      double[] weight = new double[size];
      for (int a = 0; a < size; a++) {
        if (one.information[a] > 0 && other.information[a] > 0) {
          plain[a] = other.rhs[a] / other.information[a] - one.rhs[a] / one.information[a];
          weight[a] = 1 / (1 / one.information[a] + 1 / other.information[a]);
        }
      }
      off = new double[size];
      noise = new double[size];
      for (int a = 0; a < size; a++) {
        double sum = 0;
        double total = 0;
        for (int fibre = -AROUND; fibre <= AROUND; fibre++) {
          int near = a + fibre * k;
          if (fibre != 0 && near >= 0 && near < size) {
            sum += weight[near] * plain[near];
            total += weight[near];
          }
        }
        if (weight[a] > 0 && total > 0) {
          off[a] = plain[a] - sum / total;
          noise[a] = 1 / weight[a] + 1 / total;
        }
      }
    }
  }

  private static Off sum(List<Off> nights) {
    Off sum = new Off(nights.get(0).rhs.length);
    nights.forEach(sum::add);
    return sum;
  }

  /**
   * How far fibres are apart in nights that follow one another, over what is expected, by
   * coefficient: less than 1 where what a night says is mostly what was remembered. Of all pairs of
   * nights one of the worst, since what fibres share in a night they share in an epoch's first,
   * too; but not the worst, which may be the step.
   */
  private static double[] excess(List<Off> nights, int k) {
    double[][] each = new double[nights.size() - 1][];
    Arrays.setAll(each, n -> apart(nights.get(n), nights.get(n + 1), k));
    double[] excess = new double[k];
    for (int c = 0; c < k; c++) {
      int of = c;
      double[] known =
          Arrays.stream(each).mapToDouble(e -> e[of]).filter(Double::isFinite).sorted().toArray();
      int rank = Math.max(1, (int) Math.round(WORST * known.length));
      excess[c] = known.length > rank ? Math.max(LEAST, known[known.length - 1 - rank]) : 1;
    }
    return excess;
  }

  private static double[] apart(Off one, Off other, int k) {
    Change change = new Change(one, other, k);
    double[] sum = new double[k];
    int[] count = new int[k];
    for (int a = 0; a < change.off.length; a++) {
      if (change.noise[a] > 0) {
        sum[a % k] += Math.min(MOST * MOST, change.off[a] * change.off[a] / change.noise[a]);
        count[a % k]++;
      }
    }
    for (int c = 0; c < k; c++) {
      sum[c] = count[c] == 0 ? Double.NaN : sum[c] / count[c];
    }
    return sum;
  }
}
