package org.skymi.smi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.skymi.math.NormalEquations;
import org.skymi.math.Spd;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.Prediction;

/**
 * Frames of an instrument with habits that stay and are not linear in the state of the exposure: a
 * dip of the flat that moves past the fibres' own places, a ripple whose phase drifts, asymmetry
 * that follows the focus, throughput that follows the place in the patrol disc. The moon changes
 * nothing but the sky.
 */
public final class HabitWorld {
  public static final int COEFFICIENTS = 4;

  /** Features of the sky: how bright the moon makes it. */
  public static final int SKY = 1;

  private static final double NOISE = 0.3;

  private final int fibres;
  private final int spectrographs;
  private final double[][][] habits;

  /** Spectrographs of some fibres, their habits drawn by a seed. */
  public HabitWorld(int spectrographs, int fibres, long seed) {
    this.fibres = fibres;
    this.spectrographs = spectrographs;
    Random random = new Random(seed);
    habits = new double[spectrographs][fibres][];
    for (int s = 0; s < spectrographs; s++) {
      double[] bend = {random.nextGaussian(), random.nextGaussian()};
      for (int i = 0; i < fibres; i++) {
        double f = 2.0 * i / (fibres - 1) - 1;
        habits[s][i] =
            new double[] {
              1.5 + 0.7 * bend[0] * f + 0.4 * random.nextGaussian(), // depth of the dip
              0.8 * f + 0.3 * random.nextGaussian(), // where the fibre sees it
              1.5 + 0.3 * random.nextGaussian(), // ripple
              2 * f * bend[1] + 0.5 * random.nextGaussian(), // its phase
              0.8 + 0.6 * random.nextGaussian(), // asymmetry
              random.nextGaussian(), // how asymmetry follows focus
            };
      }
    }
  }

  /** An exposure's frame and the hidden truth. */
  public record Frame(FrameEquations equations, double[] state, double[][] z) {}

  int fibre(int spectrograph, int number) {
    return spectrograph * fibres + number - 1;
  }

  /** Fibres of all spectrographs. */
  public int all() {
    return spectrographs * fibres;
  }

  /**
   * Frames of exposures, a state each for all spectrographs apart.
   *
   * @param share of fibres that are sky fibres
   */
  public List<Frame> frames(int exposures, double share, long seed) {
    Random random = new Random(seed);
    List<Frame> frames = new ArrayList<>();
    for (int e = 0; e < exposures; e++) {
      for (int s = 0; s < spectrographs; s++) {
        frames.add(frame(e, s, share, random));
      }
    }
    return frames;
  }

  private Frame frame(int exposure, int spectrograph, double share, Random random) {
    double[] state = {
      3 * random.nextDouble() - 1.5,
      2 * Math.PI * random.nextDouble(),
      random.nextGaussian(),
      random.nextGaussian(),
    };
    double[][] place = new double[fibres][2];
    boolean[] sky = new boolean[fibres];
    double[][] z = new double[fibres][];
    for (int i = 0; i < fibres; i++) {
      double dx = 0.1 * random.nextGaussian();
      double dy = 0.1 * random.nextGaussian();
      place[i] = new double[] {dx, dy};
      sky[i] = random.nextDouble() < share;
      double[] h = habits[spectrograph][i];
      double dip = state[0] - h[1];
      z[i] =
          new double[] {
            h[0] * Math.exp(-dip * dip / 2) + 5 * dx,
            h[2] * Math.cos(h[3] + state[1]),
            h[2] * Math.sin(h[3] + state[1]),
            h[4] * (1 + 0.7 * Math.tanh(state[2])) + 0.5 * state[2] + 0.3 * h[5] * state[2],
          };
    }
    beside(z, sky);
    FrameEquations.Fibre[] own = new FrameEquations.Fibre[fibres];
    for (int i = 0; i < fibres; i++) {
      NormalEquations n = new NormalEquations(COEFFICIENTS);
      double noise = sky[i] ? NOISE : 2 * NOISE;
      for (int k = 0; k < COEFFICIENTS; k++) {
        double[] row = new double[COEFFICIENTS];
        row[k] = 1;
        n.add(row, 1 / (noise * noise), z[i][k] + noise * random.nextGaussian());
      }
      own[i] = new FrameEquations.Fibre(i + 1, sky[i], place[i][0], place[i][1], n);
    }
    FrameEquations.When when = new FrameEquations.When(exposure / 3, exposure);
    double[] moon = {5 + state[3]};
    return new Frame(new FrameEquations(when, spectrograph + 1, 0, moon, own), state, z);
  }

  /** Takes off what sky fibres have on average: they make the exposure's sky. */
  private static void beside(double[][] z, boolean[] sky) {
    int[] of = IntStream.range(0, z.length).filter(i -> sky[i]).toArray();
    for (int k = 0; k < COEFFICIENTS; k++) {
      int c = k;
      double mean = Arrays.stream(of).mapToDouble(i -> z[i][c]).average().orElse(0);
      for (double[] own : z) {
        own[k] -= mean;
      }
    }
  }

  /** The linear memory in its plainest form: each fibre's mean, and what is left around it. */
  public Prediction[][] means(List<Frame> frames) {
    Prediction[][] means = new Prediction[spectrographs][fibres];
    for (int s = 0; s < spectrographs; s++) {
      for (int i = 0; i < fibres; i++) {
        means[s][i] = mean(frames, s, i);
      }
    }
    return means;
  }

  private static Prediction mean(List<Frame> frames, int spectrograph, int fibre) {
    double[] mean = new double[COEFFICIENTS];
    double[] variance = new double[COEFFICIENTS];
    for (int k = 0; k < COEFFICIENTS; k++) {
      double sum = 0;
      double square = 0;
      int count = 0;
      for (Frame frame : frames) {
        if (frame.equations().spectrograph() == spectrograph + 1) {
          NormalEquations n = frame.equations().fibres()[fibre].equations();
          double z = n.rhs(k) / n.gram(k, k);
          sum += z;
          square += z * z;
          count++;
        }
      }
      mean[k] = sum / count;
      variance[k] = Math.max(0.05, square / count - mean[k] * mean[k]);
    }
    return new Prediction(mean, Spd.diagonal(variance));
  }

  /** The plain memory knows no exposures: all may tell and be judged. */
  private FrameNetworks.Roles everything() {
    boolean[] all = FrameNetworks.Roles.telling(fibres).tells();
    return new FrameNetworks.Roles(all, all);
  }

  private double[][] slit() {
    double[][] places = new double[fibres][1];
    for (int i = 0; i < fibres; i++) {
      places[i][0] = 2.0 * i / (fibres - 1) - 1;
    }
    return places;
  }

  /** Frames with what the memory expects of them. */
  public List<FrameNetworks.Seen> seen(List<Frame> frames, Prediction[][] memory) {
    List<FrameNetworks.Seen> all = new ArrayList<>();
    for (Frame frame : frames) {
      Prediction[] expected = memory[frame.equations().spectrograph() - 1];
      all.add(new FrameNetworks.Seen(frame.equations(), expected, slit(), everything()));
    }
    return all;
  }

  /** The layout of a spectrograph. */
  public Layout layout() {
    return new Layout(fibres, 0.2, new double[] {0.1, 0.5});
  }

  /** The networks' sizes. */
  public NetworkSettings.Sizes sizes() {
    return NetworkSettings.Sizes.of(COEFFICIENTS, SKY, all());
  }

  /** Inputs in the units of some frames. */
  FrameInputs inputs(List<Frame> frames) {
    List<FrameEquations> equations = frames.stream().map(Frame::equations).toList();
    return FrameInputs.of(InputMoments.of(equations, sizes()), layout());
  }

  /** Frames as networks see them. */
  List<NetworkFrame> inputs(List<Frame> frames, FrameInputs inputs, Prediction[][] memory) {
    return seen(frames, memory).stream().map(inputs::of).toList();
  }
}
