package org.skymi.plate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skymi.survey.Arm;

/**
 * How far the training of a base model's networks is: one arm after the other.
 *
 * @param identity of the training: its plates, settings and software
 * @param trained networks of the arms that are done
 * @param state of the arm that is being trained, by its name; empty before the first epoch
 */
record NetworkCheckpoint(String identity, Map<String, byte[]> trained, Map<String, byte[]> state) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static NetworkCheckpoint start(String identity) {
    return new NetworkCheckpoint(identity, Map.of(), Map.of());
  }

  /**
   * What was saved last, if it is of a training; else its start.
   *
   * @param log told if it is not
   */
  static NetworkCheckpoint load(Checkpoints saved, String identity, TrainingLog log)
      throws IOException {
    Optional<byte[]> bytes = saved.load();
    Optional<NetworkCheckpoint> own =
        bytes.isEmpty()
            ? Optional.empty()
            : read(bytes.get()).filter(c -> identity.equals(c.identity()));
    if (bytes.isPresent() && own.isEmpty()) {
      log.line("the checkpoint is damaged or of another training: starting anew");
    }
    return own.orElse(start(identity));
  }

  private static Optional<NetworkCheckpoint> read(byte[] bytes) throws IOException {
    try {
      return Optional.of(JSON.readValue(bytes, NetworkCheckpoint.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  byte[] bytes() throws IOException {
    return JSON.writeValueAsBytes(this);
  }

  /** Networks of an arm, if they are done. */
  Optional<byte[]> trained(Arm arm) {
    return Optional.ofNullable(trained.get(arm.name()));
  }

  /** The same and an arm that is done. */
  NetworkCheckpoint with(Arm arm, byte[] networks) {
    Map<String, byte[]> more = new TreeMap<>(trained);
    more.put(arm.name(), networks);
    return new NetworkCheckpoint(identity, more, Map.of());
  }

  /** Checkpoints of one arm's training. */
  Checkpoints of(Arm arm, Checkpoints all) {
    return new Checkpoints() {
      @Override
      public Optional<byte[]> load() {
        return Optional.ofNullable(state.get(arm.name()));
      }

      @Override
      public void save(byte[] now) throws IOException {
        all.save(new NetworkCheckpoint(identity, trained, Map.of(arm.name(), now)).bytes());
      }
    };
  }
}
