package org.skymi.report.qa;

import org.skymi.report.plot.Picture;

/**
 * A figure of a page.
 *
 * @param name of its file, without ending
 * @param title above it
 * @param caption below it: what is shown
 * @param fibres how many fibres it shows, in words
 * @param picture what is drawn
 */
record Figure(String name, String title, String caption, String fibres, Picture picture) {
  /** Pixels, as maps of thousands of fibres are large as vectors. */
  String file() {
    return name + ".png";
  }
}
