package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.campaign.Campaigns;
import org.skymi.campaign.Manifest;

/** {@code skymi campaigns}: states of campaigns, and campaigns side by side. */
class CampaignsCommandTest {
  @TempDir Path folder;
  private TinyCampaign tiny;

  @BeforeEach
  void copy() throws IOException {
    System.setProperty("spark.master", "local[2]");
    tiny = TinyCampaign.copy(folder);
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("spark.master");
  }

  @Test
  void campaignsAreListedAndShown() throws IOException {
    assertThat(tiny.about(Main.DONE, "campaigns list")).contains("main", "run, ");
    assertThat(tiny.about(Main.DONE, "campaigns show"))
        .contains("P1@58001", "fibre_sky", "reduction.adaptation-steps = 2", "quick.conf");
    assertThat(tiny.about(Main.INPUT, "campaigns show", "--campaign", "other"))
        .isEqualTo("skymi: no campaign 'other' in " + tiny.out() + "; there are: main\n");
    assertThat(tiny.about(Main.INPUT, "campaigns diff", "main@7", "main"))
        .isEqualTo("skymi: no manifest 7: there are 1 to 1\n");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(Main.run("campaigns", "list", empty.toString())).isEqualTo(Main.INPUT);
    assertThat(tiny.about(Main.USAGE, "campaigns rollback")).contains("--to");
  }

  @Test
  void anOlderStateReturnsAndTheNextRunDoesWhatWasRolledBack() throws IOException {
    Map<String, List<String>> before = CampaignRows.of(tiny.out());
    Files.write(tiny.filesOf(1).get(0), new byte[0]);
    tiny.reprocess();
    Map<String, List<String>> after = CampaignRows.of(tiny.out());
    assertThat(after.get("fibre_sky").size()).isLessThan(before.get("fibre_sky").size());
    assertThat(tiny.about(Main.DONE, "campaigns rollback", "--to", "1"))
        .contains("manifest 3: rollback to 1");
    assertThat(CampaignRows.of(tiny.out())).isEqualTo(before);
    Manifest now = CampaignRows.manifest(tiny.out());
    assertThat(now.parent()).isEqualTo(2);
    assertThat(tiny.about(Main.INPUT, "campaigns rollback", "--to", "3"))
        .contains("is what the campaign is now");

    tiny.reprocess();
    assertThat(CampaignRows.manifest(tiny.out()).number()).isEqualTo(4);
    assertThat(CampaignRows.of(tiny.out())).isEqualTo(after);
  }

  @Test
  void aStateWhoseFilesAreGoneIsNotReturnedTo() throws IOException {
    tiny.deliverAgain(1);
    tiny.reprocess();
    Manifest first = new Campaigns(tiny.out().toString(), new Configuration()).referred("main@1");
    Files.delete(tiny.file(first.unit("P1@58001").orElseThrow().files().get(0).path()));
    assertThat(tiny.about(Main.INPUT, "campaigns rollback", "--to", "1")).contains("is gone");
    assertThat(CampaignRows.manifest(tiny.out()).number()).isEqualTo(2);
  }

  @Test
  void campaignsSideBySideShareNothing() throws IOException {
    Manifest main = CampaignRows.manifest(tiny.out());
    tiny.reprocess("--plate", "P1", "--seed", "2", "--campaign", "second");
    assertThat(tiny.about(Main.DONE, "campaigns diff", "main", "second"))
        .contains("reduction.seed was 1, is 2", "units removed: 2: P2@58002, P3@58003")
        .contains("fibre_sky: 0 rows added, 96 removed");
    assertThat(tiny.about(Main.DONE, "campaigns drop", "--campaign", "second"))
        .contains("would be removed");
    assertThat(tiny.about(Main.DONE, "campaigns list")).contains("second");
    tiny.about(Main.DONE, "campaigns drop", "--campaign", "second", "--yes");
    assertThat(tiny.about(Main.DONE, "campaigns list")).doesNotContain("second");
    assertThat(tiny.about(Main.INPUT, "campaigns drop", "--campaign", "second"))
        .contains("no campaign 'second'");
    assertThat(CampaignRows.manifest(tiny.out())).isEqualTo(main);
    assertThat(tiny.about(Main.DONE, "verify", "--archive", tiny.archive().toString()))
        .contains("no defects");
  }
}
