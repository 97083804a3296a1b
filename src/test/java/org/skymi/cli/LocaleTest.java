package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Campaigns of machines that write other digits, decimal points and letters than ours. */
class LocaleTest {
  private final Locale before = Locale.getDefault();

  @TempDir Path folder;

  @AfterEach
  void asBefore() {
    Locale.setDefault(before);
  }

  @Test
  void aCampaignIsTheSameInEveryLocale() throws IOException {
    TinyArchive.write(folder.resolve("archive"), 1);
    Locale.setDefault(Locale.US);
    Path here = reprocess("here");
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    Path there = reprocess("there");
    assertThat(names(there.resolve("main/manifests"))).containsExactly("000001.json");
    assertThat(CampaignRows.manifest(there).runId()).isEqualTo(CampaignRows.manifest(here).runId());
    assertThat(CampaignRows.of(there)).isEqualTo(CampaignRows.of(here));

    String arabic = said(Main.DONE, "summary", "" + here);
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    assertThat(said(Main.DONE, "summary", "" + here))
        .isEqualTo(arabic)
        .contains("Campaign main")
        .doesNotContainPattern("[\\u0660-\\u0669]");
    assertThat(said(Main.DONE, "reprocess", "" + folder.resolve("archive"), "--out", "" + here))
        .contains("already complete");
  }

  private Path reprocess(String name) {
    Path out = folder.resolve(name);
    said(Main.DONE, "reprocess", "" + folder.resolve("archive"), "--out", "" + out, "--quiet");
    return out;
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
