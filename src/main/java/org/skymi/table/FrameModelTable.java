package org.skymi.table;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.skymi.sky.judge.Method;
import org.skymi.sky.recipe.FrameRecipe;
import org.skymi.sky.recipe.SkyRecipe;
import org.skymi.sky.recipe.SkyScale;

/**
 * {@code frame_model}: what the skies of a frame's fibres are drawn from, as far as they share it.
 */
public final class FrameModelTable {
  public static final Table<Row> TABLE =
      new Table<>(
          "frame_model",
          "One row per frame and fold by `--spectra model`: what its fibres' skies have in common."
              + " With a row of `fibre_model` it gives the fibre's skies and their variances on"
              + " native pixels, see compact-skies.md.",
          columns());

  private FrameModelTable() {}

  /**
   * A row.
   *
   * @param site any fibre of the frame
   * @param recipe of its skies
   * @param wavelength that all fibres share, vacuum Angstrom, {@code [nPixel]}; null if they don't
   * @param photonVariance variance over flux of photon noise, {@code [nPixel]}; null of electrons
   */
  public record Row(FibreSite site, SkyRecipe recipe, double[] wavelength, float[] photonVariance) {
    private FrameRecipe frame() {
      return recipe.frame();
    }

    private SkyScale scale() {
      return frame().scale();
    }

    private <T> T columns(Function<FrameRecipe.Columns, T> part) {
      return frame().columns().map(part).orElse(null);
    }
  }

  private static List<Column<Row>> columns() {
    ColumnType reals = ColumnType.DOUBLES;
    Columns<Row> columns = new Columns<>();
    columns.addAll(
        FibreSite.KEYS.stream().filter(c -> !c.name().equals("fiberid")).toList(), Row::site);
    columns
        .key(
            "fold",
            ColumnType.INT,
            "meta.id",
            "which of the folds of held-out fibres it is for, from 0; -1: for fibres that none"
                + " holds out",
            r -> r.recipe().fold())
        .result(
            "wave",
            reals,
            "Angstrom",
            "em.wl",
            "vacuum wavelength of each pixel, as in the input, if it is the same for all fibres",
            Row::wavelength)
        .result(
            "photon_variance",
            ColumnType.FLOATS,
            "",
            "stat.variance;arith.ratio",
            "co-added spectra: variance over flux of each pixel's photon noise; null: 1, as of"
                + " electrons",
            Row::photonVariance)
        .result(
            "methods",
            ColumnType.TEXT,
            "",
            "meta.id",
            "methods that were run",
            r -> String.join(" ", r.frame().methods()))
        .result(
            "knot_first",
            ColumnType.DOUBLE,
            "Angstrom",
            "em.wl",
            "first knot of the cubic B-splines that skies are written in: coefficient k, of as many"
                + " as master has, is centred at knot_first + (k - 1) knot_step",
            r -> r.scale().knots().low())
        .result(
            "knot_step",
            ColumnType.DOUBLE,
            "Angstrom",
            "em.wl",
            "distance of the knots (at the first, where knot_log)",
            r -> r.scale().knots().step())
        .result(
            "knot_log",
            ColumnType.BOOLEAN,
            "",
            "meta.code",
            "whether knots are evenly spaced in log wavelength, as those of co-added spectra",
            r -> r.scale().knots().logarithmic())
        .result(
            "wave_low",
            ColumnType.DOUBLE,
            "Angstrom",
            "em.wl;stat.min",
            "wavelength of u = -1; there is no sky below",
            r -> r.scale().low())
        .result(
            "wave_high",
            ColumnType.DOUBLE,
            "Angstrom",
            "em.wl;stat.max",
            "wavelength of u = 1; there is no sky above",
            r -> r.scale().high())
        .result(
            "pivot",
            ColumnType.DOUBLE,
            "",
            "em.wl",
            "u at which shift and width of a fibre are quoted",
            r -> r.scale().pivot())
        .result(
            "line_groups",
            ColumnType.TEXT,
            "",
            "meta.id;spect.line",
            "groups of sky lines, in the order of their numbers from 0; OH is the last",
            r -> String.join(" ", r.scale().groups()))
        .result(
            "line_group",
            ColumnType.INTS,
            "",
            "meta.id;spect.line",
            "by coefficient, the group of lines around it, -1 for none",
            r -> r.scale().group())
        .result(
            "line_window",
            ColumnType.INTS,
            "",
            "meta.id;spect.line",
            "by coefficient, the window of lines that it is in, -1 for none",
            r -> r.scale().window())
        .result(
            "reach",
            ColumnType.INT,
            "",
            "meta.number",
            "coefficients over which derivatives of lines are differences",
            r -> r.scale().reach())
        .result(
            "width_first",
            ColumnType.DOUBLE,
            "Angstrom",
            "em.wl",
            "wavelength of the first of a fibre's stated widths",
            r -> r.frame().widths().first())
        .result(
            "width_step",
            ColumnType.DOUBLE,
            "Angstrom",
            "em.wl",
            "distance of stated widths",
            r -> r.frame().widths().step());
    common(columns, "master", "mean of the sky fibres", r -> r.frame().master());
    common(
        columns,
        "common",
        "the sky that memory and networks correct",
        r -> r.columns(FrameRecipe.Columns::common));
    columns
        .result(
            "components",
            reals,
            "electron",
            "instr.skyLevel;spect.line",
            "co-added spectra: components of lines that are added to full Super Skies, coefficients"
                + " of one after the other",
            r -> Arrays.stream(r.frame().components()).flatMapToDouble(Arrays::stream).toArray())
        .result(
            "shaped_lines",
            reals,
            "electron",
            "instr.skyLevel;spect.line",
            "those of common_lines that differ by their derivatives, coefficients",
            r -> r.columns(FrameRecipe.Columns::shaped))
        .result(
            "light",
            reals,
            "electron",
            "phot.count;em.opt",
            "a hundredth of the mean light of the fibres, evenly spaced in u (middles of bins)",
            r -> r.columns(FrameRecipe.Columns::light))
        .result(
            "patterns",
            ColumnType.FLOATS,
            "",
            "instr.param;arith.ratio",
            "shapes of the line spread that no derivative has, coefficients of one after the"
                + " other: over the sum of shaped_lines in their window",
            r -> r.columns(c -> c.patterns().lines()))
        .result(
            "transmissions",
            reals,
            "",
            "phys.transmission",
            "shapes of the transmission, relative, evenly spaced in u (middles of bins), one after"
                + " the other of two",
            r ->
                r.columns(
                    c ->
                        Arrays.stream(c.patterns().transmissions())
                            .flatMapToDouble(Arrays::stream)
                            .toArray()))
        .result(
            "term_part",
            ColumnType.INTS,
            "",
            "meta.id",
            "by term of a correction, which part of the sky it multiplies: 0 continuum, 1 lines, 2"
                + " to 5 the lines' first to fourth derivative, then the patterns, last the light",
            r -> r.columns(c -> c.terms().part()))
        .result(
            "term_group",
            ColumnType.INTS,
            "",
            "meta.id;spect.line",
            "by term, the group of lines it is for, -1 for all pixels",
            r -> r.columns(c -> c.terms().group()))
        .result(
            "term_order",
            ColumnType.INTS,
            "",
            "meta.number",
            "by term, the order of its function of u: a cosine of the continuum, cos(pi order"
                + " (u + 1) / 2), else a Legendre polynomial",
            r -> r.columns(c -> c.terms().order()))
        .result(
            "term_intervals",
            ColumnType.INT,
            "",
            "meta.number",
            "intervals in u between whose ends these functions, and their products, are straight",
            r -> r.columns(c -> c.terms().intervals()));
    for (Method method : FibreModelTable.CORRECTED) {
      columns.result(
          "slack_" + method.key(),
          reals,
          "",
          "stat.variance",
          method.title()
              + ": square of the relative error that no coefficient explains, evenly spaced in u,"
              + " outside lines, then in lines",
          r -> r.columns(c -> c.slack().get(method.key())));
    }
    return columns.list();
  }

  private static void common(
      Columns<Row> columns, String name, String text, Function<Row, FrameRecipe.CommonSky> sky) {
    columns
        .result(
            name,
            ColumnType.DOUBLES,
            "electron",
            "instr.skyLevel;em.opt",
            text + ", coefficients",
            r -> sky.apply(r) == null ? null : sky.apply(r).sky())
        .result(
            name + "_lines",
            ColumnType.DOUBLES,
            "electron",
            "instr.skyLevel;spect.line",
            "what of it are lines; the rest is continuum",
            r -> sky.apply(r) == null ? null : sky.apply(r).lines())
        .result(
            name + "_variance",
            ColumnType.FLOATS,
            "electron**2",
            "stat.variance",
            "variance of its coefficients, infinite where there is no data",
            r -> sky.apply(r) == null ? null : sky.apply(r).variance());
  }
}
