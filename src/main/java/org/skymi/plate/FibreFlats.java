package org.skymi.plate;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.skymi.archive.Archive;
import org.skymi.archive.ArchiveFile;
import org.skymi.archive.ArchiveListing;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.FitsRejection;
import org.skymi.fits.FrameReader;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.InputException;

/**
 * DESI's flats of fibres in a folder, {@code fiberflat*-CAMERA-*.fits}; frames are extracted
 * without. Several threads may ask.
 */
final class FibreFlats {
  /** None: frames stay as they are. */
  static final FibreFlats NONE = new FibreFlats(null, List.of());

  private final Archive folder;
  private final List<String> files;
  private final Map<String, float[][]> read = new HashMap<>();

  private FibreFlats(Archive folder, List<String> files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Those of a folder.
   *
   * @param folder by path or URI; empty for none
   * @throws InputException if there is no such folder
   */
  static FibreFlats of(String folder, Configuration configuration) {
    if (folder.isEmpty()) {
      return NONE;
    }
    Archive archive = Archive.open(folder, configuration);
    return new FibreFlats(
        archive, ArchiveListing.of(archive, 1).files().stream().map(ArchiveFile::path).toList());
  }

  boolean isNone() {
    return folder == null;
  }

  /**
   * A frame with its flat taken out.
   *
   * @throws InputException if there is none for its camera, or not one alone for its night, or it
   *     can't be used
   */
  Frame flattened(Frame frame) throws IOException {
    Optional<String> file = isNone() ? Optional.empty() : Optional.of(file(frame.id()));
    if (file.isEmpty()) {
      return frame;
    }
    try {
      return frame.flattened(flat(file.get()));
    } catch (IllegalArgumentException | FitsRejection e) {
      throw new InputException(folder.uri(file.get()) + ": " + e.getMessage(), e);
    }
  }

  private synchronized float[][] flat(String file) throws IOException, FitsRejection {
    float[][] known = read.get(file);
    if (known == null) {
      byte[] raw = folder.read(file, FitsLimits.DEFAULT);
      known = FrameReader.readFlat(file, raw, FitsLimits.DEFAULT);
      read.put(file, known);
    }
    return known;
  }

  /** The one of the camera; of several the one that has the exposure or night in its name. */
  private String file(FrameId id) {
    String camera = String.format(Locale.ROOT, "-%c%d-", id.arm().letter(), id.spectrograph() - 1);
    List<String> own =
        files.stream()
            .filter(f -> name(f).startsWith("fiberflat") && name(f).contains(camera))
            .toList();
    for (String mark :
        List.of(String.format(Locale.ROOT, "%08d", id.lmjm()), id.plate().night().label())) {
      List<String> marked = own.stream().filter(f -> name(f).contains(mark)).toList();
      own = own.size() > 1 && !marked.isEmpty() ? marked : own;
    }
    if (own.size() != 1) {
      throw new InputException(
          folder.root()
              + ": "
              + (own.isEmpty() ? "no flat" : own.size() + " flats that may be")
              + " of "
              + id);
    }
    return own.get(0);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
