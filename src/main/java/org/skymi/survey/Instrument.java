package org.skymi.survey;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
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
 * @param guide the arm with so many sky lines that it tells of the other's fibres, too
 */
public record Instrument(
    String telescope, String plans, int spectrographs, int fibres, List<Optics> arms, Arm guide)
    implements Serializable {
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
   * @param recorded what its frames hold
   * @param low lower limit of the range that is used, Angstrom in vacuum
   * @param high upper limit
   * @param pixel width of a pixel, Angstrom
   * @param pivot wavelength that shifts are quoted at: about where the arm's line information has
   *     its centre, so that shift and slope are independent
   */
  public record Optics(
      Arm arm, Recorded recorded, double low, double high, double pixel, double pivot)
      implements Serializable {}

  /**
   * The wavelengths of an arm's frames.
   *
   * @param first of the middle fibre, Angstrom in vacuum
   * @param last of the middle fibre
   * @param pixels of a fibre
   */
  public record Recorded(double first, double last, int pixels) implements Serializable {}

  /**
   * A range of wavelengths.
   *
   * @param low lower limit, Angstrom
   * @param high upper limit, Angstrom
   */
  public record Span(double low, double high) implements Serializable {
    /** Coordinate over the range, -1 at its lower limit to 1 at its upper. */
    public double along(double wavelength) {
      return (wavelength - (low + high) / 2) / ((high - low) / 2);
    }
  }

  /** The instrument that observed a plate. */
  public static Instrument of(PlateId plate) {
    return ofPlan(plate.planId());
  }

  /** The instrument that a plan is made for. */
  public static Instrument ofPlan(String planId) {
    return NAMED.stream().filter(i -> planId.startsWith(i.plans)).findFirst().orElse(LAMOST);
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

  /** The range that is used of all arms. */
  public Span span() {
    return new Span(
        arms.stream().mapToDouble(Optics::low).min().orElseThrow(),
        arms.stream().mapToDouble(Optics::high).max().orElseThrow());
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
        Arrays.stream(p.getProperty("arms").split(" ")).map(arm -> optics(p, arm)).toList(),
        arm(p.getProperty("guide")));
  }

  private static Optics optics(Properties p, String arm) {
    return new Optics(
        arm(arm),
        new Recorded(
            Double.parseDouble(p.getProperty(arm + ".first")),
            Double.parseDouble(p.getProperty(arm + ".last")),
            Integer.parseInt(p.getProperty(arm + ".pixels"))),
        Double.parseDouble(p.getProperty(arm + ".low")),
        Double.parseDouble(p.getProperty(arm + ".high")),
        Double.parseDouble(p.getProperty(arm + ".pixel")),
        Double.parseDouble(p.getProperty(arm + ".pivot")));
  }

  private static Arm arm(String letter) {
    return Arm.ofLetter(letter.charAt(0));
  }
}
