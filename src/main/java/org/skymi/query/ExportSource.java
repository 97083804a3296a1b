package org.skymi.query;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.skymi.archive.Archive;
import org.skymi.campaign.PlannedInput;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.SubtractedFrameWriter.Provenance;
import org.skymi.plate.InputReader;
import org.skymi.survey.PlateId;

/**
 * What an export's tasks read, and where they write.
 *
 * @param archive its root
 * @param to the folder of what is written
 * @param inputs by identity, the files that may hold it, {@link
 *     org.skymi.campaign.PlannedUnit#candidates}
 * @param origins what goes into the headers, by plate
 */
record ExportSource(
    String archive,
    FitsLimits limits,
    String to,
    Map<FileIdentity, List<PlannedInput>> inputs,
    Map<PlateId, Provenance> origins)
    implements Serializable {
  /** Reads the archive's files. */
  InputReader reader(Configuration configuration) throws IOException {
    return new InputReader(Archive.open(archive, configuration), limits);
  }

  /** The files that may hold what is wanted, the one to be read first. */
  List<PlannedInput> files(FileIdentity id) {
    return inputs.get(id);
  }

  /** What goes into the headers of a plate's files. */
  Provenance origin(PlateId plate) {
    return origins.get(plate);
  }

  /** Where a file of a plate is written. */
  Path file(PlateId plate, String name) {
    return new Path(new Path(new Path(to, plate.night().label()), plate.planId()), name);
  }

  /** Where a corrected spectrum is written. */
  Path file(FileIdentity id) {
    return file(id.plate(), id + ".fits.gz");
  }
}
