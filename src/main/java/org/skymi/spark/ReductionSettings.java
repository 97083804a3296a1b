package org.skymi.spark;

import org.skymi.campaign.Settings;
import org.skymi.fits.FitsLimits;
import org.skymi.sky.judge.HoldOut;
import org.skymi.sky.supersky.SuperSkyOptions;
import org.skymi.smi.ReductionOptions;
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

  /**
   * Reads what is under {@code reduction}.
   *
   * @throws InputException if a value is out of range
   */
  public static ReductionOptions options(Settings settings) {
    try {
      return new ReductionOptions(
          settings.number("reduction.seed"),
          settings.flag("reduction.full-baseline"),
          Math.toIntExact(settings.number("reduction.individual-steps")),
          Math.toIntExact(settings.number("reduction.common-steps")),
          settings.real("reduction.individual-weight"),
          settings.flag("reduction.injection"),
          settings.flag("reduction.pooling"),
          settings.flag("reduction.increments"),
          settings.flag("reduction.objects"),
          settings.flag("reduction.rollback"),
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
