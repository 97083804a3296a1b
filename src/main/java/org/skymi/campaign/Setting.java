package org.skymi.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.List;

/**
 * One resolved setting.
 *
 * @param name path in the configuration, like {@code reduction.seed}
 * @param value as text
 * @param origin where the value came from: the built-in defaults, a file and line, the command line
 */
public record Setting(String name, String value, String origin) implements Serializable {
  /** Names and values as a JSON object, without origins. */
  public static String json(List<Setting> settings) {
    ObjectNode object = Json.MAPPER.createObjectNode();
    settings.forEach(s -> object.put(s.name(), s.value()));
    return object.toString();
  }
}
