package org.skymi.sky.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.skymi.sky.frame.LineGroup;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

class SlackTest {
  /** From 5650 to 9150 Angstrom; bins of 291.67. */
  private static final SkyGrid RED = SkyGrid.of(Instrument.LAMOST, Arm.RED, 0.84);

  @Test
  void isTheWeightedMeanOfWhatNoiseDoesNotExplain() {
    Slack slack = new Slack(RED);
    slack.add(7000, null, 20, 100, 100);
    assertThat(slack.at(7000, null)).isCloseTo(300 / 1e4, within(1e-12));
    slack.add(7001, null, -100, 1000, 1000);
    // Weights sky^2 / (variance + (0.02 sky)^2)^2 of residual^2 - variance.
    assertThat(slack.at(7000, null)).isCloseTo(0.009373774064656738, within(1e-12));
  }

  @Test
  void aWildPixelCountsAsFiveSigma() {
    Slack slack = new Slack(RED);
    slack.add(7000, LineGroup.OH, 1e5, 100, 100);
    assertThat(slack.at(7000, LineGroup.OH)).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void lessThanNoiseIsNone() {
    Slack slack = new Slack(RED);
    slack.add(7000, null, 5, 100, 100);
    assertThat(slack.at(7000, null)).isZero();
    slack.add(7000, null, 20, 100, 100);
    assertThat(slack.at(7000, null)).isCloseTo((25.0 - 100 + 300) / 2e4, within(1e-12));
  }

  @Test
  void linesAndBinsAreApart() {
    Slack slack = new Slack(RED);
    double width = 3500 / 12.0;
    for (int bin = 0; bin < 12; bin++) {
      slack.add(5650 + (bin + 0.5) * width, null, 1 + 0.5 * bin, 0, 100);
    }
    slack.add(7000, LineGroup.SODIUM, 5, 0, 100);
    for (int bin = 0; bin < 12; bin++) {
      double expected = Math.pow((1 + 0.5 * bin) / 100, 2);
      for (double in : new double[] {0.01, 0.99}) {
        assertThat(slack.at(5650 + (bin + in) * width, null)).isCloseTo(expected, within(1e-12));
      }
    }
    assertThat(slack.at(5000, null)).isCloseTo(1e-4, within(1e-12));
    assertThat(slack.at(9999, null)).isCloseTo(0.065 * 0.065, within(1e-12));
    assertThat(slack.at(7000, LineGroup.OH)).isCloseTo(0.0025, within(1e-12));
    assertThat(slack.at(6000, LineGroup.OH)).as("nothing was seen").isZero();
  }
}
