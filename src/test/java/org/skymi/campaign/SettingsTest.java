package org.skymi.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.survey.InputException;

class SettingsTest {
  @TempDir Path folder;

  @Test
  void theCommandLineOverridesFilesAndFilesTheDefaults() throws IOException {
    Path file = file("skymi { reduction.seed = 5, run.campaign = mine }");
    Settings settings = Settings.resolve(List.of(file), Map.of("reduction.seed", 7L));
    assertThat(settings.number("reduction.seed")).isEqualTo(7);
    assertThat(settings.text("run.campaign")).isEqualTo("mine");
    assertThat(settings.text("output.spectra")).isEqualTo("model");
    assertThat(origin(settings, "reduction.seed")).isEqualTo("command line");
    assertThat(origin(settings, "run.campaign")).contains(file.getFileName().toString());
    assertThat(origin(settings, "output.spectra")).contains("built-in default");
  }

  @Test
  void onlySettingsOfResultsAreInTheDigest() {
    String digest = Settings.resolve(List.of(), Map.of()).digest();
    assertThat(Settings.resolve(List.of(), Map.of("run.campaign", "x")).digest()).isEqualTo(digest);
    assertThat(Settings.resolve(List.of(), Map.of("reduction.seed", 2)).digest())
        .isNotEqualTo(digest);
  }

  @Test
  void misspelledOrMistypedSettingsAreNamed() throws IOException {
    Path misspelled = file("skymi.reduction.sed = 5");
    assertThatThrownBy(() -> Settings.resolve(List.of(misspelled), Map.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("skymi.reduction.sed");
    Path mistyped = file("skymi.reduction.seed = many");
    assertThatThrownBy(() -> Settings.resolve(List.of(mistyped), Map.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("seed");
    assertThatThrownBy(() -> Settings.resolve(List.of(folder.resolve("absent")), Map.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("absent");
  }

  private static String origin(Settings settings, String name) {
    return settings.all().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow()
        .origin();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "skymi", ".conf"), text);
  }
}
