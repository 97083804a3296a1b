package org.skymi.simulate;

import java.util.HashMap;
import java.util.Map;

/**
 * The sizes of a site's effects, from the resource effect-sizes.csv, which names units and sources.
 * Those of an effect that is left out are 0.
 */
final class Sizes {
  private static final Map<String, Row> ROWS = read();

  private final Site site;

  Sizes(Site site) {
    this.site = site;
  }

  /** What a row of the table says. */
  private record Row(double value, boolean doubled) {}

  /**
   * A size of an effect; percents as fractions.
   *
   * @throws IllegalArgumentException if the table has no such size
   */
  double of(Effect effect, String size) {
    return site.has(effect) ? form(effect, size) : 0;
  }

  /** The same, whether the effect is left out or not: for what is a form rather than a size. */
  double form(Effect effect, String size) {
    return value(effect.name() + "," + size);
  }

  /** Share of a habit that is new after a hardware step. */
  double epochShare() {
    return value("EPOCH,share");
  }

  private double value(String key) {
    Row row = ROWS.get(key);
    if (row == null) {
      throw new IllegalArgumentException("effect-sizes.csv has no " + key);
    }
    return row.doubled && site.preset() == Preset.HARD ? 2 * row.value : row.value;
  }

  private static Map<String, Row> read() {
    ResourceTable table = ResourceTable.read("effect-sizes.csv");
    String[] effect = table.words(0);
    String[] size = table.words(1);
    double[] value = table.numbers(2);
    String[] unit = table.words(3);
    String[] doubled = table.words(4);
    Map<String, Row> rows = new HashMap<>();
    for (int k = 0; k < value.length; k++) {
      double scale = unit[k].startsWith("%") ? 0.01 : 1;
      rows.put(effect[k] + "," + size[k], new Row(scale * value[k], doubled[k].equals("yes")));
    }
    return rows;
  }
}
