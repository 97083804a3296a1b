package org.skymi.sky.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skymi.survey.Instrument;

class SkyLinesTest {
  private static List<LineWindow> windows() {
    return Instrument.LAMOST.arms().stream()
        .flatMap(arm -> SkyLines.windows(Instrument.LAMOST.arm(arm)).stream())
        .toList();
  }

  private static LineWindow window(double wavelength) {
    return windows().stream().filter(w -> w.contains(wavelength)).findFirst().orElseThrow();
  }

  @Test
  void whereStarsOrTheAirTakeLightAwayIsKnown() {
    assertThat(List.of(5578.9, 6302.0, 7720.8, 7967.0, 8433.0, 8888.5))
        .allMatch(line -> window(line).depth() == 0);
    assertThat(List.of(5893.0, 6865.5, 7625.8, 8297.0, 8500.4, 8668.0, 8959.8))
        .allMatch(line -> window(line).depth() >= 0.1);
  }

  @Test
  void mostLinesHaveNothingOfObjectsUnderThem() {
    List<LineWindow> windows = windows();
    for (LineGroup group : List.of(LineGroup.OI5577, LineGroup.OI6300)) {
      assertThat(windows.stream().filter(w -> w.group() == group)).allMatch(w -> w.depth() == 0);
    }
    long hydroxyl = windows.stream().filter(w -> w.group() == LineGroup.OH).count();
    assertThat(windows.stream().filter(w -> w.group() == LineGroup.OH && w.depth() == 0).count())
        .isGreaterThan(hydroxyl / 2);
  }
}
