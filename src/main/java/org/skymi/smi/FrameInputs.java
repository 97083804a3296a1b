package org.skymi.smi;

import java.io.Serializable;
import java.util.Arrays;
import org.skymi.math.NormalEquations;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.Prediction;

/**
 * Makes frames into what networks see.
 *
 * @param size number of coefficients
 * @param mean of coefficients and features of the sky over the archive, {@code [nCoefficient +
 *     nSky]}
 * @param scale their scatter, likewise
 * @param layout of the instrument
 */
record FrameInputs(int size, double[] mean, double[] scale, Layout layout) implements Serializable {
  /** Weight of a fibre that is no sky fibre in the loss. */
  private static final double OBJECT = 0.3;

  /** Inputs are cut off here, in units of their scatter: outliers must not rule. */
  private static final double BOUND = 3;

  /** With the units that coefficients have over an archive. */
  static FrameInputs of(InputMoments moments, Layout layout) {
    return new FrameInputs(moments.coefficients(), moments.mean(), moments.scale(), layout);
  }

  /**
   * What a frame's fibres say by themselves, in units of the archive: coefficients, then how well
   * each is known, 0..1.
   *
   * @return {@code [nFibre][2·nCoefficient]}, null of fibres without equations
   */
  float[][] own(FrameEquations frame) {
    float[][] own = new float[frame.fibres().length][];
    for (int i = 0; i < own.length; i++) {
      NormalEquations equations = frame.fibres()[i].equations();
      own[i] = equations == null ? null : own(equations);
    }
    return own;
  }

  /** A frame's inputs. */
  NetworkFrame of(FrameNetworks.Seen known) {
    return of(known, own(known.frame()));
  }

  /**
   * The same.
   *
   * @param alone of {@link #own}
   */
  NetworkFrame of(FrameNetworks.Seen known, float[][] alone) {
    FrameEquations frame = known.frame();
    Prediction[] memory = known.memory();
    int rows = memory.length;
    float[][] seen = new float[rows][NetworkFrame.seenWidth(size, mean.length - size)];
    float[][] side = new float[rows][NetworkFrame.sideWidth(size)];
    float[][] labels = new float[rows][CoefficientLoss.labels(size)];
    int[] embedding = new int[rows];
    float[] slit = new float[rows];
    float[] share = new float[rows];
    double usual = usual(memory);
    for (int i = 0; i < frame.fibres().length; i++) {
      FrameEquations.Fibre own = frame.fibres()[i];
      embedding[i] = layout.index(frame.spectrograph(), own.number());
      slit[i] = (float) (2.0 * (own.number() - 1) / (layout.fibres() - 1) - 1);
      fillSide(own, slit[i], memory[i], side[i]);
      if (own.equations() != null) {
        RelativeEquations relative = new RelativeEquations(own.equations(), memory[i]);
        if (known.roles().judged()[i]) {
          labels[i] = CoefficientLoss.pack(relative, own.teaches() ? 1 : OBJECT);
        }
        if (known.roles().tells()[i]) {
          double told = fillSeen(alone[i], relative, frame.sky(), seen[i]);
          share[i] = (float) (told * Math.min(2, usual / spread(memory[i])));
        }
      }
    }
    float[][] near = Neighbours.weights(known.place(), share, layout.lengths());
    return new NetworkFrame(
        frame.when(),
        new NetworkFrame.Rows(seen, embedding, side, slit, share, near),
        labels,
        memory);
  }

  private double usual(Prediction[] memory) {
    return Arrays.stream(memory).mapToDouble(this::spread).sorted().toArray()[memory.length / 2];
  }

  /** Mean variance of what the memory expects, in units of the archive. */
  private double spread(Prediction memory) {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += memory.covariance().get(k, k) / (scale[k] * scale[k] * size);
    }
    return sum;
  }

  private float[] own(NormalEquations equations) {
    NormalEquations both = new NormalEquations(size);
    both.add(equations);
    for (int k = 0; k < size; k++) {
      both.addPrior(k, mean[k], scale[k] * scale[k]);
    }
    NormalEquations.Solution z = both.solve();
    float[] own = new float[2 * size];
    for (int k = 0; k < size; k++) {
      own[k] = bounded((z.mean()[k] - mean[k]) / scale[k]);
      own[size + k] = (float) (1 - z.covariance()[k][k] / (scale[k] * scale[k]));
    }
    return own;
  }

  private double fillSeen(float[] alone, RelativeEquations relative, double[] sky, float[] seen) {
    System.arraycopy(alone, 0, seen, 0, 2 * size);
    double known = 0;
    for (int k = 0; k < size; k++) {
      seen[2 * size + k] = bounded(relative.off()[k]);
      seen[3 * size + k] = (float) relative.told()[k];
      known += seen[size + k] / size;
    }
    for (int k = size; k < mean.length; k++) {
      seen[3 * size + k] = bounded((sky[k - size] - mean[k]) / scale[k]);
    }
    return known;
  }

  private void fillSide(FrameEquations.Fibre fibre, float slit, Prediction memory, float[] side) {
    double x = fibre.dx() / layout.reach();
    double y = fibre.dy() / layout.reach();
    int k = 0;
    side[k++] = slit;
    side[k++] = slit * slit;
    side[k++] = bounded(x);
    side[k++] = bounded(y);
    side[k++] = bounded(x * x);
    side[k++] = bounded(x * y);
    side[k++] = bounded(y * y);
    for (int c = 0; c < size; c++) {
      side[k++] = bounded((memory.mean()[c] - mean[c]) / scale[c]);
      side[k++] =
          bounded(
              Math.log(Math.max(1e-6, memory.covariance().get(c, c) / (scale[c] * scale[c]))) / 2);
    }
  }

  private static float bounded(double value) {
    return (float) Math.max(-BOUND, Math.min(BOUND, value));
  }
}
