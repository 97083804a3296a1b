package org.skymi.fits;

/** Reads a file of any kind by the reader of its kind, for callers that keep nothing of it. */
public final class AnyReader {
  private AnyReader() {}

  /**
   * Reads a file as a whole.
   *
   * @param kind as its header says
   * @param path the file, for its name and for rejections
   * @param raw the whole file, gzipped or not
   * @throws FitsRejection if it can't be used
   */
  public static void read(FitsKind kind, String path, byte[] raw) throws FitsRejection {
    switch (kind) {
      case FRAME -> FrameReader.read(path, raw);
      case FRAME_SKY -> FrameReader.readSky(path, raw, FitsLimits.DEFAULT);
      case MEDIUM_SPECTRUM -> MediumSpectrumReader.read(path, raw, FitsLimits.DEFAULT);
      case SKY_SPECTRUM -> SdssSpectrumReader.read(path, raw, FitsLimits.DEFAULT);
      case RELEASE_SPECTRUM, OTHER -> ReleaseSpectrumReader.read(path, raw);
    }
  }
}
