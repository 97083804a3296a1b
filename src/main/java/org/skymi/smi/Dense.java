package org.skymi.smi;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One dense layer and its Adam optimiser on ND4J's matrix product.
 *
 * <p>DL4J's own step costs milliseconds of bookkeeping for a network this small, whatever the
 * batch; this one keeps its arrays. Matrices are column-major with one column per row of the batch,
 * so that a batch in memory is row after row.
 */
final class Dense {
  private static final double DECAY1 = 0.9;
  private static final double DECAY2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** Training, validation and judging have a size each; injections make some more. */
  private static final int MOST_BATCHES = 6;

  private final int in;
  private final int out;
  private final Activation activation;
  private final double rate;
  private final Matrix weights;
  private final Matrix weightSlope;
  private final float[] bias;
  private final float[] biasSlope;
  private final float[] first;
  private final float[] second;

  /**
   * The batch sizes that were used last; what an older one holds outside the heap is given back.
   */
  private final Map<Integer, Batch> batches =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Batch> eldest) {
          boolean tooMany = size() > MOST_BATCHES;
          if (tooMany) {
            eldest.getValue().close();
          }
          return tooMany;
        }
      };

  private int steps;

  /**
   * @param weights {@code [out * in]}: for every input, its weights to all outputs
   * @param bias {@code [out]}
   */
  Dense(int in, int out, Activation activation, double rate, float[] weights, float[] bias) {
    this.in = in;
    this.out = out;
    this.activation = activation;
    this.rate = rate;
    this.weights = new Matrix(out, in);
    this.weights.put(weights);
    this.weightSlope = new Matrix(out, in);
    this.bias = bias.clone();
    this.biasSlope = new float[out];
    this.first = new float[out * in + out];
    this.second = new float[out * in + out];
  }

  /**
   * An ND4J matrix and a Java array of the same content. The buffer is the matrix's own memory, and
   * null where that is not in reach: ND4J must know of changes when a GPU has a copy.
   */
  private static final class Matrix {
    final INDArray array;
    final FloatBuffer buffer;
    final float[] values;

    Matrix(int rows, int columns) {
      array = Nd4j.create(new long[] {rows, columns}, 'f');
      buffer = Backend.sharesMemory() ? array.data().asNioFloat() : null;
      values = new float[rows * columns];
    }

    void put(float[] from) {
      System.arraycopy(from, 0, values, 0, values.length);
      push();
    }

    void push() {
      if (buffer == null) {
        array.data().setData(values);
      } else {
        buffer.put(0, values);
      }
    }

    void pull() {
      if (buffer == null) {
        System.arraycopy(array.data().asFloat(), 0, values, 0, values.length);
      } else {
        buffer.get(0, values);
      }
    }
  }

  /** Arrays of one batch size. */
  private final class Batch {
    final Matrix input;
    final Matrix output;
    final Matrix outputSlope;
    final Matrix inputSlope;

    Batch(int rows) {
      input = new Matrix(in, rows);
      output = new Matrix(out, rows);
      outputSlope = new Matrix(out, rows);
      inputSlope = new Matrix(in, rows);
    }

    void close() {
      for (Matrix matrix : new Matrix[] {input, output, outputSlope, inputSlope}) {
        matrix.array.close();
      }
    }
  }

  private Batch batch(int rows) {
    Batch batch = batches.get(rows);
    if (batch == null) {
      batch = new Batch(rows);
      batches.put(rows, batch);
    }
    return batch;
  }

  /** Activations for a batch, {@code [row * out]}, valid until the next call. */
  float[] forward(float[] input, int rows) {
    Batch batch = batch(rows);
    batch.input.put(input);
    Nd4j.gemm(weights.array, batch.input.array, batch.output.array, false, false, 1, 0);
    batch.output.pull();
    float[] y = batch.output.values;
    for (int r = 0, k = 0; r < rows; r++) {
      for (int j = 0; j < out; j++, k++) {
        float sum = y[k] + bias[j];
        y[k] =
            switch (activation) {
              case RELU -> Math.max(0, sum);
              case TANH -> (float) Math.tanh(sum);
              default -> sum;
            };
      }
    }
    return y;
  }

  /**
   * Slopes of the loss by the weights, kept for {@link #step}, and by the input, returned, {@code
   * [row * in]}, for the last batch of {@code rows} rows.
   *
   * @param error slope of the loss by the activations, {@code [row * out]}
   * @param wantInput whether anybody needs the slope by the input
   */
  float[] backward(float[] error, int rows, boolean wantInput) {
    Batch batch = batch(rows);
    float[] y = batch.output.values;
    float[] slope = batch.outputSlope.values;
    Arrays.fill(biasSlope, 0);
    for (int r = 0, k = 0; r < rows; r++) {
      for (int j = 0; j < out; j++, k++) {
        float s =
            switch (activation) {
              case RELU -> y[k] > 0 ? error[k] : 0;
              case TANH -> error[k] * (1 - y[k] * y[k]);
              default -> error[k];
            };
        slope[k] = s;
        biasSlope[j] += s;
      }
    }
    batch.outputSlope.push();
    Nd4j.gemm(batch.outputSlope.array, batch.input.array, weightSlope.array, false, true, 1, 0);
    weightSlope.pull();
    if (!wantInput) {
      return null;
    }
    Nd4j.gemm(weights.array, batch.outputSlope.array, batch.inputSlope.array, true, false, 1, 0);
    batch.inputSlope.pull();
    return batch.inputSlope.values;
  }

  /** One step of Adam along the slopes of the last {@link #backward}. */
  void step() {
    steps++;
    double correction = Math.sqrt(1 - Math.pow(DECAY2, steps)) / (1 - Math.pow(DECAY1, steps));
    float scale = (float) (rate * correction);
    descend(weights.values, weightSlope.values, 0, scale);
    descend(bias, biasSlope, weights.values.length, scale);
    weights.push();
  }

  private void descend(float[] values, float[] slope, int offset, float scale) {
    for (int k = 0; k < values.length; k++) {
      float s = slope[k];
      float m = first[offset + k] + (float) (1 - DECAY1) * (s - first[offset + k]);
      float v = second[offset + k] + (float) (1 - DECAY2) * (s * s - second[offset + k]);
      first[offset + k] = m;
      second[offset + k] = v;
      values[k] -= (float) (scale * m / (Math.sqrt(v) + EPSILON));
    }
  }

  /** Number of parameters. */
  int size() {
    return weights.values.length + bias.length;
  }

  /** Copies the parameters: weights, then bias. */
  void copyTo(float[] all, int offset) {
    System.arraycopy(weights.values, 0, all, offset, weights.values.length);
    System.arraycopy(bias, 0, all, offset + weights.values.length, bias.length);
  }

  /** Takes parameters as {@link #copyTo} gives them; the optimiser's memory starts anew. */
  void takeFrom(float[] all, int offset) {
    weights.put(Arrays.copyOfRange(all, offset, offset + weights.values.length));
    System.arraycopy(all, offset + weights.values.length, bias, 0, bias.length);
    Arrays.fill(first, 0);
    Arrays.fill(second, 0);
    steps = 0;
  }

  /** Number of floats of {@link #copyStateTo}. */
  int stateSize() {
    return 3 * size() + 1;
  }

  /** Copies the parameters and the optimiser's memory, so that training can go on elsewhere. */
  void copyStateTo(float[] all, int offset) {
    copyTo(all, offset);
    System.arraycopy(first, 0, all, offset + size(), size());
    System.arraycopy(second, 0, all, offset + 2 * size(), size());
    all[offset + 3 * size()] = steps;
  }

  /** Takes what {@link #copyStateTo} gave, or a mean of such. */
  void takeStateFrom(float[] all, int offset) {
    takeFrom(all, offset);
    System.arraycopy(all, offset + size(), first, 0, size());
    System.arraycopy(all, offset + 2 * size(), second, 0, size());
    steps = Math.round(all[offset + 3 * size()]);
  }

  /** Slopes as {@link #copyTo} orders the parameters. */
  void copySlopesTo(float[] all, int offset) {
    System.arraycopy(weightSlope.values, 0, all, offset, weightSlope.values.length);
    System.arraycopy(biasSlope, 0, all, offset + weightSlope.values.length, biasSlope.length);
  }
}
