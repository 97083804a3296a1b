package org.skymi.report.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;

/** Text drawn as outlines, as the chart library does: the same whatever fonts the reader has. */
final class Lettering {
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private final TextLayout layout;

  private Lettering(String text, int style, int size) {
    layout = new TextLayout(text.isEmpty() ? " " : text, font(style, size), CONTEXT);
  }

  static Lettering plain(String text, int size) {
    return new Lettering(text, Font.PLAIN, size);
  }

  static Lettering bold(String text, int size) {
    return new Lettering(text, Font.BOLD, size);
  }

  static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  double width() {
    return layout.getAdvance();
  }

  /** Draws it from a point of the baseline on. */
  void draw(Graphics2D graphics, double x, double y) {
    graphics.fill(layout.getOutline(AffineTransform.getTranslateInstance(x, y)));
  }

  /** Draws it from the bottom up. */
  void drawUpwards(Graphics2D graphics, double x, double y) {
    AffineTransform turned = AffineTransform.getTranslateInstance(x, y);
    turned.rotate(-Math.PI / 2);
    graphics.fill(layout.getOutline(turned));
  }
}
