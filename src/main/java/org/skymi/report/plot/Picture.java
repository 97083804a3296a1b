package org.skymi.report.plot;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Panels side by side, row by row.
 *
 * @param columns panels in a row
 * @param panelWidth of each, in CSS pixels
 * @param panelHeight of each
 * @param panels from the top left on
 */
public record Picture(int columns, int panelWidth, int panelHeight, List<Panel> panels) {
  /** Pixels of a PNG per CSS pixel: sharp on screens of high resolution and in print. */
  private static final int SCALE = 2;

  /** A picture of one panel. */
  public static Picture of(int panelWidth, int panelHeight, Panel panel) {
    return new Picture(1, panelWidth, panelHeight, List.of(panel));
  }

  /** In CSS pixels. */
  public int width() {
    return columns * panelWidth;
  }

  /** In CSS pixels. */
  public int height() {
    return (panels.size() + columns - 1) / columns * panelHeight;
  }

  /** Draws it as PNG. */
  public void writePng(OutputStream out) throws IOException {
    BufferedImage image =
        new BufferedImage(SCALE * width(), SCALE * height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.scale(SCALE, SCALE);
    paint(graphics);
    graphics.dispose();
    ImageIO.write(IndexedImage.indexed(image), "png", out);
  }

  /** Draws it as SVG. */
  public void writeSvg(OutputStream out) throws IOException {
    VectorGraphics2D graphics = new VectorGraphics2D();
    paint(graphics);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new SVGProcessor()
        .getDocument(graphics.getCommands(), new PageSize(width(), height()))
        .writeTo(bytes);
    out.write(
        SvgText.compact(bytes.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
  }

  private void paint(Graphics2D graphics) {
    if (columns == 1) {
      List<Plot> plots = panels.stream().filter(p -> p instanceof Plot).map(p -> (Plot) p).toList();
      Plot.align(plots, panelWidth, panelHeight);
    }
    AffineTransform origin = graphics.getTransform();
    for (int k = 0; k < panels.size(); k++) {
      graphics.setTransform(origin);
      graphics.translate(k % columns * panelWidth, k / columns * panelHeight);
      panels.get(k).paint(graphics, panelWidth, panelHeight);
    }
    graphics.setTransform(origin);
  }
}
