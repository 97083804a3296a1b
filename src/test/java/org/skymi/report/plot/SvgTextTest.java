package org.skymi.report.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** SVG made small. */
class SvgTextTest {
  @Test
  void linesThatFollowEachOtherBecomeOne() {
    String a = "  <line style=\"s\" x1=\"1.23456\" x2=\"2\" y1=\"3\" y2=\"4.0001\"/>\n";
    String b = "  <line style=\"s\" x1=\"2\" x2=\"5\" y1=\"4.0001\" y2=\"6\"/>\n";
    String apart = "  <line style=\"s\" x1=\"9\" x2=\"10\" y1=\"9\" y2=\"10\"/>\n";
    String other = "  <line style=\"t\" x1=\"10\" x2=\"11\" y1=\"10\" y2=\"11\"/>\n";
    assertThat(SvgText.compact("<g>\n" + a + b + apart + other + "</g>\n"))
        .isEqualTo(
            "<g>\n<polyline style=\"s\" points=\"1.23,3 2,4 5,6\"/>\n"
                + "<polyline style=\"s\" points=\"9,9 10,10\"/>\n"
                + "<polyline style=\"t\" points=\"10,10 11,11\"/>\n</g>\n");
  }

  @Test
  void onlyLongNumbersAreRounded() {
    assertThat(SvgText.compact("<path d=\"M0.123456,12 L-3.999,1.5E2 1.2345E-5\" v=\"1.1\"/>"))
        .isEqualTo("<path d=\"M0.12,12 L-4,1.5E2 0\" v=\"1.1\"/>\n");
  }
}
