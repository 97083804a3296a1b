package org.skymi.survey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * The spectrographs of a telescope, as the resource of their name describes them.
 *
 * @param telescope as card TELESCOP has it
 * @param plans what the ids of its plans begin with
 * @param spectrographs they are numbered from 1
 * @param fibres of one spectrograph
 * @param arms of each spectrograph
 */
public record Instrument(
    String telescope, String plans, int spectrographs, int fibres, List<Optics> arms) {
  public static final Instrument LAMOST = read("lamost.properties");

  /** LAMOST at medium resolution: its plates are told by their files, not by their ids. */
  public static final Instrument LAMOST_MEDIUM = read("lamost-medium.properties");

  public static final Instrument BOSS = read("boss.properties");

  /** Instruments that are told by their plans' ids; all other plans are LAMOST's. */
  private static final List<Instrument> NAMED = List.of(BOSS);

  /**
   * What an arm records.
   *
   * @param arm the arm
   * @param low lower limit of the range that is used, Angstrom in vacuum
   * @param high upper limit
   * @param pixel width of a pixel, Angstrom
   * @param pivot wavelength that shifts are quoted at: about where the arm's line information has
   *     its centre, so that shift and slope are independent
   */
  public record Optics(Arm arm, double low, double high, double pixel, double pivot) {}

  /** The instrument that observed a plate. */
  public static Instrument of(PlateId plate) {
    return NAMED.stream()
        .filter(i -> plate.planId().startsWith(i.plans))
        .findFirst()
        .orElse(LAMOST);
  }

  /**
   * What an arm records.
   *
   * @throws IllegalArgumentException if the instrument has no such arm
   */
  public Optics arm(Arm arm) {
    return arms.stream()
        .filter(o -> o.arm == arm)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(telescope + " has no arm " + arm));
  }

  private static Instrument read(String resource) {
    Properties p = new Properties();
    try (InputStream in = Instrument.class.getResourceAsStream(resource)) {
      p.load(Objects.requireNonNull(in, resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Instrument(
        p.getProperty("telescope"),
        p.getProperty("plans"),
        Integer.parseInt(p.getProperty("spectrographs")),
        Integer.parseInt(p.getProperty("fibres")),
        Arrays.stream(p.getProperty("arms").split(" ")).map(arm -> optics(p, arm)).toList());
  }

  private static Optics optics(Properties p, String arm) {
    return new Optics(
        Arm.ofLetter(arm.charAt(0)),
        Double.parseDouble(p.getProperty(arm + ".low")),
        Double.parseDouble(p.getProperty(arm + ".high")),
        Double.parseDouble(p.getProperty(arm + ".pixel")),
        Double.parseDouble(p.getProperty(arm + ".pivot")));
  }
}
