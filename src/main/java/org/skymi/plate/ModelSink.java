package org.skymi.plate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skymi.math.Chebyshev;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.recipe.SkyRecipe;
import org.skymi.survey.Coadd;
import org.skymi.survey.Frame;
import org.skymi.table.FibreModelTable;
import org.skymi.table.FibreModelTable.Pixels;
import org.skymi.table.FibreSite;
import org.skymi.table.FrameModelTable;

/** Writes what a frame's skies are drawn from. */
final class ModelSink {
  /**
   * Angstrom that a polynomial may be off a wavelength: on the steepest flank of a line it is about
   * a sky's own rounding.
   */
  private static final double TOLERANCE = 1e-7;

  private final UnitTables tables;
  private final Frame frame;

  /** By row of the frame. */
  private final Map<Integer, SkyRecipe> recipes = new HashMap<>();

  private final boolean isShared;
  private final Optional<Chebyshev> polynomials;

  /**
   * Writes the frame's rows.
   *
   * @param ofFolds in the order of folds
   */
  ModelSink(UnitTables tables, Frame frame, List<SkyRecipe> ofFolds) {
    this.tables = tables;
    this.frame = frame;
    double[][] wavelength = frame.wavelength();
    isShared = Arrays.stream(wavelength).allMatch(w -> Arrays.equals(w, wavelength[0]));
    for (SkyRecipe recipe : ofFolds) {
      recipe.fibres().keySet().forEach(i -> recipes.put(i, recipe));
      tables.write(
          FrameModelTable.TABLE,
          new FrameModelTable.Row(
              FibreSite.ofFrame(frame, 0),
              recipe,
              isShared ? wavelength[0] : null,
              frame.coadd().map(Coadd::photonVariance).orElse(null)));
    }
    polynomials =
        recipes.isEmpty() || isShared || !Chebyshev.isFor(frame.pixelCount())
            ? Optional.empty()
            : Optional.of(new Chebyshev(frame.pixelCount()));
  }

  /** Whether it is known what a fibre's skies are drawn from. */
  boolean has(FibreResult fibre) {
    return recipes.containsKey(fibre.fibreIndex());
  }

  /** Writes a fibre's row. */
  void write(FibreResult fibre) {
    int i = fibre.fibreIndex();
    tables.write(
        FibreModelTable.TABLE,
        FibreModelTable.Row.ofFrame(frame, fibre, pixels(i), recipes.get(i)));
  }

  private Pixels pixels(int fibre) {
    double[] wavelength = frame.wavelength()[fibre];
    Optional<double[]> polynomial = polynomials.flatMap(p -> p.fit(wavelength, TOLERANCE));
    return new Pixels(
        wavelength.length,
        polynomial,
        isShared || polynomial.isPresent() ? Optional.empty() : Optional.of(wavelength));
  }
}
