package org.skymi.simulate;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;
import org.skymi.survey.PlateId;

/**
 * What to simulate. Everything random follows from {@code seed}, the plate's identity and the site,
 * and nothing else.
 *
 * @param plate the plan and its night
 * @param seed of every random choice that belongs to the plate
 * @param layout how many spectrographs, fibres and pixels
 * @param visit how it is observed
 * @param site where it is observed, and with which instrument
 */
public record PlateDesign(PlateId plate, long seed, Layout layout, Visit visit, Site site) {
  /** Pixels of a LAMOST-like blue frame. */
  public static final int BLUE_PIXELS = Instrument.LAMOST.arm(Arm.BLUE).recorded().pixels();

  /** Pixels of a LAMOST-like red frame. */
  public static final int RED_PIXELS = Instrument.LAMOST.arm(Arm.RED).recorded().pixels();

  /** Seconds between two exposures. */
  static final double READOUT = 240;

  /**
   * The part of the instrument that is simulated.
   *
   * @param spectrographs which of 1..16
   * @param fibres per spectrograph
   * @param pixels per fibre, by arm; the wavelength range stays the same, so fewer are coarser
   */
  public record Layout(int[] spectrographs, int fibres, int... pixels) {
    /**
     * @throws IllegalArgumentException if anything is out of range
     */
    public Layout {
      require(Arrays.stream(pixels).allMatch(p -> p >= 100), "a fibre needs at least 100 pixels");
    }
  }

  /**
   * A visit to the plate.
   *
   * @param exposures one after the other
   * @param exposureTime of each, s
   * @param moon moonlight
   */
  public record Visit(int exposures, double exposureTime, Moon moon) {
    /**
     * @throws IllegalArgumentException if anything is out of range
     */
    public Visit {
      require(exposures >= 1 && exposures <= 10, "exposures must be 1..10");
      require(exposureTime > 0 && exposureTime <= 7200, "exposure time must be 0..7200 s");
    }
  }

  /**
   * @throws IllegalArgumentException if the plan has no name, or the layout is not its instrument's
   */
  public PlateDesign {
    require(!plate.planId().isBlank(), "a plate needs a plan id");
    Instrument instrument = Instrument.of(plate);
    int[] numbers = layout.spectrographs;
    require(
        numbers.length > 0
            && Arrays.stream(numbers).allMatch(s -> s >= 1 && s <= instrument.spectrographs())
            && Arrays.stream(numbers).distinct().count() == numbers.length,
        "spectrographs must be different numbers of 1.." + instrument.spectrographs());
    require(
        layout.fibres >= 8 && layout.fibres <= instrument.fibres(),
        "fibres must be 8.." + instrument.fibres());
    require(
        layout.pixels.length == instrument.arms().size(),
        "pixels are given for " + layout.pixels.length + " arms");
  }

  /** One spectrograph of the default site, one dark exposure of 1800 s, full size. */
  public static PlateDesign of(String planId, int lmjd, long seed) {
    return new PlateDesign(
        new PlateId(planId, lmjd),
        seed,
        fullSize(Instrument.ofPlan(planId)),
        new Visit(1, 1800, Moon.DARK),
        Site.lamost());
  }

  /** One spectrograph of an instrument, with all fibres and pixels. */
  private static Layout fullSize(Instrument instrument) {
    return new Layout(new int[] {1}, instrument.fibres(), pixels(instrument));
  }

  /** Pixels of an instrument's arms. */
  public static int[] pixels(Instrument instrument) {
    return instrument.optics().stream().mapToInt(o -> o.recorded().pixels()).toArray();
  }

  /** The instrument that the plan is made for; it lends the site its arms. */
  public Instrument instrument() {
    return Instrument.of(plate);
  }

  /** The same with the matched world's instrument, {@link Preset#IDEAL}. */
  public static PlateDesign ideal(String planId, int lmjd, long seed) {
    return of(planId, lmjd, seed).withSite(Site.of(Preset.IDEAL));
  }

  /** The same with spectrographs 1..n. */
  public PlateDesign withSpectrographs(int n) {
    return withSpectrographs(IntStream.rangeClosed(1, n).toArray());
  }

  /** The same with these spectrographs. */
  public PlateDesign withSpectrographs(int[] numbers) {
    return with(new Layout(numbers, fibres(), layout.pixels));
  }

  /** The same with another number of fibres per spectrograph. */
  public PlateDesign withFibres(int n) {
    return with(new Layout(spectrographs(), n, layout.pixels));
  }

  /** The same with other numbers of pixels per fibre, by arm. */
  public PlateDesign withPixels(int... pixels) {
    return with(new Layout(spectrographs(), fibres(), pixels));
  }

  /** The same with another number of exposures. */
  public PlateDesign withExposures(int n) {
    return with(new Visit(n, exposureTime(), moon()));
  }

  /** The same with another moon. */
  public PlateDesign withMoon(Moon other) {
    return with(new Visit(exposures(), exposureTime(), other));
  }

  /** The same with another exposure time, s. */
  public PlateDesign withExposureTime(double seconds) {
    return with(new Visit(exposures(), seconds, moon()));
  }

  /** The same at another site. */
  public PlateDesign withSite(Site other) {
    return new PlateDesign(plate, seed, layout, visit, other);
  }

  /** The same at its site after a change. */
  public PlateDesign withSite(UnaryOperator<Site> change) {
    return withSite(change.apply(site));
  }

  /** The same with these effects left out, too; all else stays the same to the bit. */
  public PlateDesign without(Effect... effects) {
    return withSite(site.without(effects));
  }

  private PlateDesign with(Layout other) {
    return new PlateDesign(plate, seed, other, visit, site);
  }

  private PlateDesign with(Visit other) {
    return new PlateDesign(plate, seed, layout, other, site);
  }

  /** The plan. */
  public String planId() {
    return plate.planId();
  }

  /** Local modified Julian day of the night. */
  public int lmjd() {
    return plate.lmjd();
  }

  /** Which of 1..16. */
  public int[] spectrographs() {
    return layout.spectrographs;
  }

  /** Fibres per spectrograph. */
  public int fibres() {
    return layout.fibres;
  }

  /** Number of exposures. */
  public int exposures() {
    return visit.exposures;
  }

  /** Of each exposure, s. */
  public double exposureTime() {
    return visit.exposureTime;
  }

  /** Moonlight. */
  public Moon moon() {
    return visit.moon;
  }

  boolean has(Effect effect) {
    return site.has(effect);
  }

  int pixels(Arm arm) {
    return layout.pixels[arm.ordinal()];
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
