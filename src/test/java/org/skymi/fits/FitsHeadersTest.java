package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FitsHeadersTest {
  @Test
  void aFrameIsKnownByItsFirstBytes() throws FitsRejection {
    byte[] plain = MadeUp.bytes(MadeUp.frame(MadeUp.ID, 100, 400));
    byte[] gzip = MadeUp.gzip(plain);
    assertThat(gzip.length).isGreaterThan(2 * FitsHeaders.PREFIX);
    for (byte[] file : new byte[][] {plain, gzip}) {
      byte[] prefix = Arrays.copyOf(file, FitsHeaders.PREFIX);
      assertThat(FitsHeaders.sniff(MadeUp.NAME, prefix)).isEqualTo(FileIdentity.frame(MadeUp.ID));
      assertThat(FitsHeaders.primary(MadeUp.NAME, prefix)).isEqualTo(Arrays.copyOf(plain, 2880));
    }
  }

  @Test
  void aReleaseSpectrumIsKnownByItsHeaderAlone() throws FitsRejection {
    MadeUpRelease release = MadeUpRelease.dr9();
    byte[] header = FitsHeaders.primary(release.name(), release.bytes());
    FileIdentity identity = FitsHeaders.sniff(release.name(), header);
    assertThat(identity.kind()).isEqualTo(FitsKind.RELEASE_SPECTRUM);
    assertThat(identity).hasToString("spec-58575-HD10N36B01_sp03-017");
    assertThat(identity.frameId()).isEmpty();
  }

  @Test
  void otherFitsIsOther() throws FitsRejection {
    byte[] bytes = MadeUpRelease.dr7().without("PLANID").bytes();
    assertThat(FitsHeaders.sniff("atlas.fits", bytes)).isEqualTo(FileIdentity.OTHER);
  }
}
