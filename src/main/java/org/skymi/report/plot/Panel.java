package org.skymi.report.plot;

import java.awt.Graphics2D;

/** Something that can be drawn into a rectangle from (0, 0). */
@FunctionalInterface
public interface Panel {
  void paint(Graphics2D graphics, int width, int height);
}
