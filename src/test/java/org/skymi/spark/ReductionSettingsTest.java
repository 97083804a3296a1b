package org.skymi.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skymi.campaign.Settings;
import org.skymi.sky.supersky.SuperSkyOptions;
import org.skymi.smi.ReductionOptions;
import org.skymi.survey.InputException;

class ReductionSettingsTest {
  private static Settings with(Map<String, Object> given) {
    return Settings.resolve(List.of(), given);
  }

  @Test
  void theBuiltInSettingsAreTheDefaults() {
    assertThat(ReductionSettings.options(with(Map.of()))).isEqualTo(ReductionOptions.defaults());
  }

  @Test
  void superSkysOptionsAreSettingsAndPartOfARunsIdentity() {
    Settings settings =
        with(
            Map.of(
                "reduction.super-sky.line-scale",
                false,
                "reduction.super-sky.fibre-polynomial",
                1,
                "reduction.super-sky.line-components",
                2,
                "reduction.super-sky.line-width",
                true));
    assertThat(ReductionSettings.options(settings).superSky())
        .isEqualTo(new SuperSkyOptions(false, 1, 2, true));
    assertThat(settings.digest()).isNotEqualTo(with(Map.of()).digest());
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    assertThatThrownBy(
            () ->
                ReductionSettings.options(with(Map.of("reduction.super-sky.fibre-polynomial", 4))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("0..3");
  }
}
