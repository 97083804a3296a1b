package org.skymi.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.skymi.sky.judge.Method;

/**
 * An estimate of which one term is switched.
 *
 * @param group variants that are compared with each other, the first of them the default
 * @param name what is different
 * @param changed settings that make the difference
 * @param unchanged settings that don't matter to it, and save time
 * @param withModel whether it starts from the base model
 * @param judged the sky that is judged
 */
public record AblationVariant(
    String group,
    String name,
    Map<String, Object> changed,
    Map<String, Object> unchanged,
    boolean withModel,
    Method judged) {
  private static final String SUPER_SKY = "Super Sky";
  private static final String LINE_SCALE = "reduction.super-sky.line-scale";
  private static final String POLYNOMIAL = "reduction.super-sky.fibre-polynomial";
  private static final String COMPONENTS = "reduction.super-sky.line-components";
  private static final String WIDTH = "reduction.super-sky.line-width";

  /** Super Sky does not wait for networks. */
  private static final Map<String, Object> ALONE = Map.of("reduction.methods", List.of("super"));

  private static final Map<String, Object> NO_ROLLBACK = Map.of("reduction.rollback", false);

  /** All variants, those with a base model only if there is one. */
  public static List<AblationVariant> all(boolean model) {
    List<AblationVariant> all = new ArrayList<>();
    all.add(superSky("line scale (default)", Map.of()));
    all.add(superSky("mean of the sky fibres", Map.of(LINE_SCALE, false)));
    all.add(superSky("+ polynomial of order 1", Map.of(POLYNOMIAL, 1)));
    all.add(superSky("+ 3 line components", Map.of(COMPONENTS, 3)));
    all.add(superSky("+ line width", Map.of(WIDTH, true)));
    all.add(superSky("+ all three", Map.of(POLYNOMIAL, 1, COMPONENTS, 3, WIDTH, true)));
    all.add(
        new AblationVariant(
            SUPER_SKY,
            "full",
            Map.of("reduction.methods", List.of("full")),
            Map.of(),
            false,
            Method.FULL));
    all.add(memory("default", Map.of(), false));
    all.add(memory("no pooling", Map.of("reduction.pooling", false), false));
    if (model) {
      all.add(memory("with model", Map.of(), true));
    }
    addNetworks(all, "SMI", false);
    addNetworksThatKeepAll(all, "SMI without rollback", false);
    if (model) {
      addNetworks(all, "SMI with model", true);
      addNetworksThatKeepAll(all, "SMI with model without rollback", true);
    }
    return all;
  }

  private static AblationVariant superSky(String name, Map<String, Object> changed) {
    return new AblationVariant(SUPER_SKY, name, changed, ALONE, false, Method.SUPER);
  }

  private static AblationVariant memory(String name, Map<String, Object> changed, boolean model) {
    return new AblationVariant(
        "Memory",
        name,
        changed,
        Map.of("reduction.methods", List.of("memory")),
        model,
        Method.MEMORY);
  }

  private static void addNetworks(List<AblationVariant> all, String group, boolean model) {
    all.add(smi(group, model, "default", Map.of()));
    all.addAll(terms(group, model));
    all.add(smi(group, model, "no pooling", Map.of("reduction.pooling", false)));
    all.add(smi(group, model, "networks untrained", Map.of("reduction.individual-steps", 0)));
  }

  /** A term of a step that is rolled back can't show what it is worth. */
  private static void addNetworksThatKeepAll(
      List<AblationVariant> all, String group, boolean model) {
    all.add(smi(group, model, "default", NO_ROLLBACK));
    for (AblationVariant term : terms(group, model)) {
      Map<String, Object> changed = new TreeMap<>(term.changed());
      changed.putAll(NO_ROLLBACK);
      all.add(smi(group, model, term.name(), changed));
    }
  }

  private static List<AblationVariant> terms(String group, boolean model) {
    return List.of(
        smi(group, model, "no common stage", Map.of("reduction.common-steps", 0)),
        smi(group, model, "no individual objective", Map.of("reduction.individual-weight", 0)),
        smi(group, model, "no injection", Map.of("reduction.injection", false)),
        smi(group, model, "no increments", Map.of("reduction.increments", false)),
        smi(group, model, "sky fibres only", Map.of("reduction.objects", false)));
  }

  private static AblationVariant smi(
      String group, boolean model, String name, Map<String, Object> changed) {
    return new AblationVariant(group, name, changed, Map.of(), model, Method.SMI);
  }

  /** All settings that it needs. */
  public Map<String, Object> settings() {
    Map<String, Object> settings = new TreeMap<>(unchanged);
    settings.putAll(changed);
    return settings;
  }

  /** The settings that make the difference, for reading. */
  String text() {
    return new TreeMap<>(changed)
        .entrySet().stream()
            .map(e -> e.getKey().replace("reduction.", "") + " = " + e.getValue())
            .collect(Collectors.joining(", "));
  }
}
