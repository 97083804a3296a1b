package org.skymi.smi;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Frames together, as DL4J takes them: the inputs and labels of {@link NetworkGraph}. */
final class NetworkBatch {
  /** Where along the slit the halves of a frame are compared, -1..1. */
  private static final double[] PLACES = {-0.7, 0, 0.7};

  /** Rows of sums of a frame's halves. */
  static final int HALVES = 2 * PLACES.length;

  /** How far along the slit, in fibres, those are that take a neighbour's place, and more. */
  private static final int FAR = 8;

  private final List<NetworkFrame> frames;
  private final int rows;

  /** Frames; those with fewer fibres than others get rows of 0. */
  NetworkBatch(List<NetworkFrame> frames) {
    this(frames, frames.stream().mapToInt(NetworkFrame::fibres).max().orElseThrow());
  }

  /**
   * @param rows of each frame, at least as many as it has fibres
   */
  NetworkBatch(List<NetworkFrame> frames, int rows) {
    this.frames = frames;
    this.rows = rows;
  }

  /** Rows of a frame. */
  int rows() {
    return rows;
  }

  /**
   * For training.
   *
   * @param random splits the frames in halves, and chooses pairs that don't belong together
   */
  MultiDataSet forTraining(SplittableRandom random) {
    Pairs pairs = pairs(random);
    return new MultiDataSet(
        inputs(pairs.halves),
        new INDArray[] {
          labels(), array(pairs.isWhole), array(pairs.adjoining), array(pairs.shared),
        });
  }

  /**
   * What is compared with what.
   *
   * @param halves weights of fibres in sums of a frame's halves, {@code [nFrame·HALVES][nRow]}
   * @param isWhole labels of {@link CommonLoss}
   * @param adjoining labels of {@link IndividualLoss}: the next fibre along the slit
   * @param shared likewise: the fibre's own exposure
   */
  record Pairs(float[][] halves, float[][] isWhole, float[][] adjoining, float[][] shared) {}

  /**
   * Draws pairs.
   *
   * @param random splits the frames in halves, and chooses pairs that don't belong together
   */
  Pairs pairs(SplittableRandom random) {
    float[][] halves = new float[frames.size() * HALVES][rows];
    float[][] isWhole = new float[frames.size() * 2][1];
    for (int f = 0; f < frames.size(); f++) {
      fillHalves(f, halves, isWhole, random);
    }
    return new Pairs(halves, isWhole, adjoining(random), shared(random));
  }

  /** For prediction. */
  INDArray[] forPrediction() {
    return inputs(new float[frames.size() * HALVES][rows]);
  }

  /** The inputs, with halves of frames. */
  INDArray[] inputs(float[][] halves) {
    float[][] embedding = new float[frames.size() * rows][1];
    float[][] others = new float[frames.size() * rows][rows];
    float[][] along = new float[frames.size() * rows][rows];
    float[][] near = new float[frames.size() * rows][rows];
    for (int f = 0; f < frames.size(); f++) {
      NetworkFrame.Rows own = frames.get(f).rows();
      SlitMean mean = new SlitMean(own.share(), own.slit());
      for (int i = 0; i < own.share().length; i++) {
        int row = f * rows + i;
        embedding[row][0] = own.embedding()[i];
        copy(mean.ofOthers(i), others[row]);
        copy(mean.ofOthersAt(i), along[row]);
        copy(own.near()[i], near[row]);
      }
    }
    return new INDArray[] {
      array(stacked(frame -> frame.rows().seen())),
      array(embedding),
      array(stacked(frame -> frame.rows().side())),
      array(others),
      array(along),
      array(near),
      array(halves),
    };
  }

  /** Labels of the likelihood alone. */
  INDArray labels() {
    return array(stacked(NetworkFrame::labels));
  }

  private float[][] stacked(Function<NetworkFrame, float[][]> part) {
    int width = part.apply(frames.get(0))[0].length;
    float[][] all = new float[frames.size() * rows][];
    for (int f = 0; f < frames.size(); f++) {
      float[][] own = part.apply(frames.get(f));
      for (int i = 0; i < rows; i++) {
        all[f * rows + i] = i < own.length ? own[i] : new float[width];
      }
    }
    return all;
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, from.length);
  }

  /** At once: ND4J's own way from arrays of arrays is number by number. */
  private static INDArray array(float[][] values) {
    int width = values[0].length;
    float[] flat = new float[values.length * width];
    for (int row = 0; row < values.length; row++) {
      System.arraycopy(values[row], 0, flat, row * width, width);
    }
    return Nd4j.create(Nd4j.createBuffer(flat), new long[] {values.length, width});
  }

  /** A number that a frame has for itself, from 1, however often it comes. */
  private int number(int frame) {
    int first = 0;
    while (!frames.get(first).isSame(frames.get(frame))) {
      first++;
    }
    return first + 1;
  }

  private void fillHalves(int frame, float[][] halves, float[][] isWhole, SplittableRandom random) {
    NetworkFrame.Rows own = frames.get(frame).rows();
    float[][] shares = new float[2][own.share().length];
    int[] counts = new int[2];
    for (int i = 0; i < own.share().length; i++) {
      int half = random.nextInt(2);
      shares[half][i] = own.share()[i];
      counts[half] += own.share()[i] > 0 ? 1 : 0;
    }
    for (int half = 0; half < 2; half++) {
      boolean isEnough = counts[half] >= PLACES.length;
      isWhole[2 * frame + half][0] = isEnough ? number(frame) : 0;
      SlitMean mean = new SlitMean(shares[half], own.slit());
      for (int p = 0; p < PLACES.length && isEnough; p++) {
        copy(mean.at(PLACES[p]), halves[frame * HALVES + half * PLACES.length + p]);
      }
    }
  }

  /** The next fibre along the slit belongs to each, one some fibres away doesn't. */
  private float[][] adjoining(SplittableRandom random) {
    float[][] pairs = new float[frames.size() * rows][2];
    for (int f = 0; f < frames.size(); f++) {
      int[] present = present(f);
      for (float[] pair : Arrays.asList(pairs).subList(f * rows, (f + 1) * rows)) {
        Arrays.fill(pair, -1);
      }
      for (int k = 0; k + 1 < present.length; k++) {
        int away = 2 + random.nextInt(FAR);
        int wrong =
            k >= away && (k + away >= present.length || random.nextBoolean()) ? k - away : k + away;
        if (wrong < present.length) {
          pairs[present[k]][0] = present[k + 1];
          pairs[present[k]][1] = present[wrong];
        }
      }
    }
    return pairs;
  }

  /** A fibre's own exposure belongs to it, another fibre's, of any frame, doesn't. */
  private float[][] shared(SplittableRandom random) {
    float[][] pairs = new float[frames.size() * rows][2];
    for (float[] pair : pairs) {
      Arrays.fill(pair, -1);
    }
    int[][] present = new int[frames.size()][];
    for (int f = 0; f < present.length; f++) {
      present[f] = present(f);
    }
    for (int[] own : present) {
      for (int row : own) {
        int[] other = present[random.nextInt(present.length)];
        if (other.length > 0) {
          pairs[row][0] = row;
          pairs[row][1] = other[random.nextInt(other.length)];
        }
      }
    }
    return pairs;
  }

  private int[] present(int frame) {
    return IntStream.range(0, frames.get(frame).fibres()).map(i -> frame * rows + i).toArray();
  }
}
