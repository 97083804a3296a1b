package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.archive.Archive;
import org.skymi.archive.Inventory;
import org.skymi.campaign.ArchiveInputs;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Quarantined;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.SpectrumFiles;
import org.skymi.survey.Arm;
import org.skymi.survey.FrameId;
import org.skymi.survey.PlateId;

/** A plate's spectra in an archive become frames, or are accounted for. */
class CoaddFramesTest {
  private static final PlateId PLATE = new PlateId("SDSS-3655", 55240);

  @TempDir private Path folder;

  @Test
  void spectraOfASpectrographBecomeItsFrames() throws IOException {
    for (int fibre = 1; fibre <= CoaddFrames.FEWEST; fibre++) {
      write(fibre);
    }
    Files.write(folder.resolve("spec-3655-55240-0099.fits"), new byte[] {1});
    Account account = new Account(unit());
    CoaddFrames frames = new CoaddFrames(unit(), reader(), account);
    FrameId red = new FrameId(PLATE, 0, 1, Arm.RED);
    assertThat(frames.ids()).containsExactly(new FrameId(PLATE, 0, 1, Arm.BLUE), red);
    assertThat(frames.read(red).orElseThrow().fibreCount()).isEqualTo(CoaddFrames.FEWEST);
    assertThat(frames.inputs(red)).hasSize(CoaddFrames.FEWEST);
    assertThat(account.quarantined()).extracting(Quarantined::reason).containsExactly("NOT_FITS");
    // The files stay used as long as one arm is.
    frames.setAside(red, "X", "why");
    assertThat(frames.read(red)).isEmpty();
    assertThat(account.quarantined()).hasSize(1);
  }

  @Test
  void tooFewAreQuarantinedWithThatReason() throws IOException {
    write(1);
    write(2);
    Account account = new Account(unit());
    CoaddFrames frames = new CoaddFrames(unit(), reader(), account);
    for (FrameId id : frames.ids()) {
      assertThat(frames.read(id)).isEmpty();
    }
    assertThat(account.quarantined())
        .hasSize(2)
        .allMatch(q -> q.reason().equals(PlateReduction.NOT_REDUCED))
        .allMatch(q -> q.message().startsWith("2 spectra of spectrograph 1"));
  }

  private void write(int fibre) throws IOException {
    float[] ones = new float[3000];
    Arrays.fill(ones, 1);
    Files.write(
        folder.resolve(String.format(Locale.ROOT, "spec-3655-55240-%04d.fits", fibre)),
        SpectrumFiles.sdss(fibre, "QSO", 36500, ones, ones, ones));
  }

  private PlannedUnit unit() {
    Archive archive = Archive.open(folder.toString(), new Configuration());
    Inventory inventory = Inventory.build(archive, Inventory.Options.DEFAULT, done -> {});
    return PlannedUnit.ofPlate(PLATE, ArchiveInputs.of(inventory));
  }

  private InputReader reader() {
    return new InputReader(
        Archive.open(folder.toString(), new Configuration()), FitsLimits.DEFAULT);
  }
}
