package org.skymi.report.plot;

import java.awt.Color;

/** Okabe & Ito's colours, which colour-blind people can tell apart. */
public final class Palette {
  public static final Color ORANGE = new Color(230, 159, 0);
  public static final Color SKY_BLUE = new Color(86, 180, 233);
  public static final Color GREEN = new Color(0, 158, 115);
  public static final Color BLUE = new Color(0, 114, 178);
  public static final Color VERMILION = new Color(213, 94, 0);
  public static final Color PURPLE = new Color(204, 121, 167);

  private Palette() {}
}
