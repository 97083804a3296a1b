package org.skymi.report.qa;

/**
 * A figure of a page.
 *
 * @param name of its file, without ending
 * @param title above it
 * @param caption below it: what is shown
 * @param fibres how many fibres it shows, in words
 * @param picture what is drawn
 * @param marks drawn in it, about; pictures of very many are stored as pixels
 */
record Figure(
    String name, String title, String caption, String fibres, Picture picture, long marks) {
  private static final long MOST_IN_SVG = 4000;

  boolean isPixels() {
    return marks >= 0;
  }

  String file() {
    return name + (isPixels() ? ".png" : ".svg");
  }
}
