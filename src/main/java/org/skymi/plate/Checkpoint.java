package org.skymi.plate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.skymi.math.Binary;
import org.skymi.smi.TrainingStep;

/**
 * How far the training of a base model's networks is, after some round.
 *
 * @param identity of the training: its plates, settings and software
 * @param commonRounds rounds of the common network that are done
 * @param common its state, empty before the first round; floats, see {@link Binary}
 * @param information it has reached, nat
 * @param rounds of the individual network that are done
 * @param failures rounds since one was better
 * @param individual its state, empty before the first round
 * @param best the state with the least losses, likewise
 * @param least losses on held-out plates, one a sky fibre
 * @param lossBefore their mean before the first round
 * @param steps of the training
 */
record Checkpoint(
    String identity,
    int commonRounds,
    byte[] common,
    double information,
    int rounds,
    int failures,
    byte[] individual,
    byte[] best,
    double[] least,
    double lossBefore,
    List<TrainingStep> steps) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(MapperFeature.AUTO_DETECT_IS_GETTERS).build();

  /** The start of a training. */
  static Checkpoint start(String identity) {
    byte[] none = new byte[0];
    return new Checkpoint(
        identity, 0, none, Double.NaN, 0, 0, none, none, new double[0], Double.NaN, List.of());
  }

  byte[] bytes() throws IOException {
    return JSON.writeValueAsBytes(this);
  }

  /** Reads what {@link #bytes} gave; empty if it is nothing like it. */
  static Optional<Checkpoint> read(byte[] bytes) throws IOException {
    try {
      return Optional.of(JSON.readValue(bytes, Checkpoint.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
