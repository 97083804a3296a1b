package org.skymi.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InstrumentTest {
  @Test
  void plansTellTheInstrument() {
    assertThat(Instrument.of(new PlateId("HD1234N5678", 58000))).isEqualTo(Instrument.LAMOST);
    assertThat(Instrument.of(new PlateId("SDSS-4055", 55359))).isEqualTo(Instrument.BOSS);
  }

  @Test
  void fibresAreTheSurveysNumbers() {
    assertThat(Instrument.LAMOST.spectrographs() * Instrument.LAMOST.fibres()).isEqualTo(4000);
    assertThat(Instrument.BOSS.spectrographs() * Instrument.BOSS.fibres()).isEqualTo(1000);
  }

  @Test
  void armsOverlap() {
    for (Instrument instrument : new Instrument[] {Instrument.LAMOST, Instrument.BOSS}) {
      assertThat(instrument.arms()).containsExactly(Arm.BLUE, Arm.RED);
      Instrument.Optics blue = instrument.arm(Arm.BLUE);
      Instrument.Optics red = instrument.arm(Arm.RED);
      assertThat(red.low()).isBetween(blue.low(), blue.high());
      assertThat(Arrays.asList(blue, red))
          .allSatisfy(o -> assertThat(o.pivot()).isBetween(o.low(), o.high()));
    }
  }

  @Test
  void bothArmsHaveOneCoordinate() {
    Instrument.Span span = Instrument.LAMOST.span();
    assertThat(span).isEqualTo(new Instrument.Span(3700, 9100));
    assertThat(span.along(3700)).isEqualTo(-1);
    assertThat(span.along(6400)).isZero();
    assertThat(span.along(9100)).isEqualTo(1);
  }

  @Test
  void whatIsUsedIsRecorded() {
    for (Instrument instrument : new Instrument[] {Instrument.LAMOST, Instrument.BOSS}) {
      for (Instrument.Optics arm : instrument.optics()) {
        Instrument.Recorded all = arm.recorded();
        assertThat(arm.low()).isGreaterThan(all.first());
        assertThat(arm.high()).isLessThan(all.last());
        assertThat((all.last() - all.first()) / all.pixels()).isBetween(0.5, 1.2);
      }
    }
  }

  @Test
  void earthThatFliesTowardsAStarSeesItBluer() {
    // A positive correction was added to what the observatory measured.
    assertThat(Heliocentric.topocentric(6000, 29.9792458)).isCloseTo(6000.6, within(1e-9));
    assertThat(Heliocentric.topocentric(6000, 0)).isEqualTo(6000);
  }
}
