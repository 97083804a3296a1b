package org.skymi.experiment.simulator;

import java.util.ArrayList;
import java.util.List;
import org.skymi.math.RobustStatistics;
import org.skymi.simulate.Effect;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.Site;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

/**
 * Sky levels of a site as DESI's table has them: median of the sky fibres' red light. Cross-talk is
 * left out, because DESI's extraction takes it off.
 */
final class SimulatedLevels {
  private static final double LOW = 6000; // Angstrom
  private static final double HIGH = 6800;

  /** Enough for a median; lines are outnumbered. */
  private static final int PIXELS = 900;

  private SimulatedLevels() {}

  /**
   * Sky fibres of some nights.
   *
   * @param nights number of nights
   * @param plates of a night
   * @param exposures of a plate
   * @param spectrographs of each plate
   * @param seed of the plates
   */
  static List<SkyLevel> of(
      Site site, int nights, int plates, int exposures, int spectrographs, long seed) {
    List<SkyLevel> levels = new ArrayList<>();
    for (int k = 0; k < nights * plates; k++) {
      PlateSimulator simulator =
          new PlateSimulator(
              PlateDesign.of("LEVEL" + k, 58300 + k / plates, seed)
                  .withSpectrographs(spectrographs)
                  .withExposures(exposures)
                  .withPixels(100, PIXELS)
                  .withSite(site.without(Effect.CROSS_TALK)));
      int plate = k;
      simulator.ids().parallelStream()
          .filter(id -> id.arm() == Arm.RED)
          .map(id -> simulator.frame(id).frame())
          .toList()
          .forEach(frame -> add(levels, frame, plate));
    }
    return levels;
  }

  private static void add(List<SkyLevel> levels, Frame frame, int plate) {
    FrameId id = frame.id();
    for (int i : frame.fibres().indicesOf(FibreType.SKY)) {
      double[] light = new double[frame.pixelCount()];
      for (int p = 0; p < light.length; p++) {
        double w = frame.wavelength()[i][p];
        boolean counts = w > LOW && w < HIGH && frame.ivar()[i][p] > 0;
        light[p] = counts ? frame.flux()[i][p] : Double.NaN;
      }
      levels.add(
          new SkyLevel(
              id.plate().lmjd(),
              plate,
              id.lmjm(),
              id.spectrograph(),
              1000 * id.spectrograph() + i,
              frame.fibres().x()[i],
              frame.fibres().y()[i],
              RobustStatistics.median(light)));
    }
  }
}
