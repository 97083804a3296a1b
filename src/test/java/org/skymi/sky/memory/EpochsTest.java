package org.skymi.sky.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpochsTest {
  @Test
  void anEpochBeginsWithItsFirstNight() {
    Epochs epochs = new Epochs(Map.of(3, List.of(200, 100, 200)));
    assertThat(List.of(99, 100, 199, 200, 300))
        .extracting(night -> epochs.of(3, night))
        .containsExactly(0, 1, 1, 2, 2);
    assertThat(epochs.of(4, 150)).isZero();
    assertThat(epochs.nights(3)).containsExactly(100, 200);
    assertThat(epochs.spectrographs()).containsExactly(3);
  }

  @Test
  void anotherIsAddedWhereItBelongs() {
    Epochs epochs = new Epochs(Map.of(3, List.of(200)));
    assertThat(epochs.and(3, 100).nights(3)).containsExactly(100, 200);
    assertThat(epochs.and(3, 200).nights(3)).containsExactly(200);
    assertThat(epochs.and(5, 50).spectrographs()).containsExactly(3, 5);
    assertThat(epochs.nights(3)).containsExactly(200);
  }
}
