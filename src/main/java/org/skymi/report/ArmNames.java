package org.skymi.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.text.WordUtils;
import org.skymi.survey.Instrument;
import org.skymi.survey.SkyBand;

/** What tables and pages call arms, which columns {@code arm} name by a letter. */
public final class ArmNames {
  /** In columns {@code arm}: of released spectra, whose arms are joined. */
  public static final String JOINED = "c";

  private ArmNames() {}

  /** By letter, from the blue end. */
  private static Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    Instrument.known().stream()
        .flatMap(i -> i.optics().stream())
        .sorted(Comparator.comparingDouble(Instrument.Optics::low))
        .forEach(o -> labels.putIfAbsent(String.valueOf(o.arm().letter()), o.arm().label()));
    return labels;
  }

  /** The letters of all arms of frames, from the blue end. */
  public static List<String> ofFrames() {
    return List.copyOf(labels().keySet());
  }

  /** The letters that columns may have, released spectra last. */
  public static List<String> all() {
    return Stream.concat(ofFrames().stream(), Stream.of(JOINED)).toList();
  }

  /** "blue arm"; "released" of spectra whose arms are joined. */
  public static String of(String letter) {
    return letter.equals(JOINED) ? "released" : labels().getOrDefault(letter, letter) + " arm";
  }

  /** "Blue arm"; "Released spectra". */
  public static String title(String letter) {
    return letter.equals(JOINED) ? "Released spectra" : WordUtils.capitalize(of(letter), '\n');
  }

  /** Whether an arm's continuum is judged at 4500 to 5500 Angstrom; the others' by their lines. */
  public static boolean isBlue(String letter) {
    return Instrument.known().stream()
        .anyMatch(
            i ->
                i.arm(SkyBand.B4500_5500)
                    .filter(a -> String.valueOf(a.letter()).equals(letter))
                    .isPresent());
  }
}
