package org.skymi.query;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.skymi.campaign.Manifest;
import org.skymi.sky.judge.Method;

/** The methods that a campaign was run with. */
final class CampaignMethods {
  private static final String SETTING = "reduction.methods";

  private CampaignMethods() {}

  /** In the methods' order, by the campaign's settings; the defaults if these don't tell. */
  static List<Method> of(Manifest manifest) {
    return manifest.settings().stream()
        .filter(s -> s.name().equals(SETTING))
        .findFirst()
        .map(s -> Method.of(Arrays.asList(s.value().replaceAll("[\\[\\] ]", "").split(","))))
        .orElse(Method.defaults())
        .stream()
        .sorted()
        .toList();
  }

  /** The method of a key, as the tables have it. */
  static Method named(String key) {
    return Method.valueOf(key.toUpperCase(Locale.ROOT));
  }

  /** The most demanding one. */
  static Method best(Manifest manifest) {
    List<Method> methods = of(manifest);
    return methods.get(methods.size() - 1);
  }
}
