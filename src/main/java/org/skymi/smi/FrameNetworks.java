package org.skymi.smi;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.Prediction;

/**
 * Networks that go on from a linear memory: they expect fibres' coefficients by what the archive
 * knows of each fibre and by what the others of the frame say of the exposure. Only {@link #expect}
 * and {@link #copy} are for several threads; holds memory of ND4J until closed.
 */
public final class FrameNetworks implements AutoCloseable {
  /** Places along the slit that {@link #common} is shown at, one after the other. */
  public static final int PLACES = 3;

  private final Layout layout;
  private final InputMoments moments;
  private final FrameInputs inputs;
  private final MemoryNetwork network;

  /** What fibres of frames say by themselves, by digest: copies of a plate's frames come twice. */
  private final Map<Long, float[][]> alone = new ConcurrentHashMap<>();

  private FrameNetworks(Layout layout, InputMoments moments, MemoryNetwork network) {
    this.layout = layout;
    this.moments = moments;
    this.inputs = FrameInputs.of(moments, layout);
    this.network = network;
  }

  /**
   * A frame with what is known of it beforehand.
   *
   * @param memory {@code [nFibre]} what the linear memory expects; learnt from other frames than
   *     this one, or networks trust it too much
   * @param place {@code [nFibre][nDimension]} where fibres are: what is near is alike
   * @param roles of the fibres
   */
  public record Seen(FrameEquations frame, Prediction[] memory, double[][] place, Roles roles)
      implements Serializable {}

  /**
   * What fibres with equations do. A fibre never tells of itself; but where the memory has fitted
   * the exposure, what it expects of one fibre holds what others have told: there, those that are
   * judged must not tell, neither the memory nor the networks.
   *
   * @param tells {@code [nFibre]} those that tell of the exposure
   * @param judged {@code [nFibre]} those on which expectations are judged
   */
  public record Roles(boolean[] tells, boolean[] judged) implements Serializable {
    /** All tell and none is judged: for expectations. */
    public static Roles telling(int fibres) {
      boolean[] tells = new boolean[fibres];
      Arrays.fill(tells, true);
      return new Roles(tells, new boolean[fibres]);
    }
  }

  /**
   * Trains on frames.
   *
   * @param heldOut frames that tell which epoch was the best; without any it is the last
   */
  public static FrameNetworks train(
      NetworkSettings settings, Layout layout, List<Seen> frames, List<Seen> heldOut) {
    try (Training training = new Training(settings, layout, frames, heldOut)) {
      while (!training.isDone()) {
        training.epoch();
      }
      return training.best();
    }
  }

  /** A training that can be stopped after any epoch. */
  public static final class Training implements AutoCloseable {
    private final Layout layout;
    private final InputMoments moments;
    private final NetworkTrainer trainer;
    private final double before;

    /**
     * @param heldOut frames that tell which epoch was the best; without any it is the last
     */
    public Training(
        NetworkSettings settings, Layout layout, List<Seen> frames, List<Seen> heldOut) {
      this.layout = layout;
      this.moments = InputMoments.of(frames.stream().map(Seen::frame).toList(), settings.sizes());
      FrameInputs inputs = FrameInputs.of(moments, layout);
      this.trainer = new NetworkTrainer(settings, inputs(inputs, frames), inputs(inputs, heldOut));
      this.before = trainer.least();
    }

    /** Epochs that are done. */
    public int done() {
      return trainer.done();
    }

    public boolean isDone() {
      return trainer.isDone();
    }

    /** Loss of held-out frames untrained, nat a fibre: that of the memory; NaN without any. */
    public double before() {
      return before;
    }

    /** Their least loss so far, nat a fibre; NaN without any. */
    public double least() {
      return trainer.least();
    }

    /** Trains for an epoch. */
    public void epoch() {
      trainer.epoch();
    }

    /** How far it is, for {@link #resume}. */
    public byte[] state() {
      return trainer.state();
    }

    /**
     * Goes on from there.
     *
     * @throws IOException if it is no state of this training
     */
    public void resume(byte[] state) throws IOException {
      trainer.resume(state);
    }

    /** The networks; the training is over. */
    public FrameNetworks best() {
      return new FrameNetworks(layout, moments, trainer.best());
    }

    @Override
    public void close() {
      trainer.close();
    }
  }

  /**
   * Untrained: they expect what the linear memory does.
   *
   * @param moments of the archive's coefficients
   * @param steps of training to come
   */
  public static FrameNetworks untrained(
      NetworkSettings settings, Layout layout, InputMoments moments, int steps) {
    return new FrameNetworks(layout, moments, MemoryNetwork.untrained(settings, steps));
  }

  /** DL4J's graph, weights and updater, to be trained elsewhere. */
  public ComputationGraph graph() {
    return network.graph();
  }

  /** See {@link MemoryNetwork#widen}. */
  public double widen(DoubleSupplier heldOut) {
    return network.widen(heldOut);
  }

  /** Weights and updater as DL4J stores them, to go on from. */
  public byte[] state() {
    return network.bytes();
  }

  /**
   * With other weights and updater.
   *
   * @param state what {@link #state} gave
   * @throws IOException if it is nothing like it
   */
  public FrameNetworks at(byte[] state) throws IOException {
    return new FrameNetworks(layout, moments, MemoryNetwork.read(network.settings(), state));
  }

  /** Everything that {@link #read} needs. */
  public byte[] bytes() {
    return NetworkFile.bytes(
        new NetworkFile.Contents(network.settings(), layout, moments, state()));
  }

  /**
   * Reads networks.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  public static FrameNetworks read(byte[] bytes) {
    NetworkFile.Contents contents = NetworkFile.read(bytes);
    try {
      return new FrameNetworks(
          contents.layout(),
          contents.moments(),
          MemoryNetwork.read(contents.settings(), contents.state()));
    } catch (IOException e) {
      throw new IllegalArgumentException("networks can't be restored", e);
    }
  }

  /** The same, to be adapted by itself; for several threads. */
  public synchronized FrameNetworks copy() {
    return new FrameNetworks(layout, moments, network.copy());
  }

  /**
   * Adapts to a plate.
   *
   * @param frames of the plate, some of each one's fibres judged
   * @param fold that is held out and must have no say in the frames, -1 for none
   * @param arm its letter
   * @return what was done; first the weights that it started from
   */
  public List<TrainingStep> adapt(List<Seen> frames, Adaptation how, int fold, char arm) {
    return new PlateAdaptation(
            network, how, new PlateAdaptation.TrainingPlace(fold, String.valueOf(arm)))
        .adapt(inputs(frames));
  }

  /** All weights, for {@link #use}. */
  public float[] weights() {
    return network.graph().params().toFloatVector();
  }

  /** Takes other weights, and forgets what it was trained with. */
  public void use(float[] weights) {
    network.use(weights);
  }

  private static List<NetworkFrame> inputs(FrameInputs inputs, List<Seen> frames) {
    return frames.stream().map(inputs::of).toList();
  }

  private List<NetworkFrame> inputs(List<Seen> frames) {
    return frames.stream()
        .map(
            f ->
                inputs.of(f, alone.computeIfAbsent(f.frame().digest(), k -> inputs.own(f.frame()))))
        .toList();
  }

  /** What is expected of each fibre of frames, before its own data. */
  public List<Prediction[]> expect(List<Seen> frames) {
    List<NetworkFrame> seen = inputs(frames);
    synchronized (network) {
      return network.expect(seen);
    }
  }

  /**
   * What frames' fibres say of their exposure: the common part, at the slit's ends and its middle.
   *
   * @return {@code [nFrame][]}
   */
  public double[][] common(List<Seen> frames) {
    return network.common(inputs(frames));
  }

  /** What a fibre keeps: its embedding. */
  public double[] individual(int spectrograph, int number) {
    return network.individual()[layout.index(spectrograph, number)];
  }

  /** The mean negative log likelihood of what frames' fibres say, nat a fibre. */
  public double loss(List<Seen> frames) {
    return network.loss(inputs(frames));
  }

  /**
   * Gives back what ND4J holds for a thread that ends after it has used networks; nothing where
   * none were.
   */
  public static void leaveThread() {
    MemoryNetwork.leaveThread();
  }

  @Override
  public void close() {
    network.close();
  }
}
