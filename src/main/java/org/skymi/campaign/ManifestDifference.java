package org.skymi.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What two manifests differ in: settings, base model, units. */
public final class ManifestDifference {
  private static final int NAMED = 10;

  private final Manifest before;
  private final Manifest after;

  public ManifestDifference(Manifest before, Manifest after) {
    this.before = before;
    this.after = after;
  }

  /** The differences, one line each, ready to be read. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<String> settings = Admission.differences(before.settings(), after.settings());
    lines.add("settings: " + (settings.isEmpty() ? "the same" : String.join("; ", settings)));
    lines.add("model: " + change(before.modelDigest(), after.modelDigest()));
    lines.add("software: " + change(before.software(), after.software()));
    Map<String, Manifest.Unit> old = byKey(before);
    Map<String, Manifest.Unit> now = byKey(after);
    lines.add("units added: " + named(minus(now, old)));
    lines.add("units removed: " + named(minus(old, now)));
    lines.add(
        "units done otherwise: "
            + named(
                now.values().stream()
                    .filter(u -> old.containsKey(u.key()))
                    .filter(u -> !u.workId().equals(old.get(u.key()).workId()))
                    .map(u -> u.key() + why(old.get(u.key()), u))
                    .toList()));
    return lines;
  }

  private static String why(Manifest.Unit old, Manifest.Unit now) {
    return Objects.equals(old.reasons(), now.reasons()) && old.processed() == now.processed()
        ? ""
        : String.format(
            Locale.ROOT,
            " (%d processed + %d quarantined, was %d + %d)",
            now.processed(),
            now.quarantined(),
            old.processed(),
            old.quarantined());
  }

  private static String change(String old, String now) {
    return old.equals(now)
        ? "the same, " + Admission.shown(now)
        : "was " + Admission.shown(old) + ", is " + Admission.shown(now);
  }

  private static Map<String, Manifest.Unit> byKey(Manifest manifest) {
    Map<String, Manifest.Unit> units = new TreeMap<>();
    manifest.units().forEach(u -> units.put(u.key(), u));
    return units;
  }

  private static List<String> minus(Map<String, Manifest.Unit> a, Map<String, Manifest.Unit> b) {
    return a.keySet().stream().filter(k -> !b.containsKey(k)).toList();
  }

  private static String named(List<String> keys) {
    return keys.isEmpty()
        ? "0"
        : keys.size()
            + ": "
            + keys.stream().limit(NAMED).collect(Collectors.joining(", "))
            + (keys.size() > NAMED ? " ..." : "");
  }
}
