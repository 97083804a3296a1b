package org.skymi.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.skymi.math.Ridge;
import org.skymi.simulate.Effect;
import org.skymi.simulate.Hidden;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.smi.FrameNetworks;

/**
 * What an arm's networks hold of what is hidden: the common part of frames of their state,
 * regressed on the archive's frames and judged on others; the own part of fibres of their habits,
 * judged on fibres that are held out. Beside it, what the linear memory's own numbers tell of the
 * habits.
 */
final class NetworkContents {
  /** Every so manieth fibre is held out. */
  private static final int HELD_OUT = 4;

  private final List<double[]> common = new ArrayList<>();
  private final List<Hidden> states = new ArrayList<>();
  private final List<double[]> otherCommon = new ArrayList<>();
  private final List<Hidden> otherStates = new ArrayList<>();

  /** By spectrograph and fibre, in order. */
  private final Map<Integer, Map<Integer, Fibre>> fibres = new TreeMap<>();

  /** A fibre: its embedding, what the memory expects of it, and sums of what is hidden of it. */
  private static final class Fibre {
    final double[] own;
    final double[] memory;
    final Map<String, Double> habits = new TreeMap<>();

    Fibre(double[] own, double[] memory) {
      this.own = own;
      this.memory = memory.clone();
    }
  }

  /** Adds a frame of the archive. */
  void learn(FrameNetworks networks, FrameNetworks.Seen frame, Hidden hidden) {
    common.add(common(networks, frame));
    states.add(hidden);
    int spectrograph = frame.frame().spectrograph();
    Map<Integer, Fibre> own = fibres.computeIfAbsent(spectrograph, s -> new TreeMap<>());
    for (int i = 0; i < frame.memory().length; i++) {
      FrameEquations.Fibre fibre = frame.frame().fibres()[i];
      double[] memory = frame.memory()[i].mean();
      Fibre known =
          own.computeIfAbsent(
              fibre.number(),
              n -> new Fibre(networks.individual(spectrograph, n), new double[memory.length]));
      for (int c = 0; c < memory.length; c++) {
        known.memory[c] += memory[c];
      }
      for (Hidden.Quantity q : hidden.quantities()) {
        known.habits.merge(q.name(), q.values()[i], Double::sum);
      }
    }
  }

  /** The mean along the slit: frames are few, and what they share is one for all fibres. */
  private static double[] common(FrameNetworks networks, FrameNetworks.Seen frame) {
    double[] all = networks.common(List.of(frame))[0];
    double[] mean = new double[all.length / FrameNetworks.PLACES];
    for (int k = 0; k < all.length; k++) {
      mean[k % mean.length] += all[k] / FrameNetworks.PLACES;
    }
    return mean;
  }

  /** Adds a frame that is judged. */
  void judge(FrameNetworks networks, FrameNetworks.Seen frame, Hidden hidden) {
    otherCommon.add(common(networks, frame));
    otherStates.add(hidden);
  }

  /**
   * Of what all fibres of a frame share, by its logarithm where it is a strength; the sky's
   * gradients are many and left out.
   */
  List<String[]> common() {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"hidden", "R²"});
    for (int q = 0; q < states.get(0).quantities().size(); q++) {
      double[] learnt = state(states, q);
      double[] judged = state(otherStates, q);
      if (isShared(states, q) && scatters(learnt) && scatters(judged)) {
        Ridge ridge = new Ridge(common.toArray(double[][]::new), learnt);
        double explained = ridge.explained(otherCommon.toArray(double[][]::new), judged);
        rows.add(new String[] {states.get(0).quantities().get(q).name(), text(explained)});
      }
    }
    return rows;
  }

  private static double[] state(List<Hidden> frames, int quantity) {
    double[] states =
        frames.stream().mapToDouble(f -> f.quantities().get(quantity).values()[0]).toArray();
    boolean isStrength = Arrays.stream(states).allMatch(v -> v > 0);
    return isStrength ? Arrays.stream(states).map(Math::log).toArray() : states;
  }

  private static boolean isShared(List<Hidden> frames, int quantity) {
    Hidden.Quantity of = frames.get(0).quantities().get(quantity);
    double[] values = of.values();
    return of.effect() != Effect.GRADIENTS && Arrays.stream(values).allMatch(v -> v == values[0]);
  }

  private static boolean scatters(double[] values) {
    return Arrays.stream(values).distinct().count() > values.length / 4;
  }

  /** Of habits: means of what fibres had in all frames. */
  List<String[]> individual() {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"hidden", "own part", "memory's expectation"});
    List<Fibre> all = fibres.values().stream().flatMap(f -> f.values().stream()).toList();
    for (int q = 0; q < states.get(0).quantities().size(); q++) {
      String name = states.get(0).quantities().get(q).name();
      if (!isShared(states, q)) {
        double own = explained(all, name, all.stream().map(f -> f.own).toArray(double[][]::new));
        double memory =
            explained(all, name, all.stream().map(f -> f.memory).toArray(double[][]::new));
        // Of what is the same in all fibres there is nothing to explain.
        if (!Double.isNaN(own)) {
          rows.add(new String[] {name, text(own), text(memory)});
        }
      }
    }
    return rows;
  }

  private static double explained(List<Fibre> all, String name, double[][] x) {
    int[] learnt = IntStream.range(0, x.length).filter(i -> i % HELD_OUT != 0).toArray();
    int[] judged = IntStream.range(0, x.length).filter(i -> i % HELD_OUT == 0).toArray();
    return new Ridge(rows(x, learnt), habits(all, name, learnt))
        .explained(rows(x, judged), habits(all, name, judged));
  }

  private static double[][] rows(double[][] x, int[] which) {
    return Arrays.stream(which).mapToObj(i -> x[i]).toArray(double[][]::new);
  }

  private static double[] habits(List<Fibre> all, String name, int[] which) {
    return Arrays.stream(which).mapToDouble(i -> all.get(i).habits.get(name)).toArray();
  }

  private static String text(double explained) {
    return explained < 0 ? "none" : String.format(Locale.ROOT, "%.2f", explained);
  }
}
