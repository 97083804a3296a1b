package org.skymi.simulate;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;
import org.skymi.survey.PlateId;

/**
 * What to simulate. Everything random follows from {@code seed}, the plate's identity, and nothing
 * else.
 *
 * @param planId the plan
 * @param lmjd local modified Julian day of the night
 * @param spectrographs which, from 1
 * @param fibres per spectrograph
 * @param exposures of the plate
 * @param moon moonlight
 * @param exposureTime s
 * @param seed of every random choice
 * @param bluePixels per fibre; the wavelength range stays the same, so fewer are coarser
 * @param redPixels per fibre
 * @param without effects to leave out
 */
public record PlateDesign(
    String planId,
    int lmjd,
    int[] spectrographs,
    int fibres,
    int exposures,
    Moon moon,
    double exposureTime,
    long seed,
    int bluePixels,
    int redPixels,
    Set<Effect> without) {
  /** Pixels of a LAMOST-like blue frame. */
  public static final int BLUE_PIXELS = 3896;

  /** Pixels of a LAMOST-like red frame. */
  public static final int RED_PIXELS = 4072;

  /**
   * @throws IllegalArgumentException if anything is out of range
   */
  public PlateDesign {
    require(!planId.isBlank(), "a plate needs a plan id");
    require(
        spectrographs.length > 0
            && Arrays.stream(spectrographs)
                .allMatch(s -> s >= 1 && s <= Instrument.LAMOST.spectrographs())
            && Arrays.stream(spectrographs).distinct().count() == spectrographs.length,
        "spectrographs must be different numbers of 1..16");
    require(fibres >= 8 && fibres <= Instrument.LAMOST.fibres(), "fibres must be 8..250");
    require(exposures >= 1 && exposures <= 10, "exposures must be 1..10");
    require(exposureTime > 0 && exposureTime <= 7200, "exposure time must be 0..7200 s");
    require(bluePixels >= 100 && redPixels >= 100, "a fibre needs at least 100 pixels");
    without = without.isEmpty() ? Set.of() : Set.copyOf(without);
  }

  /** One spectrograph, one dark exposure of 1800 s, full size. */
  public static PlateDesign of(String planId, int lmjd, long seed) {
    return new PlateDesign(
        planId,
        lmjd,
        new int[] {1},
        Instrument.LAMOST.fibres(),
        1,
        Moon.DARK,
        1800,
        seed,
        BLUE_PIXELS,
        RED_PIXELS,
        Set.of());
  }

  /** The same with spectrographs 1..n. */
  public PlateDesign withSpectrographs(int n) {
    int[] numbers = IntStream.rangeClosed(1, n).toArray();
    return new PlateDesign(
        planId,
        lmjd,
        numbers,
        fibres,
        exposures,
        moon,
        exposureTime,
        seed,
        bluePixels,
        redPixels,
        without);
  }

  /** The same with another number of fibres per spectrograph. */
  public PlateDesign withFibres(int n) {
    return new PlateDesign(
        planId,
        lmjd,
        spectrographs,
        n,
        exposures,
        moon,
        exposureTime,
        seed,
        bluePixels,
        redPixels,
        without);
  }

  /** The same with another number of exposures. */
  public PlateDesign withExposures(int n) {
    return new PlateDesign(
        planId,
        lmjd,
        spectrographs,
        fibres,
        n,
        moon,
        exposureTime,
        seed,
        bluePixels,
        redPixels,
        without);
  }

  /** The same with another moon. */
  public PlateDesign withMoon(Moon other) {
    return new PlateDesign(
        planId,
        lmjd,
        spectrographs,
        fibres,
        exposures,
        other,
        exposureTime,
        seed,
        bluePixels,
        redPixels,
        without);
  }

  /** The same with another exposure time, s. */
  public PlateDesign withExposureTime(double seconds) {
    return new PlateDesign(
        planId,
        lmjd,
        spectrographs,
        fibres,
        exposures,
        moon,
        seconds,
        seed,
        bluePixels,
        redPixels,
        without);
  }

  /** The same with other numbers of pixels per fibre. */
  public PlateDesign withPixels(int blue, int red) {
    return new PlateDesign(
        planId,
        lmjd,
        spectrographs,
        fibres,
        exposures,
        moon,
        exposureTime,
        seed,
        blue,
        red,
        without);
  }

  /** The same with these effects left out, too; all else stays the same to the bit. */
  public PlateDesign without(Effect... effects) {
    Set<Effect> all = EnumSet.noneOf(Effect.class);
    all.addAll(without);
    all.addAll(Arrays.asList(effects));
    return new PlateDesign(
        planId,
        lmjd,
        spectrographs,
        fibres,
        exposures,
        moon,
        exposureTime,
        seed,
        bluePixels,
        redPixels,
        all);
  }

  /** The plate's identity. */
  public PlateId plate() {
    return new PlateId(planId, lmjd);
  }

  boolean has(Effect effect) {
    return !without.contains(effect);
  }

  int pixels(Arm arm) {
    return arm == Arm.BLUE ? bluePixels : redPixels;
  }

  /** Seconds between two exposures. */
  static final double READOUT = 240;

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
