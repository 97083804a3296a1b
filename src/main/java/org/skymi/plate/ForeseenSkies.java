package org.skymi.plate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.Method;
import org.skymi.sky.memory.Prediction;

/** The skies of one frame's fibres with an archive's foresight, fold by fold. */
final class ForeseenSkies implements SkyMethod.FrameSkies {
  private final FramePixels pixels;
  private final PooledPlate pooled;
  private final Foresight foresight;
  private final Map<Integer, RememberedSkies> byFold = new HashMap<>();

  ForeseenSkies(FramePixels pixels, PooledPlate pooled, Foresight foresight) {
    this.pixels = pixels;
    this.pooled = pooled;
    this.foresight = foresight;
  }

  /** Nothing but the classical coefficients where no archive says more. */
  private Prediction[] known(FoldFrame frame, int fold) {
    if (frame.equations.isPresent()) {
      return frame.byRow(foresight.of(frame, fold));
    }
    Prediction[] none = new Prediction[pixels.fibres()];
    Arrays.fill(none, Prediction.none(pixels.raw.grid().optics()));
    return none;
  }

  private RememberedSkies of(int fibre) {
    return byFold.computeIfAbsent(
        pixels.fold(fibre),
        fold -> {
          FoldFrame frame = pixels.of(fold, pooled);
          return new RememberedSkies(frame, known(frame, fold));
        });
  }

  @Override
  public Sky sky(int fibre) {
    return of(fibre).sky(fibre);
  }

  @Override
  public Sky with(int fibre, Probe probe) {
    return of(fibre).with(fibre, probe);
  }

  @Override
  public void tell(Method method, RecipeBuilder recipe) {
    recipe.fibres().stream().findFirst().ifPresent(i -> of(i).tell(method, recipe));
  }
}
