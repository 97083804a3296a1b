package org.skymi.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.skymi.archive.Archive;
import org.skymi.archive.ArchiveFile;
import org.skymi.archive.ArchiveListing;
import org.skymi.archive.DataName;
import org.skymi.fits.FitsHeaders;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.FitsRejection;
import org.skymi.survey.InputException;

/** A FITS file below a folder that a command was given. */
record FitsInput(Archive archive, ArchiveFile file) {
  /** The file's bytes, as stored. */
  byte[] read() throws IOException {
    return archive.read(file.path(), FitsLimits.DEFAULT);
  }

  /**
   * The files of folders by what they hold, in the order of their names.
   *
   * @param paths folders, as paths or URIs
   * @param warnings takes a line for each file that is left out
   * @throws InputException if there are none of a known kind
   */
  static Map<FitsKind, List<FitsInput>> byKind(List<String> paths, Consumer<String> warnings)
      throws IOException {
    Configuration configuration = new Configuration();
    Map<FitsKind, List<FitsInput>> inputs = new EnumMap<>(FitsKind.class);
    for (String path : paths) {
      Archive archive = Archive.open(path, configuration);
      ArchiveListing listing = ArchiveListing.of(archive, 4);
      listing
          .problems()
          .forEach(p -> warnings.accept("skymi: left out: " + p.path() + ": " + p.message()));
      for (ArchiveFile file : listing.files()) {
        if (DataName.unread(file.path()).isPresent()) {
          warnings.accept("skymi: left out: " + file.path() + ": not read");
          continue;
        }
        try {
          byte[] header = archive.header(file.path());
          FitsKind kind = FitsHeaders.identify(file.path(), header).kind();
          inputs.computeIfAbsent(kind, k -> new ArrayList<>()).add(new FitsInput(archive, file));
        } catch (FitsRejection e) {
          warnings.accept("skymi: left out: " + e.getMessage());
        }
      }
    }
    inputs.remove(FitsKind.OTHER);
    if (inputs.isEmpty()) {
      throw new InputException("no FITS files of a known kind below " + String.join(", ", paths));
    }
    return inputs;
  }
}
