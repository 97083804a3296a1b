package org.skymi.report.plot;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;

/**
 * Colours for values, in maps that colour-blind people can read.
 *
 * @param low value of the first colour
 * @param high value of the last
 * @param stops evenly spaced between them
 */
public record ColourScale(double low, double high, List<Color> stops) {
  /** Cividis (Nunez et al. 2018): brightness and hue both rise. */
  private static final List<Color> CIVIDIS =
      colours(
          0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55,
          0xfee838);

  /** ColorBrewer's RdBu from blue to red, its middle darkened to be seen on white. */
  private static final List<Color> BLUE_RED =
      colours(
          0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xcfdde5, 0xdedede, 0xf3d6c6, 0xf4a582, 0xd6604d,
          0xb2182b, 0x67001f);

  /** For quantities without a sign. */
  public static ColourScale sequential(double low, double high) {
    return new ColourScale(low, high, CIVIDIS);
  }

  /** For quantities around a middle, grey there. */
  public static ColourScale diverging(double middle, double reach) {
    return new ColourScale(middle - reach, middle + reach, BLUE_RED);
  }

  /** The colour of a value; of one beyond the ends that of the end. */
  Color of(double value) {
    double f = high > low ? (value - low) / (high - low) : 0.5;
    double place = Math.max(0, Math.min(1, f)) * (stops.size() - 1);
    int k = Math.min(stops.size() - 2, (int) place);
    return between(stops.get(k), stops.get(k + 1), place - k);
  }

  private static Color between(Color a, Color b, double f) {
    return new Color(
        (int) Math.round(a.getRed() + f * (b.getRed() - a.getRed())),
        (int) Math.round(a.getGreen() + f * (b.getGreen() - a.getGreen())),
        (int) Math.round(a.getBlue() + f * (b.getBlue() - a.getBlue())));
  }

  private static List<Color> colours(int... rgb) {
    return Arrays.stream(rgb).mapToObj(Color::new).toList();
  }
}
