package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skymi.campaign.Manifest;
import org.skymi.cli.HaltPoint.Moment;
import org.skymi.table.FileReport;

/**
 * A driver, a process of its own, that ends before, within or after a step of a run or its commit
 * as by kill -9; and what the next run makes of it: the rows of an undisturbed run, nothing lost,
 * nothing twice, orphans until {@code clean}.
 */
class KilledDriverTest {
  @TempDir Path folder;
  private TinyCampaign tiny;
  private Map<String, List<String>> undisturbed;

  @BeforeEach
  void copy() throws IOException {
    System.setProperty("spark.master", "local[1]");
    tiny = TinyCampaign.copy(folder);
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("spark.master");
  }

  @ParameterizedTest
  @CsvSource({
    "AFTER_CLOSE, 2, data/fibre_sky/.*, false, the second plate is written but not told of",
    "AMID_WRITE, 1, manifests/[.].*, false, half of the manifest is written",
    "AFTER_CLOSE, 1, manifests/[.].*, false, the manifest waits for its name",
    "BEFORE_DELETE, 1, manifests/[.].*, true, the manifest has its name",
  })
  void anyOf(Moment moment, int nth, String path, boolean isCommitted, String what)
      throws Exception {
    firstRun(new HaltPoint(moment, nth, Pattern.compile(path)), isCommitted, what);
  }

  @Tag("full")
  @ParameterizedTest
  @CsvSource({
    "BEFORE_CREATE, 1, data/.*, false, nothing is written",
    "AMID_WRITE, 1, data/fibre_sky/.*, false, the first file is begun",
    "AMID_WRITE, 1, work/[.].*, false, half of an outcome is written",
    "BEFORE_RENAME, 2, work/.*, false, an outcome has no name yet",
    "AFTER_RENAME, 1, work/.*, false, one plate is finished",
    "AFTER_RENAME, 3, work/.*, false, all plates are finished",
    "BEFORE_CREATE, 1, data/runs/.*, false, all is checked",
    "AMID_WRITE, 1, data/runs/.*, false, the run's own row is begun",
    "AFTER_CLOSE, 1, data/runs/.*, false, the run's own row is written",
    "BEFORE_MKDIRS, 1, manifests$, false, no manifests' folder",
    "AFTER_MKDIRS, 1, manifests$, false, the manifests' folder",
    "BEFORE_CREATE, 1, manifests/[.].*, false, no temporary manifest",
    "AFTER_CREATE, 1, manifests/[.].*, false, an empty temporary manifest",
    "AFTER_DELETE, 1, manifests/[.].*, true, the temporary name is gone",
    "BEFORE_DELETE, 1, work/.*[.]json, true, no outcome is forgotten",
    "AFTER_DELETE, 2, work/.*[.]json, true, two outcomes are forgotten",
    "AFTER_DELETE, 3, work/.*[.]json, true, all is done",
  })
  void allOf(Moment moment, int nth, String path, boolean isCommitted, String what)
      throws Exception {
    firstRun(new HaltPoint(moment, nth, Pattern.compile(path)), isCommitted, what);
  }

  @Tag("full")
  @ParameterizedTest
  @CsvSource({
    "AMID_WRITE, 1, data/fibre_sky/shared-.*, false, a shared file is being written anew",
    "AFTER_CLOSE, 2, data/.*/shared-.*, false, two shared files are written anew",
    "AMID_WRITE, 1, manifests/[.].*, false, half of the manifest is written",
    "AFTER_CLOSE, 1, manifests/[.].*, false, the manifest waits for its name",
    "BEFORE_DELETE, 1, manifests/[.].*, true, the manifest has its name",
  })
  void ofARunThatReplacesAPlateOfCompactedFiles(
      Moment moment, int nth, String path, boolean isCommitted, String what) throws Exception {
    tiny.about(Main.DONE, "compact");
    int before = CampaignRows.manifest(tiny.out()).number();
    Files.write(tiny.filesOf(2).get(0), new byte[0]);
    Path asItWas = folder.resolve("as-it-was");
    TinyCampaign.copy(tiny.out(), asItWas);
    tiny.reprocess();
    undisturbed = CampaignRows.of(tiny.out());
    FileUtil.fullyDelete(tiny.out().toFile());
    TinyCampaign.copy(asItWas, tiny.out());
    killAndRunAgain(
        new HaltPoint(moment, nth, Pattern.compile(path)), isCommitted, before + 1, what);
  }

  private void firstRun(HaltPoint point, boolean isCommitted, String what) throws Exception {
    undisturbed = CampaignRows.of(tiny.out());
    FileUtil.fullyDelete(tiny.out().toFile());
    killAndRunAgain(point, isCommitted, 1, what);
  }

  private void killAndRunAgain(HaltPoint point, boolean isCommitted, int manifest, String what)
      throws Exception {
    Path log = folder.resolve("log");
    List<String> options = new ArrayList<>(HaltingFileSystem.options(point));
    options.addAll(List.of("-Dspark.master=local[1]"));
    List<String> command = List.of("reprocess", "" + tiny.archive(), "--out", "" + tiny.out());
    List<String> args = new ArrayList<>(command);
    args.addAll(List.of("--conf", tiny.conf()));
    Process driver =
        Forked.java(log, "1g", Map.of(), options, Main.class, args.toArray(String[]::new));
    assertThat(driver.waitFor()).as(what + "\n" + Files.readString(log)).isEqualTo(HaltPoint.CODE);
    assertThat(tiny.file("manifests/%06d.json".formatted(manifest)).toFile().exists())
        .as(what)
        .isEqualTo(isCommitted);

    assertThat(tiny.reprocess()).contains(isCommitted ? "already complete" : "processed");
    assertThat(CampaignRows.of(tiny.out())).isEqualTo(undisturbed);
    assertThat(CampaignRows.manifest(tiny.out()).number()).isEqualTo(manifest);
    requireVerified();
    String cleaned = tiny.about(Main.DONE, "clean", "--age", "0s", "--delete");
    assertThat(files()).as(cleaned).isEqualTo(listed());
    requireVerified();
  }

  private void requireVerified() {
    assertThat(tiny.about(Main.DONE, "verify", "--archive", tiny.archive().toString()))
        .contains("no defects");
  }

  /** All files of the campaign's folder. */
  private Set<String> files() throws IOException {
    Path root = tiny.out().resolve("main");
    try (var all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(f -> root.relativize(f).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** The manifests and what they list. */
  private Set<String> listed() throws IOException {
    Set<String> listed = new TreeSet<>();
    for (int n = 1; n <= CampaignRows.manifest(tiny.out()).number(); n++) {
      listed.add("manifests/%06d.json".formatted(n));
      Manifest manifest = CampaignRows.manifests(CampaignRows.folder(tiny.out())).numbered(n);
      manifest.files().stream().map(FileReport::path).forEach(listed::add);
    }
    return listed;
  }
}
