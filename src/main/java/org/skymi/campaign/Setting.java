package org.skymi.campaign;

import java.io.Serializable;

/**
 * One resolved setting.
 *
 * @param name path in the configuration, like {@code reduction.seed}
 * @param value as text
 * @param origin where the value came from: the built-in defaults, a file and line, the command line
 */
public record Setting(String name, String value, String origin) implements Serializable {}
