package org.skymi.campaign;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skymi.survey.InputException;

/**
 * Which runs may go into a campaign: its rows must mean one thing. So a run needs the campaign's
 * settings and the base model of its newest manifest, or, if its plan says so, one that succeeds
 * that model.
 */
public final class Admission {
  private static final int SHOWN = 12;

  private Admission() {}

  /**
   * Admits a run.
   *
   * @param manifest the campaign's newest, if there is one
   * @param settings of the run, to name the differences
   * @throws InputException if the campaign was made with other settings or another base model
   */
  public static void require(Optional<Manifest> manifest, Plan plan, List<Setting> settings) {
    if (manifest.isPresent()) {
      requireSameSettings(manifest.get(), plan, settings);
      requireModel(manifest.get(), plan);
    }
  }

  private static void requireSameSettings(Manifest manifest, Plan plan, List<Setting> settings) {
    if (!manifest.settingsDigest().equals(plan.settingsDigest())) {
      throw new InputException(
          "the campaign was made with other settings ("
              + String.join("; ", differences(manifest.settings(), settings))
              + "): give them again, or name another --campaign");
    }
  }

  /** The settings that decide results and differ, one line each. */
  static List<String> differences(List<Setting> before, List<Setting> after) {
    return after.stream()
        .flatMap(
            s ->
                before.stream()
                    .filter(old -> old.name().equals(s.name()) && !old.value().equals(s.value()))
                    .filter(old -> !old.name().startsWith("run."))
                    .map(old -> old.name() + " was " + old.value() + ", is " + s.value()))
        .collect(Collectors.toList());
  }

  private static void requireModel(Manifest manifest, Plan plan) {
    String own = manifest.modelDigest();
    boolean isSuccessor = plan.mayMoveOn() && plan.models().succeeds(own);
    if (!own.equals(plan.modelDigest()) && !isSuccessor) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "the campaign was made with base model %s, this run has %s: give the campaign's"
                  + " --model, or name another --campaign",
              shown(own),
              shown(plan.modelDigest())));
    }
  }

  /** A digest, or two of models, short enough to be read. */
  public static String shown(String digest) {
    return Arrays.stream(digest.split("\\" + ModelChoice.AND, -1))
        .map(d -> d.length() > SHOWN ? d.substring(0, SHOWN) : d)
        .collect(Collectors.joining(ModelChoice.AND));
  }
}
