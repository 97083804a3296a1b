package org.skymi.table;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.recipe.FibreRecipe;
import org.skymi.sky.recipe.FibreRecipe.Correction;
import org.skymi.sky.recipe.Rounding;
import org.skymi.sky.recipe.SkyRecipe;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;

/** {@code fibre_model}: what a fibre's skies are drawn from besides {@code frame_model}. */
public final class FibreModelTable {
  /** Steps in the noise of a pixel, in which flux is kept. */
  private static final int STEPS = 8;

  /** Methods that correct the common sky. */
  static final List<Method> CORRECTED = List.of(Method.MEMORY, Method.SMI);

  public static final Table<Row> TABLE =
      new Table<>(
          "fibre_model",
          "One row per fibre and frame by `--spectra model`: with the frame's row of `frame_model`"
              + " it gives the fibre's skies and their variances on native pixels, see"
              + " compact-skies.md; of sky fibres what they recorded, too.",
          columns());

  private FibreModelTable() {}

  /**
   * Where a fibre's pixels are.
   *
   * @param pixels number of them
   * @param polynomial Chebyshev coefficients of the wavelength; empty if none are close enough
   * @param wavelength of each pixel; empty if the polynomial or the frame has it
   */
  public record Pixels(int pixels, Optional<double[]> polynomial, Optional<double[]> wavelength) {}

  /**
   * A row.
   *
   * @param site the fibre
   * @param pixels of it
   * @param source whose sky the most demanding method's is; null if that method was not run
   * @param fold that holds it out, -1 for none
   * @param recipe of its skies; empty if it has none
   * @param recorded what a sky fibre recorded
   */
  public record Row(
      FibreSite site,
      Pixels pixels,
      Method source,
      int fold,
      Optional<FibreRecipe> recipe,
      Optional<FibreResult.Recorded> recorded) {
    /**
     * A fibre of a frame.
     *
     * @param recipe that is for it
     */
    public static Row ofFrame(Frame frame, FibreResult result, Pixels pixels, SkyRecipe recipe) {
      return new Row(
          FibreSite.ofFrame(frame, result.fibreIndex()),
          pixels,
          result.sky(Method.SMI).map(s -> result.verdict().source()).orElse(null),
          recipe.fold(),
          recipe.fibres().get(result.fibreIndex()),
          Optional.of(result.recorded())
              .filter(
                  r ->
                      frame.fibres().type()[result.fibreIndex()] == FibreType.SKY
                          && recipe.fibres().get(result.fibreIndex()).isPresent()));
    }

    private float[] flux() {
      if (recorded.isEmpty()) {
        return null;
      }
      float[] flux = recorded.get().flux().clone();
      float[] ivar = recorded.get().ivar();
      for (int p = 0; p < flux.length; p++) {
        flux[p] = ivar[p] > 0 ? (float) Rounding.inSteps(flux[p], 1.0 / ivar[p], STEPS) : Float.NaN;
      }
      return flux;
    }

    private <T> T of(Function<FibreRecipe, T> part) {
      return recipe.map(part).orElse(null);
    }

    private float[] of(Method method, Function<Correction, float[]> part) {
      return method == Method.SMI && source != Method.SMI
          ? null
          : recipe.map(r -> r.corrections().get(method.key())).map(part).orElse(null);
    }
  }

  private static List<Column<Row>> columns() {
    ColumnType real = ColumnType.DOUBLE;
    Columns<Row> columns =
        new Columns<Row>()
            .addAll(FibreSite.KEYS, Row::site)
            .result(
                "fold",
                ColumnType.INT,
                "",
                "meta.id",
                "frame_model's row that it belongs to",
                Row::fold)
            .result(
                "pixels",
                ColumnType.INT,
                "",
                "meta.number",
                "number of pixels",
                r -> r.pixels().pixels())
            .result(
                "wave_polynomial",
                ColumnType.DOUBLES,
                "Angstrom",
                "em.wl",
                "Chebyshev coefficients of the pixels' vacuum wavelengths, the first pixel at -1,"
                    + " the last at 1; null where frame_model.wave or wave has them",
                r -> r.pixels().polynomial().orElse(null))
            .result(
                "wave",
                ColumnType.DOUBLES,
                "Angstrom",
                "em.wl",
                "vacuum wavelength of each pixel where no polynomial is within 1e-7 Angstrom",
                r -> r.pixels().wavelength().orElse(null))
            .result(
                "shift",
                real,
                "Angstrom",
                "em.wl;arith.diff",
                "what is added to the frame's wavelengths at the pivot to be the common sky's",
                r -> r.of(f -> f.lines().shift()))
            .result(
                "shift_slope",
                real,
                "Angstrom",
                "em.wl;arith.diff",
                "its change by u",
                r -> r.of(f -> f.lines().slope()))
            .result(
                "width",
                real,
                "Angstrom**2",
                "stat.variance;instr.dispersion",
                "second moment of the line spread less the common sky's, at the pivot",
                r -> r.of(f -> f.lines().width()))
            .result(
                "width_slope",
                real,
                "Angstrom**2",
                "stat.variance;instr.dispersion",
                "its change by u",
                r -> r.of(f -> f.lines().widthSlope()))
            .result(
                "kurtosis",
                real,
                "",
                "instr.dispersion",
                "of the line spread less the common sky's: what of the lines' fourth derivative is"
                    + " added to them",
                r -> r.of(f -> f.lines().kurtosis()))
            .result(
                "stated_widths",
                ColumnType.FLOATS,
                "Angstrom**2",
                "stat.variance;instr.dispersion",
                "second moments that the survey states, less the common sky's: they are added to"
                    + " width; empty if none are",
                r -> r.of(f -> f.lines().stated()))
            .result(
                "classical",
                ColumnType.DOUBLES,
                "",
                "instr.skyLevel;arith.ratio",
                "coefficients of the continuum times 1, u and u squared, of each group of lines,"
                    + " and of OH times u if it is there",
                r -> r.of(FibreRecipe::classical))
            .result(
                "super_gain",
                real,
                "",
                "instr.skyLevel;arith.ratio",
                "Super Sky: scale of the master",
                r -> r.of(f -> f.scaled().gain()))
            .result(
                "super_error",
                real,
                "",
                "stat.error",
                "Super Sky: relative error of the scale",
                r -> r.of(f -> f.scaled().error()))
            .result(
                "full_error",
                real,
                "",
                "stat.error",
                "Full: relative error of the scale",
                r -> r.of(FibreRecipe::error))
            .result(
                "shares",
                ColumnType.DOUBLES,
                "",
                "arith.factor",
                "Full: what is added of each of the frame's components; empty if it has none",
                r -> r.of(FibreRecipe::shares));
    columns
        .result(
            "flux",
            ColumnType.FLOATS,
            "electron",
            "phot.count;em.opt",
            "sky fibres: as recorded, less cross-talk, to an eighth of its noise; NaN where"
                + " unusable",
            Row::flux)
        .result(
            "read_variance",
            ColumnType.FLOATS,
            "electron**2",
            "stat.variance",
            "sky fibres: variance of flux, but for its photons', that of the most demanding"
                + " method's sky; infinite where unusable",
            r -> r.recorded().map(FibreResult.Recorded::readVariance).orElse(null));
    for (Method method : CORRECTED) {
      columns
          .result(
              "z_" + method.key(),
              ColumnType.FLOATS,
              "",
              "instr.skyLevel;arith.ratio",
              method.title()
                  + ": coefficients of the frame's terms; empty if there is nothing to correct;"
                  + " null where it was not run or the sky is another's: "
                  + (method == Method.SMI ? "that of smi_source" : "Full's, of co-added spectra"),
              r -> r.of(method, Correction::mean))
          .result(
              "z_" + method.key() + "_error",
              ColumnType.FLOATS,
              "",
              "stat.error",
              method.title() + ": their errors",
              r -> r.of(method, Correction::error))
          .result(
              "z_" + method.key() + "_correlation",
              ColumnType.FLOATS,
              "",
              "stat.correlation",
              method.title()
                  + ": correlation of these errors, lower triangle without its diagonal, row by"
                  + " row",
              r -> r.of(method, Correction::correlation));
    }
    return columns
        .result(
            "smi_source",
            ColumnType.TEXT,
            "",
            "meta.id",
            "whose sky the most demanding method's is: smi, memory or super; null if it was not"
                + " run",
            r -> r.source() == null ? null : r.source().key())
        .list();
  }
}
