package org.skymi.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.SharedData;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FitsRejection.Reason;
import org.skymi.survey.InputException;
import org.skymi.survey.PlateId;

/** On the local file system; {@link HdfsInventoryTest} runs the same on HDFS. */
class InventoryTest {
  private static final Inventory.Options CHECKSUM = new Inventory.Options(true, false, 2);

  @TempDir Path folder;
  private String root;

  @BeforeEach
  void archive() throws IOException {
    root = folder.resolve("archive").toString();
    archiveAt(root);
  }

  private static void archiveAt(String root) throws IOException {
    FileSystem local = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    ArchiveFixture.write(local, new org.apache.hadoop.fs.Path(root));
  }

  @Test
  void everyFileIsAnEntryAndEveryBadOneIsNamed() {
    assertFixture(inventory(Inventory.Options.DEFAULT));
  }

  static void assertFixture(Inventory inventory) {
    assertThat(inventory.entries()).hasSize(ArchiveFixture.FILES);
    assertThat(inventory.entries()).extracting(InventoryEntry::path).isSorted();
    assertThat(inventory.problems()).isEmpty();
    assertThat(inventory.byPlate().keySet()).containsExactly(ArchiveFixture.A, ArchiveFixture.B);
    List<InventoryEntry> plate = inventory.byPlate().get(ArchiveFixture.A);
    assertThat(plate).hasSize(2);
    assertThat(Inventory.byExposure(plate)).containsOnlyKeys(83544500);
    assertThat(inventory.rejected())
        .extracting(entry -> entry.rejection().reason())
        .containsExactly(Reason.EMPTY, Reason.DUPLICATE, Reason.IDENTITY_MISMATCH, Reason.NOT_FITS);
    InventoryEntry duplicate = inventory.rejected().get(1);
    assertThat(duplicate.path()).isEqualTo("20170922/PLANB/frame-83544500-PLANA_sp01r.fits");
    assertThat(duplicate.rejection().detail())
        .contains("20170921/PLANA/frame-83544500-PLANA_sp01r.fits");
    assertThat(duplicate.nightLabel()).contains("20170922");
    assertThat(duplicate.identity().plate().night().label()).isEqualTo("20170920");
  }

  @Test
  void theFirstOfItsIdentityThatCanBeReadIsUsed() throws IOException {
    Path whole = Path.of(root, "20170921/PLANA/frame-83544500-PLANA_sp01r.fits");
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(whole.resolveSibling("0-cut.fits"), Arrays.copyOf(bytes, bytes.length - 2880));
    Inventory inventory = inventory(new Inventory.Options(false, true, 2));
    assertThat(inventory.entries()).extracting(InventoryEntry::path).isSorted();
    assertThat(reasons(inventory))
        .containsEntry("20170921/PLANA/0-cut.fits", Reason.TRUNCATED)
        .containsEntry("20170922/PLANB/" + whole.getFileName(), Reason.DUPLICATE)
        .doesNotContainKey("20170921/PLANA/" + whole.getFileName());
    assertThat(inventory.rejected())
        .filteredOn(entry -> entry.rejection().reason() == Reason.DUPLICATE)
        .allMatch(entry -> entry.rejection().detail().endsWith("PLANA/" + whole.getFileName()));

    Files.write(whole, Arrays.copyOf(bytes, bytes.length - 2880));
    assertThat(inventory(new Inventory.Options(false, true, 2)).usable())
        .extracting(InventoryEntry::path)
        .contains("20170922/PLANB/" + whole.getFileName());
    assertThat(reasons(inventory(Inventory.Options.DEFAULT)))
        .containsEntry("20170921/PLANA/" + whole.getFileName(), Reason.DUPLICATE)
        .doesNotContainKey("20170921/PLANA/0-cut.fits");
  }

  private static Map<String, Reason> reasons(Inventory inventory) {
    return inventory.rejected().stream()
        .collect(Collectors.toMap(InventoryEntry::path, entry -> entry.rejection().reason()));
  }

  @Test
  void itComesBackFromItsText() throws IOException {
    Inventory inventory = inventory(CHECKSUM);
    StringWriter text = new StringWriter();
    String hash = InventoryStore.write(inventory, text);
    assertThat(InventoryStore.read("it", new StringReader(text.toString()))).isEqualTo(inventory);
    assertThat(hash).isEqualTo(InventoryStore.contentHash(inventory)).hasSize(64);
  }

  @Test
  void aTextThatWasCutOrChangedIsRefused() throws IOException {
    StringWriter out = new StringWriter();
    InventoryStore.write(inventory(CHECKSUM), out);
    String text = out.toString();
    for (String bad :
        List.of(
            "",
            text.substring(0, text.length() / 2),
            text.substring(0, text.lastIndexOf('#')),
            text.replace("PLANA_sp01r", "PLANA_sp01x"))) {
      assertThatThrownBy(() -> InventoryStore.read("it", new StringReader(bad)))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("it");
    }
  }

  @Test
  void oddPathsComeBack() throws IOException {
    InventoryEntry entry = inventory(CHECKSUM).entries().get(0);
    List<InventoryEntry> odd = new ArrayList<>();
    for (String path : new String[] {"#a", "a\tb", "a\\nb\n", "b\\", "# sha256\t0", "é:+ .fits"}) {
      odd.add(new InventoryEntry(path, entry.identity(), entry.fingerprint(), null));
    }
    Inventory inventory = new Inventory("file:/#odd\t", odd, List.of());
    StringWriter text = new StringWriter();
    InventoryStore.write(inventory, text);
    assertThat(InventoryStore.read("it", new StringReader(text.toString()))).isEqualTo(inventory);
  }

  @Test
  void theFingerprintTellsChangedFilesApart() throws IOException {
    Inventory before = inventory(CHECKSUM);
    assertThat(InventoryStore.contentHash(inventory(CHECKSUM)))
        .isEqualTo(InventoryStore.contentHash(before));
    Path file = Path.of(root, "20170921/PLANA/frame-83544500-PLANA_sp01r.fits");
    byte[] bytes = Files.readAllBytes(file);
    var modified = Files.getLastModifiedTime(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, modified);
    assertThat(InventoryStore.contentHash(inventory(CHECKSUM)))
        .isNotEqualTo(InventoryStore.contentHash(before));
  }

  @Test
  void aFolderThatCannotBeReadIsReported() throws IOException {
    Path closed = Files.createDirectory(Path.of(root, "20170930"));
    Archive archive = Archive.open(root, new Configuration());
    Files.delete(closed);
    Files.createSymbolicLink(closed, Path.of("/"));
    Files.createSymbolicLink(Path.of(root, "out.fits"), Path.of("/etc/hostname"));
    Path file = Path.of(root, "20170922/PLANB/text.fits");
    Files.createSymbolicLink(Path.of(root, "within.fits"), file);
    ArchiveListing listing = ArchiveListing.of(archive, 2);
    assertThat(listing.problems())
        .extracting(ArchiveListing.Problem::path)
        .containsExactly("20170930", "out.fits");
    assertThat(listing.files()).extracting(ArchiveFile::path).contains("within.fits");
    assertThat(listing.files()).hasSize(ArchiveFixture.FILES + 1);
  }

  @Test
  void otherNamesOfFitsAreRead() throws Exception {
    Path night = Path.of(root, "20170921/PLANA");
    byte[] red = Files.readAllBytes(night.resolve("frame-83544500-PLANA_sp01r.fits"));
    for (String ending : new String[] {"fit", "fts", "FITS", "fits.bz2", "fit.gz", "fits.fz"}) {
      Path alone = Files.createDirectories(folder.resolve(ending));
      Files.write(alone.resolve("frame-83544500-PLANA_sp01r." + ending), red);
      Inventory inventory =
          Inventory.build(
              Archive.open(alone.toString(), new Configuration()),
              Inventory.Options.DEFAULT,
              done -> {});
      assertThat(inventory.usable()).as(ending).hasSize(1);
    }
  }

  @Test
  void dataThatIsNotReadIsAnEntryOfItsKind() throws IOException {
    String[] names = {"a.fits.Z", "b.fits.xz", "c.fit.zip", "d.tar", "e.TGZ", "night.tar.gz"};
    for (String name : names) {
      Files.write(Path.of(root, name), new byte[10]);
    }
    for (String name : new String[] {"a.fits.md5", "b.txt", "c.png", ".d.fits.Z", "f.fits.part"}) {
      Files.write(Path.of(root, name), new byte[10]);
    }
    Inventory inventory = inventory(Inventory.Options.DEFAULT);
    List<String> unread =
        inventory.rejected().stream()
            .filter(entry -> entry.rejection().reason() == Reason.NOT_READ)
            .map(InventoryEntry::path)
            .toList();
    assertThat(unread).containsExactly(names);
    assertThat(DataName.unread(unread))
        .isEqualTo("1 .fit.zip, 1 .fits.xz, 1 .fits.z, 1 .tar, 1 .tar.gz, 1 .tgz");
    assertThat(inventory.entries()).hasSize(ArchiveFixture.FILES + names.length);
  }

  @Test
  void aLinkToNothingAndANameThatCannotBeDecodedAreReported() throws Exception {
    Files.createSymbolicLink(Path.of(root, "gone.fits"), Path.of(root, "nowhere"));
    Files.createSymbolicLink(Path.of(root, "20180101"), Path.of(root, "nowhere"));
    Files.createSymbolicLink(Path.of(root, "gone.txt"), Path.of(root, "nowhere"));
    shell("touch \"$(printf 'caf\\351.fits')\" \"$(printf 'caf\\352.fits')\"");
    Inventory inventory = inventory(Inventory.Options.DEFAULT);
    assertThat(inventory.problems())
        .extracting(ArchiveListing.Problem::path)
        .containsExactly("20180101", "caf%E9.fits", "caf%EA.fits", "gone.fits");
    assertThat(inventory.problems())
        .extracting(ArchiveListing.Problem::message)
        .containsOnly("a symbolic link to nothing", "its name can't be decoded in this locale");
  }

  @Test
  @Timeout(20)
  void aPipeIsReportedAndNotWaitedFor() throws Exception {
    shell("mkfifo pipe.fits 20170922/PLANB/pipe.fits.gz");
    Inventory inventory = inventory(CHECKSUM);
    assertThat(inventory.problems())
        .extracting(ArchiveListing.Problem::path)
        .containsExactly("20170922/PLANB/pipe.fits.gz", "pipe.fits");
    assertThat(inventory.entries()).hasSize(ArchiveFixture.FILES);
  }

  private void shell(String command) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", command).directory(new java.io.File(root)).start();
    assumeTrue(process.waitFor() == 0, "this file system does not take it");
  }

  @Test
  void aHeaderOfMoreThan64KiBIsReadWhole() throws IOException {
    Path file = Path.of(root, "20170921/PLANA/frame-83544500-PLANA_sp01r.fits");
    byte[] bytes = Files.readAllBytes(file);
    byte[] comment = "COMMENT ".concat(" ".repeat(72)).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream longer = new ByteArrayOutputStream();
    longer.write(bytes, 0, 80 * 6);
    for (int i = 0; i < 36 * 40; i++) {
      longer.writeBytes(comment);
    }
    longer.write(bytes, 80 * 6, bytes.length - 80 * 6);
    Files.write(file, longer.toByteArray());
    assertThat(inventory(Inventory.Options.DEFAULT).byPlate().get(ArchiveFixture.A)).hasSize(2);
  }

  @Test
  void aRootWhoseNameHasPatternsInIt() throws IOException {
    root = folder.resolve("nights [2017]{a,b}*").toString();
    archiveAt(root);
    assertFixture(inventory(CHECKSUM));
  }

  @Test
  void aFileThatCannotBeReadIsAnEntry() throws IOException {
    FileSystem checked = FileSystem.getLocal(new Configuration());
    var path = new org.apache.hadoop.fs.Path(root, "checked.fits");
    ArchiveFixture.put(checked, path, new byte[5000]);
    // Hadoop's own checksum beside the file disagrees now.
    Files.write(Path.of(root, "checked.fits"), new byte[] {1, 2, 3});
    InventoryEntry entry = inventory(Inventory.Options.DEFAULT).entries().get(7);
    assertThat(entry.path()).isEqualTo("checked.fits");
    assertThat(entry.rejection().reason()).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void aRootThatIsNoFolder() {
    Configuration configuration = new Configuration();
    assertThatThrownBy(() -> Archive.open(root + "/nothing", configuration))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> Archive.open(root + "/README.txt", configuration))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no folder");
  }

  @Test
  void theRealArchivesAreAllUsable() {
    Archive archive = Archive.open(SharedData.path("lamost").toString(), new Configuration());
    Inventory inventory = Inventory.build(archive, Inventory.Options.DEFAULT, done -> {});
    assertThat(inventory.entries()).hasSize(295);
    assertThat(inventory.rejected()).isEmpty();
    assertThat(inventory.entries())
        .allMatch(entry -> entry.identity().kind() == FitsKind.RELEASE_SPECTRUM);
    // DR1 and DR5 hold the same plate, in other spectrographs.
    assertThat(inventory.byPlate().keySet())
        .contains(new PlateId("B6212", 55862), new PlateId("HD103621N361936B01", 58575))
        .hasSize(5);
  }

  @Test
  void realMediumResolutionSpectraAreKnown() {
    Archive archive = Archive.open(SharedData.path("lamost-mrs").toString(), new Configuration());
    Inventory inventory = Inventory.build(archive, Inventory.Options.DEFAULT, done -> {});
    assertThat(inventory.usable())
        .hasSize(4)
        .allMatch(entry -> entry.identity().kind() == FitsKind.MEDIUM_SPECTRUM);
  }

  @Test
  void realSpectraWithTheirSkiesAreOfOnePlate() {
    Archive archive = Archive.open(SharedData.path("boss").toString(), new Configuration());
    Inventory inventory = Inventory.build(archive, Inventory.Options.DEFAULT, done -> {});
    assertThat(inventory.rejected()).isEmpty();
    assertThat(inventory.byPlate().keySet()).containsExactly(new PlateId("SDSS-3655", 55240));
  }

  private Inventory inventory(Inventory.Options options) {
    return Inventory.build(Archive.open(root, new Configuration()), options, done -> {});
  }
}
