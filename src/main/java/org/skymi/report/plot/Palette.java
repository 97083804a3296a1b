package org.skymi.report.plot;

import java.awt.Color;
import org.skymi.sky.judge.Method;

/** Okabe & Ito's colours, which colour-blind people can tell apart, and what they stand for. */
public final class Palette {
  public static final Color ORANGE = new Color(230, 159, 0);
  public static final Color SKY_BLUE = new Color(86, 180, 233);
  public static final Color GREEN = new Color(0, 158, 115);
  public static final Color BLUE = new Color(0, 114, 178);
  public static final Color VERMILION = new Color(213, 94, 0);
  public static final Color PURPLE = new Color(204, 121, 167);

  /** Lines that only guide the eye. */
  public static final Color GUIDE = new Color(90, 90, 90);

  private Palette() {}

  /** A method's colour, the same in all pictures. */
  public static Color of(Method method) {
    return switch (method) {
      case SURVEY -> VERMILION;
      case SUPER -> ORANGE;
      case FULL -> PURPLE;
      case MEMORY -> GREEN;
      case SMI -> BLUE;
    };
  }

  /** A colour as light as that of an area behind curves. */
  public static Color pale(Color colour) {
    return new Color(pale(colour.getRed()), pale(colour.getGreen()), pale(colour.getBlue()));
  }

  private static int pale(int channel) {
    return (int) Math.round(0.35 * channel + 0.65 * 255);
  }

  /** A colour through which others are seen. */
  public static Color glassy(Color colour) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 125);
  }
}
