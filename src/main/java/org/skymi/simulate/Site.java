package org.skymi.simulate;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A telescope with its instrument: what stays the same from plate to plate. The matched world of
 * {@link Preset#IDEAL} has no memory, so seed and epochs don't matter there.
 *
 * @param preset how large its habits are
 * @param seed of all habits: the same seed, the same instrument and the same nights
 * @param epochs hardware steps
 * @param without effects to leave out
 */
public record Site(Preset preset, long seed, List<Epoch> epochs, Set<Effect> without) {
  public Site {
    epochs = List.copyOf(epochs);
    without = without.isEmpty() ? Set.of() : Set.copyOf(without);
  }

  /** The default site. */
  public static Site lamost() {
    return of(Preset.LAMOST);
  }

  /** Site 1 of a preset, without epochs, with all effects. */
  public static Site of(Preset preset) {
    return new Site(preset, 1, List.of(), Set.of());
  }

  /** The same with another seed: other fibres, other nights. */
  public Site withSeed(long other) {
    return new Site(preset, other, epochs, without);
  }

  /** The same with these hardware steps. */
  public Site withEpochs(List<Epoch> steps) {
    return new Site(preset, seed, steps, without);
  }

  /** The same with these effects left out, too. */
  public Site without(Effect... effects) {
    Set<Effect> all = EnumSet.noneOf(Effect.class);
    all.addAll(without);
    all.addAll(Arrays.asList(effects));
    return new Site(preset, seed, epochs, all);
  }

  boolean has(Effect effect) {
    return !without.contains(effect);
  }

  /** The streams of what belongs to the site. */
  RandomStreams streams() {
    return RandomStreams.of(seed).with("site");
  }

  /** The sizes of this site's effects; those of effects left out are 0. */
  Sizes sizes() {
    return new Sizes(this);
  }

  /**
   * The sizes of effects as their table has them: effect, size, value, unit, doubled, how long it
   * stays, source.
   */
  public static List<String[]> sizeTable() {
    return ResourceTable.read("effect-sizes.csv").rows();
  }

  /** How the plate's frames come about. */
  World world(PlateDesign design) {
    return preset == Preset.IDEAL ? new IdealWorld(design) : new SiteWorld(design);
  }
}
