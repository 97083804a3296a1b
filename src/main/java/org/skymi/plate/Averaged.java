package org.skymi.plate;

import java.util.List;

/**
 * The mean of what shards made of a network in a round, each counting by the fibres it trained
 * with. Added up in double precision in the order of the shards: the same shards give the same
 * numbers, wherever and in whatever order they were trained.
 *
 * @param state of the network and its optimiser; as before if no shard had anything to train with
 * @param fibres trained with
 * @param loss mean of the shards'
 * @param information mean of the shards', nat; NaN if there were no fibres
 */
record Averaged(float[] state, int fibres, double loss, double information) {
  static Averaged of(List<TrainingShard.Trained> shards, float[] before) {
    double[] sum = new double[before.length];
    double loss = 0;
    double information = 0;
    int fibres = 0;
    for (TrainingShard.Trained shard : shards) {
      int n = shard.fibres();
      if (n == 0) {
        continue;
      }
      for (int k = 0; k < sum.length; k++) {
        sum[k] += (double) n * shard.state()[k];
      }
      fibres += n;
      loss += n * shard.loss();
      information += n * shard.information();
    }
    if (fibres == 0) {
      return new Averaged(before, 0, Double.NaN, Double.NaN);
    }
    float[] state = new float[sum.length];
    for (int k = 0; k < state.length; k++) {
      state[k] = (float) (sum[k] / fibres);
    }
    return new Averaged(state, fibres, loss / fibres, information / fibres);
  }
}
