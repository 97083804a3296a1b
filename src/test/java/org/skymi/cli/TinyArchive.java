package org.skymi.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skymi.fits.FrameWriter;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.survey.FrameId;

/** Simulated plates of few fibres and pixels, in the layout of an archive. */
final class TinyArchive {
  static final int FIBRES = 24;
  private static final int LAST_LMJD = 58000;

  private TinyArchive() {}

  /** Writes plates P1, P2 ... of successive nights from LMJD 58001 on. */
  static List<Path> write(Path root, int plates) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 1; i <= plates; i++) {
      files.addAll(plate(root, i));
    }
    return files;
  }

  /** Writes one plate: one exposure, one spectrograph, both arms. */
  private static List<Path> plate(Path root, int number) throws IOException {
    List<Path> files = new ArrayList<>();
    PlateDesign design =
        new PlateDesign(
            "P" + number,
            LAST_LMJD + number,
            new int[] {1},
            FIBRES,
            1,
            Moon.DARK,
            1800,
            number,
            400,
            400,
            Set.of());
    PlateSimulator simulator = new PlateSimulator(design);
    for (FrameId id : simulator.ids()) {
      SimulatedFrame simulated = simulator.frame(id);
      Path folder =
          Files.createDirectories(
              root.resolve(id.plate().night().label()).resolve(id.plate().planId()));
      Path file = folder.resolve(id.fileStem() + ".fits.gz");
      try (OutputStream out = FrameWriter.gzip(Files.newOutputStream(file))) {
        FrameWriter.write(
            simulated.frame(), Optional.of(simulated.truthSky()), Optional.empty(), out);
      }
      files.add(file);
    }
    return files;
  }
}
