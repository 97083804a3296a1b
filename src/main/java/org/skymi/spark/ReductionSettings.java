package org.skymi.spark;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.skymi.campaign.Settings;
import org.skymi.fits.FitsLimits;
import org.skymi.sky.judge.HoldOut;
import org.skymi.sky.judge.Method;
import org.skymi.sky.supersky.SuperSkyOptions;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.ReductionOptions.Part;
import org.skymi.survey.InputException;

/** A run's settings as the reduction takes them. */
public final class ReductionSettings {
  private ReductionSettings() {}

  private static HoldOut holdOut(String name) {
    return switch (name) {
      case "blocks" -> HoldOut.BLOCKS;
      case "leave-one-out" -> HoldOut.LEAVE_ONE_OUT;
      default ->
          throw new IllegalArgumentException(
              "hold-out is '" + name + "', but can only be blocks or leave-one-out");
    };
  }

  private static Set<Part> parts(Settings settings) {
    return Arrays.stream(Part.values())
        .filter(part -> settings.flag("reduction." + part.label()))
        .collect(Collectors.toSet());
  }

  /**
   * Reads what is under {@code reduction}.
   *
   * @throws InputException if a value is out of range
   */
  public static ReductionOptions options(Settings settings) {
    try {
      return new ReductionOptions(
          settings.number("reduction.seed"),
          Method.of(settings.texts("reduction.methods")),
          new ReductionOptions.Training(
              Math.toIntExact(settings.number("reduction.epochs")),
              settings.real("reduction.common-weight"),
              settings.real("reduction.individual-weight"),
              Math.toIntExact(settings.number("reduction.adaptation-steps")),
              Math.toIntExact(settings.number("reduction.fewest-visits"))),
          parts(settings),
          holdOut(settings.text("reduction.hold-out")),
          new SuperSkyOptions(
              settings.flag("reduction.super-sky.line-scale"),
              Math.toIntExact(settings.number("reduction.super-sky.fibre-polynomial")),
              Math.toIntExact(settings.number("reduction.super-sky.line-components")),
              settings.flag("reduction.super-sky.line-width")));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new InputException("settings of the reduction: " + e.getMessage(), e);
    }
  }

  /**
   * Reads what input files may ask for, {@code run.file-limit}.
   *
   * @throws InputException if it is out of range
   */
  public static FitsLimits limits(Settings settings) {
    try {
      return FitsLimits.ofMegabytes(settings.number("run.file-limit"));
    } catch (IllegalArgumentException e) {
      throw new InputException("run.file-limit: " + e.getMessage(), e);
    }
  }
}
