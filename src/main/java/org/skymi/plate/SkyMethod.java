package org.skymi.plate;

import java.util.Optional;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.Method;

/** A way from an analysed plate to the sky in each of its fibres. It does not judge itself. */
interface SkyMethod extends AutoCloseable {
  /** Its name. */
  Method name();

  /** Gives back what it holds outside the heap; most hold nothing. */
  @Override
  default void close() {}

  /** What it says of a frame's fibres; empty if it has nothing of its own to say. */
  Optional<FrameSkies> skies(FramePixels pixels);

  /**
   * The skies of one frame's fibres, each from what never saw the fibre if some fold held it out.
   */
  interface FrameSkies {
    /** The sky in a living fibre. */
    Sky sky(int fibre);

    /** The same with an object in the fibre; see {@link Probe}. */
    Sky with(int fibre, Probe probe);

    /**
     * Tells what the skies are drawn from of the fibres that a recipe is for.
     *
     * @param method whose skies they are
     */
    void tell(Method method, RecipeBuilder recipe);
  }
}
