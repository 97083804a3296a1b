package org.skymi.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsedCellsTest {
  @Test
  void theyAreThoseOfTheGridWithWindowsFirst() {
    int[] cells = IntStream.range(0, UsedCells.COUNT).map(UsedCells::cell).toArray();
    assertThat(cells).containsExactlyInAnyOrder(TopocentricGrid.used());
    assertThat(IntStream.of(UsedCells.byWavelength()).map(UsedCells::cell).toArray())
        .isEqualTo(TopocentricGrid.used());
    for (int n = 0; n < UsedCells.COUNT; n++) {
      assertThat(TopocentricGrid.window(cells[n]) >= 0).isEqualTo(n < UsedCells.LINES);
    }
  }

  @Test
  void whatIsUnknownCountsNothing() {
    GriddedSpectrum spectrum = new GriddedSpectrum(ReleasedSet.of(1, 0.05, 1).get(0));
    UsedCells used = spectrum.used();
    assertThat(spectrum.used()).isSameAs(used);
    double known = 0;
    for (int n = 0; n < UsedCells.COUNT; n++) {
      int cell = UsedCells.cell(n);
      assertThat(used.weight()[n]).isEqualTo(spectrum.weight[cell]);
      assertThat(used.excess()[n]).isEqualTo(spectrum.excess[cell]);
      assertThat(used.weight()[n] > 0).isEqualTo(spectrum.knows(cell));
      known += n < UsedCells.LINES && spectrum.knows(cell) ? 1 : 0;
    }
    assertThat(Arrays.stream(used.known()).sum()).isEqualTo(known).isPositive();
  }
}
