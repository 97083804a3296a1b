package org.skymi.sky.judge;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The methods that estimate a sky, each after the one that it adds something to. */
public enum Method {
  SURVEY("Survey", "what the survey's own pipeline subtracted, where the input has it"),
  SUPER(
      "Super Sky", "the survey pipelines' Super Sky: mean of the sky fibres, scaled to each fibre"),
  FULL("Full", "Super Sky with every correction that one exposure allows"),
  MEMORY(
      "Memory",
      "the full Super Sky with what an archive remembers: a prior of skies and, of a base model, a"
          + " linear memory of each fibre"),
  SMI("SMI", "the networks, trained by mutual information, on top of the memory");

  private final String title;
  private final String text;

  Method(String title, String text) {
    this.title = title;
    this.text = text;
  }

  /** Name in settings and first part of its columns' names: {@code super}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Name in headings. */
  public String title() {
    return title;
  }

  /** What it is. */
  public String text() {
    return text;
  }

  /** The methods of a run that is told nothing else. */
  public static Set<Method> defaults() {
    return EnumSet.of(SUPER, MEMORY, SMI);
  }

  /**
   * Methods by their keys; Super Sky, which all are compared with, is always among them.
   *
   * @throws IllegalArgumentException if there is no method of a name
   */
  public static Set<Method> of(Collection<String> keys) {
    Set<Method> methods = EnumSet.of(SUPER);
    for (String key : keys) {
      methods.add(of(key.strip()));
    }
    return methods;
  }

  private static Method of(String key) {
    for (Method method : values()) {
      if (method.key().equals(key)) {
        return method;
      }
    }
    String known =
        EnumSet.allOf(Method.class).stream().map(Method::key).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("there is no method '" + key + "', but " + known);
  }
}
