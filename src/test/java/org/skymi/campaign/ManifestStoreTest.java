package org.skymi.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.survey.InputException;

/** On the local filesystem; {@link HdfsManifestStoreTest} repeats it on HDFS. */
class ManifestStoreTest {
  private static final Map<String, Manifest> MADE = new ConcurrentHashMap<>();

  @TempDir Path folder;
  CampaignFolder campaign;
  FileSystem fs;

  /** Folder of a fresh campaign. */
  String place() throws IOException {
    return folder.toUri().toString();
  }

  @BeforeEach
  void open() throws IOException {
    campaign = CampaignFolder.of(place(), "main");
    fs = campaign.fileSystem(configuration());
  }

  Configuration configuration() {
    return new Configuration();
  }

  @Test
  void anEmptyCampaignHasNoManifest() throws IOException {
    assertThat(new ManifestStore(fs, campaign).latest()).isEmpty();
  }

  @Test
  void theNewestIsTheOneWithTheHighestNumber() throws IOException {
    ManifestStore store = new ManifestStore(fs, campaign);
    for (int i = 1; i <= 11; i++) {
      assertThat(store.publish(manifest(i, "run"))).isTrue();
    }
    assertThat(store.latest()).contains(manifest(11, "run"));
  }

  @Test
  void aTakenNumberIsNotOverwritten() throws IOException {
    ManifestStore store = new ManifestStore(fs, campaign);
    assertThat(store.publish(manifest(1, "first"))).isTrue();
    assertThat(store.publish(manifest(1, "second"))).isFalse();
    assertThat(store.latest()).contains(manifest(1, "first"));
    assertThat(files()).containsExactly("000001.json");
  }

  @Test
  void ofRacingPublishersOneWins() throws Exception {
    int rivals = 8;
    ExecutorService pool = Executors.newFixedThreadPool(rivals);
    for (int round = 1; round <= 10; round++) {
      int number = round;
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < rivals; i++) {
        String name = "rival" + i;
        Callable<Boolean> rival =
            () -> {
              start.await();
              return new ManifestStore(fs, campaign).publish(manifest(number, name));
            };
        results.add(pool.submit(rival));
      }
      start.countDown();
      int won = 0;
      for (Future<Boolean> r : results) {
        won += r.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
    pool.shutdown();
  }

  @Test
  void failingToWriteLeavesTheCampaignAsItWas() throws IOException {
    ManifestStore store = new ManifestStore(fs, campaign);
    store.publish(manifest(1, "run"));
    FileSystem full =
        new FilterFileSystem(fs) {
          @Override
          public FSDataOutputStream create(org.apache.hadoop.fs.Path f, boolean overwrite)
              throws IOException {
            throw new IOException("no space left");
          }
        };
    ManifestStore broken = new ManifestStore(full, campaign, ExclusiveRename.on(fs));
    assertThatThrownBy(() -> broken.publish(manifest(2, "run"))).hasMessage("no space left");
    assertThat(store.latest()).contains(manifest(1, "run"));
  }

  @Test
  void failingToRenameLeavesTheCampaignAsItWas() throws IOException {
    ManifestStore broken =
        new ManifestStore(
            fs,
            campaign,
            (from, to) -> {
              throw new IOException("connection lost");
            });
    assertThatThrownBy(() -> broken.publish(manifest(1, "run")))
        .isInstanceOf(CommitUnknownException.class)
        .hasMessageContaining("not known whether manifest 1 was committed (connection lost)");
    assertThat(new ManifestStore(fs, campaign).latest()).isEmpty();
    assertThat(files()).as("the manifest may be on its way yet").hasSize(1);
    assertThat(new ManifestStore(fs, campaign).publish(manifest(1, "again"))).isTrue();
  }

  @Test
  void aRivalsManifestAfterALostAnswerIsALostRace() throws IOException {
    ManifestStore rival = new ManifestStore(fs, campaign);
    ManifestStore broken =
        new ManifestStore(
            fs,
            campaign,
            (from, to) -> {
              rival.publish(manifest(1, "rival"));
              throw new IOException("connection lost");
            });
    assertThat(broken.publish(manifest(1, "run"))).isFalse();
    assertThat(rival.latest()).contains(manifest(1, "rival"));
  }

  @Test
  void aRenameWhoseAnswerWasLostIsACommit() throws IOException {
    ExclusiveRename real = ExclusiveRename.on(fs);
    ManifestStore broken =
        new ManifestStore(
            fs,
            campaign,
            (from, to) -> {
              real.rename(from, to);
              throw new IOException("connection lost");
            });
    assertThat(broken.publish(manifest(1, "run"))).isTrue();
    assertThat(broken.latest()).contains(manifest(1, "run"));
  }

  @Test
  void aCampaignOfAnotherLayoutIsRefusedAndSaysWhatToDo() throws IOException {
    String old =
        """
        {"number": 1, "parent": 0, "runId": "r", "created": "2026-01-01T00:00:00Z",
         "software": "0", "modelDigest": "none", "settingsDigest": "s", "settings": [],
         "units": [], "runs": []}
        """;
    fs.mkdirs(campaign.manifests());
    ManifestStore store = new ManifestStore(fs, campaign);
    try (FSDataOutputStream out = fs.create(store.path(1))) {
      out.write(old.getBytes(StandardCharsets.UTF_8));
    }
    for (Callable<Object> read :
        List.<Callable<Object>>of(store::latest, store::all, () -> store.numbered(1))) {
      assertThatThrownBy(read::call)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("000001.json")
          .hasMessageEndingWith("reprocess the archive into another --campaign")
          .message()
          .hasLineCount(1);
    }
  }

  @Test
  void leftoversOfADeadPublisherAreInvisible() throws IOException {
    fs.mkdirs(campaign.manifests());
    fs.create(new org.apache.hadoop.fs.Path(campaign.manifests(), ".000001.json.dead")).close();
    assertThat(new ManifestStore(fs, campaign).latest()).isEmpty();
  }

  List<String> files() throws IOException {
    List<String> names = new ArrayList<>();
    for (var f : fs.listStatus(campaign.manifests())) {
      names.add(f.getPath().getName());
    }
    return names;
  }

  /** The same for the same arguments, with the time at which it was first made. */
  static Manifest manifest(int number, String runId) {
    return MADE.computeIfAbsent(number + runId, k -> made(number, runId));
  }

  private static Manifest made(int number, String runId) {
    return ManifestBuilder.after(number - 1)
        .runId(runId)
        .created("2026-01-01T00:00:00Z")
        .software("test")
        .settingsDigest("s")
        .build();
  }
}
