/** Pictures, PNG and SVG: one palette, one way to draw, by xchart. */
package org.skymi.report.plot;
