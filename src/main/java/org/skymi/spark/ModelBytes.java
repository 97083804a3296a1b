package org.skymi.spark;

import java.io.Serializable;
import java.util.Optional;
import org.skymi.smi.SkyModel;

/**
 * A base model on its way to the tasks.
 *
 * @param file it was read from, empty for none
 * @param bytes of the file, without what only an update needs
 */
public record ModelBytes(String file, byte[] bytes) implements Serializable {
  public static final ModelBytes NONE = new ModelBytes("", new byte[0]);

  static ModelBytes of(Optional<SkyModel> model) {
    return model.map(m -> new ModelBytes(m.name(), m.leanBytes())).orElse(NONE);
  }

  /** The model; empty for none. */
  Optional<SkyModel> model() {
    return file.isEmpty() ? Optional.empty() : Optional.of(SkyModel.read(file, bytes));
  }
}
