package org.skymi.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skymi.campaign.ModelChoice;
import org.skymi.smi.SkyModel;

/**
 * Base models on their way to the tasks.
 *
 * @param files by digest
 */
public record ModelBytes(Map<String, File> files) implements Serializable {
  public static final ModelBytes NONE = new ModelBytes(Map.of());

  /**
   * A model's file.
   *
   * @param name for messages
   * @param bytes without what only an update needs
   */
  record File(String name, byte[] bytes) implements Serializable {}

  static ModelBytes of(List<SkyModel> models) {
    return new ModelBytes(
        models.stream()
            .collect(Collectors.toMap(SkyModel::digest, m -> new File(m.name(), m.leanBytes()))));
  }

  /** A model by its digest; empty for none. */
  Optional<SkyModel> model(String digest) {
    return digest.equals(ModelChoice.NONE)
        ? Optional.empty()
        : Optional.of(SkyModel.read(files.get(digest).name(), files.get(digest).bytes()));
  }
}
