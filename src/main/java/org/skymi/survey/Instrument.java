package org.skymi.survey;

import java.io.File;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The spectrographs of a telescope, as the resource of their name describes them.
 *
 * @param telescope as card TELESCOP has it
 * @param plans what the ids of its plans begin with
 * @param spectrographs they are numbered from 1
 * @param fibres of one spectrograph
 * @param numbering of fibres
 * @param commonGrid whether all fibres of a frame are extracted on the same wavelengths
 * @param statesWidths whether frames state the widths of their fibres' line spreads
 * @param optics what each arm of a spectrograph records, from the blue end
 * @param guide the arm with so many sky lines that it tells of the others' fibres, too
 * @param bands in which its skies are judged, each within an arm's range
 */
public record Instrument(
    String telescope,
    String plans,
    int spectrographs,
    int fibres,
    Numbering numbering,
    boolean commonGrid,
    boolean statesWidths,
    List<Optics> optics,
    Arm guide,
    List<SkyBand> bands)
    implements Serializable {
  public static final Instrument LAMOST = InstrumentFile.ofResource("lamost.properties");

  /** LAMOST at medium resolution: its plates are told by their files, not by their ids. */
  public static final Instrument LAMOST_MEDIUM =
      InstrumentFile.ofResource("lamost-medium.properties");

  public static final Instrument BOSS = InstrumentFile.ofResource("boss.properties");

  public static final Instrument DESI = InstrumentFile.ofResource("desi.properties");

  /** System property: files of users' own instruments, as the resources are, like a class path. */
  public static final String OWN = "skymi.instruments";

  /** The same as a variable of the environment, for a cluster's processes. */
  public static final String OWN_VARIABLE = "SKYMI_INSTRUMENTS";

  /** Instruments that are told by their plans' ids; all other plans are LAMOST's. */
  private static final List<Instrument> NAMED = List.of(BOSS, DESI);

  private static volatile Own own = new Own("", List.of());

  /** What the files of a list describe. */
  private record Own(String files, List<Instrument> instruments) {}

  /**
   * How fibres are numbered.
   *
   * @param first number
   * @param ofPlate whether numbers go on from one spectrograph to the next
   */
  public record Numbering(int first, boolean ofPlate) implements Serializable {}

  /** The number of a spectrograph's fibre. */
  public int fibreId(int spectrograph, int row) {
    return numbering.first + row + (numbering.ofPlate ? (spectrograph - 1) * fibres : 0);
  }

  /** A fibre's place among those of all spectrographs, from 0. */
  public int place(int spectrograph, int fibreId) {
    return fibreId - numbering.first + (numbering.ofPlate ? 0 : (spectrograph - 1) * fibres);
  }

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
   * @param spread full width of the line spread at half its maximum, Angstrom, for which windows of
   *     sky lines are chosen
   * @param continuumBins coarse bins in which a fibre's continuum is compared with the sky's
   */
  public record Optics(
      Arm arm,
      Recorded recorded,
      double low,
      double high,
      double pixel,
      double pivot,
      double spread,
      int continuumBins)
      implements Serializable {
    /** Full width of a Gaussian at half its maximum, in standard deviations. */
    private static final double FULL_WIDTH = 2.354820;

    /** Standard deviation of the line spread, pixels of the instrument. */
    public double sampling() {
      return spread / FULL_WIDTH / pixel;
    }
  }

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

  /** All instruments whose frames can be told. */
  public static List<Instrument> known() {
    return Stream.concat(Stream.of(LAMOST), named()).toList();
  }

  private static Stream<Instrument> named() {
    return Stream.concat(NAMED.stream(), own().stream());
  }

  /** The list of files of users' own instruments; empty for none. */
  public static String ownFiles() {
    String variable = System.getenv(OWN_VARIABLE);
    return System.getProperty(OWN, variable == null ? "" : variable);
  }

  /**
   * @throws InputException if a file does not describe an instrument
   */
  private static List<Instrument> own() {
    String files = ownFiles();
    Own known = own;
    if (!known.files.equals(files)) {
      List<Instrument> instruments =
          Stream.of(files.split(File.pathSeparator))
              .filter(file -> !file.isBlank())
              .map(file -> InstrumentFile.of(Path.of(file)))
              .toList();
      known = new Own(files, instruments);
      own = known;
    }
    return known.instruments;
  }

  /** The instrument that observed a plate. */
  public static Instrument of(PlateId plate) {
    return ofPlan(plate.planId());
  }

  /**
   * The instrument that a plan is made for.
   *
   * @throws InputException if a file of users' own instruments does not describe one
   */
  public static Instrument ofPlan(String planId) {
    return named().filter(i -> planId.startsWith(i.plans)).findFirst().orElse(LAMOST);
  }

  /** The arms of each spectrograph, from the blue end. */
  public List<Arm> arms() {
    return optics.stream().map(Optics::arm).toList();
  }

  /** The letters of the arms. */
  public List<String> letters() {
    return arms().stream().map(a -> String.valueOf(a.letter())).toList();
  }

  /**
   * The arm of a letter.
   *
   * @param letter in either case
   * @throws IllegalArgumentException if the instrument has no such arm
   */
  public Arm arm(char letter) {
    return arms().stream()
        .filter(a -> a.letter() == Character.toLowerCase(letter))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "arm must be '"
                        + String.join("' or '", letters())
                        + "', not '"
                        + letter
                        + "'"));
  }

  /**
   * What an arm records.
   *
   * @throws IllegalArgumentException if the instrument has no such arm
   */
  public Optics arm(Arm arm) {
    return optics.stream()
        .filter(o -> o.arm == arm)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(telescope + " has no arm " + arm));
  }

  /** The arm whose range holds a band; empty if it is none of the instrument's. */
  public Optional<Arm> arm(SkyBand band) {
    return optics.stream()
        .filter(o -> bands.contains(band))
        .filter(o -> o.low <= band.low() && band.high() <= o.high)
        .map(Optics::arm)
        .findFirst();
  }

  /** The bands that an arm's range holds. */
  public List<SkyBand> bands(Arm arm) {
    return bands.stream().filter(band -> arm(band).filter(arm::equals).isPresent()).toList();
  }

  /** The arm that a wavelength is read from: neighbours share what they overlap in halves. */
  public Optics at(double wavelength) {
    int k = 0;
    while (k + 1 < optics.size()
        && wavelength >= (optics.get(k + 1).low() + optics.get(k).high()) / 2) {
      k++;
    }
    return optics.get(k);
  }

  /**
   * The arms in the order in which they are analysed: the guide, then from it to either side, so
   * that each one's neighbour towards the guide has been before it.
   */
  public List<Arm> fromGuide() {
    return arms().stream()
        .sorted(
            Comparator.comparingInt((Arm a) -> Math.abs(a.ordinal() - guide.ordinal()))
                .thenComparingInt(Arm::ordinal))
        .toList();
  }

  /** The range that is used of all arms. */
  public Span span() {
    return new Span(
        optics.stream().mapToDouble(Optics::low).min().orElseThrow(),
        optics.stream().mapToDouble(Optics::high).max().orElseThrow());
  }
}
