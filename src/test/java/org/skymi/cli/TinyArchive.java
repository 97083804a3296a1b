package org.skymi.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.skymi.fits.FrameWriter;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.PlateId;

/** Simulated plates of few fibres and pixels, in the layout of an archive. */
final class TinyArchive {
  static final int FIBRES = 24;

  /** Coarser ones show no line to calibrate a fibre by. */
  private static final int PIXELS = 700;

  private static final int LAST_LMJD = 58000;
  private static final int MINUTES_PER_DAY = 1440;

  /** What was simulated already: many tests write the same plates. */
  private static final Map<Integer, List<SimulatedFrame>> MADE = new ConcurrentHashMap<>();

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
    return plate(root, number, number);
  }

  /** Writes a plate that shows, pixel by pixel, what another shows. */
  static List<Path> plate(Path root, int as, int number) throws IOException {
    return write(root, MADE.computeIfAbsent(number, TinyArchive::simulate), as - number);
  }

  private static List<SimulatedFrame> simulate(int number) {
    return simulate(
        PlateDesign.ideal("P" + number, LAST_LMJD + number, number)
            .withFibres(FIBRES)
            .withPixels(PIXELS, PIXELS));
  }

  /** Writes a plate of some design. */
  static List<Path> write(Path root, PlateDesign design) throws IOException {
    return write(root, simulate(design), 0);
  }

  private static List<SimulatedFrame> simulate(PlateDesign design) {
    PlateSimulator simulator = new PlateSimulator(design);
    return simulator.ids().stream().map(simulator::frame).toList();
  }

  private static List<Path> write(Path root, List<SimulatedFrame> plate, int later)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (SimulatedFrame simulated : plate) {
      Frame frame = renamed(simulated.frame(), later);
      PlateId id = frame.id().plate();
      Path folder = Files.createDirectories(root.resolve(id.night().label()).resolve(id.planId()));
      Path file = folder.resolve(frame.id().fileStem() + ".fits.gz");
      try (OutputStream out = FrameWriter.gzip(Files.newOutputStream(file))) {
        FrameWriter.write(frame, Optional.of(simulated.truthSky()), Optional.empty(), out);
      }
      files.add(file);
    }
    return files;
  }

  /** A frame some nights and plates later. */
  private static Frame renamed(Frame f, int later) {
    FrameId id = f.id();
    int lmjd = id.plate().lmjd() + later;
    PlateId plate = new PlateId("P" + (lmjd - LAST_LMJD), lmjd);
    FrameId other =
        new FrameId(plate, id.lmjm() + later * MINUTES_PER_DAY, id.spectrograph(), id.arm());
    return new Frame(other, f.pointing(), f.fibres(), f.flux(), f.ivar(), f.mask(), f.wavelength());
  }
}
