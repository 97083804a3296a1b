package org.skymi.experiment.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.judge.Folds;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.sky.supersky.SuperSky;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;

/**
 * What Super Sky and {@code full} leave of the recorded light of held-out sky fibres, as the
 * published figures of LAMOST's sky subtraction are measured (Bai et al. 2017): with its noise, in
 * fibres that the pipeline does not reject.
 */
final class SkyResiduals {
  private static final double BIN = 100; // Angstrom, of continuum
  private static final double FIRST = 4500; // Angstrom; below there is mostly noise
  private static final double CLEAR = 20; // standard errors of a line that counts
  private static final int EDGE = 4; // pixels on either side of a line window

  /**
   * Means over the sky fibres of an exposure, %.
   *
   * @param continuum residual over sky in bins of 100 Angstrom without lines, from 4500 Angstrom on
   * @param line residual in a line's window over the line above its continuum, of lines that stand
   *     out of the noise, by their light
   */
  record Means(double continuum, double line) {}

  private SkyResiduals() {}

  /**
   * Simulates an exposure of one spectrograph and subtracts the sky.
   *
   * @return of Super Sky and of {@code full}
   */
  static Means[] of(PlateDesign design) {
    PlateSimulator simulator = new PlateSimulator(design);
    CleanFrame[] frames = new CleanFrame[Instrument.LAMOST.arms().size()];
    FibreMap fibres = null;
    for (FrameId id : simulator.ids()) {
      SimulatedFrame simulated = simulator.frame(id);
      frames[id.arm().ordinal()] = CleanFrame.of(simulated.frame());
      fibres = simulated.frame().fibres();
    }
    List<List<double[]>> ofMethods = List.of(new ArrayList<>(), new ArrayList<>());
    Folds folds = Folds.blocks(fibres.size(), fibres.indicesOf(FibreType.SKY));
    boolean[] all = new boolean[fibres.size()];
    Arrays.fill(all, true);
    SpectrographSky whole = SpectrographSky.analyse(frames, fibres, all);
    for (int fold = 0; fold < folds.count(); fold++) {
      SpectrographSky sky = SpectrographSky.analyse(frames, fibres, folds.mayTrain(fold));
      for (int i : folds.heldOut(fold)) {
        boolean good = whole.flag(i) == FibreFlag.GOOD;
        for (int method = 0; good && method < ofMethods.size(); method++) {
          ofMethods.get(method).add(residual(sky, frames, i, method == 1));
        }
      }
    }
    return ofMethods.stream()
        .map(rows -> new Means(mean(rows, 0), mean(rows, 1)))
        .toArray(Means[]::new);
  }

  private static double[] residual(
      SpectrographSky both, CleanFrame[] frames, int fibre, boolean full) {
    Sums sums = new Sums();
    for (Arm arm : Instrument.LAMOST.arms()) {
      ArmSky own = both.arm(arm).orElseThrow();
      CleanFrame frame = frames[arm.ordinal()].corrected(own.crossTalk());
      double[] wavelength = frame.wavelength(fibre);
      float[] sky =
          (full
                  ? SuperSky.full(both, own, fibre, wavelength)
                  : SuperSky.pipeline(own, fibre, wavelength))
              .flux();
      sums.add(frame.flux(fibre), frame.variance(fibre, sky), sky, wavelength, own.grid());
    }
    return new double[] {100 * sums.continuum / sums.bins, 100 * sums.line / sums.lines};
  }

  private static double mean(List<double[]> rows, int column) {
    return rows.stream().mapToDouble(r -> r[column]).filter(Double::isFinite).average().orElse(0);
  }

  /** Residuals of one fibre, added up. */
  private static final class Sums {
    double continuum;
    int bins;
    double line;
    double lines;

    void add(float[] flux, float[] variance, float[] sky, double[] wavelength, SkyGrid grid) {
      int n = grid.windows().size();
      double[] left = new double[n];
      double[] whole = new double[n];
      double[] noise = new double[n];
      int[] first = new int[n];
      int[] last = new int[n];
      Arrays.fill(first, -1);
      double[] binLeft = new double[(int) (10000 / BIN)];
      double[] binWhole = new double[binLeft.length];
      for (int p = 0; p < wavelength.length; p++) {
        boolean counts =
            grid.covers(wavelength[p]) && wavelength[p] >= FIRST && Float.isFinite(variance[p]);
        int window = counts ? grid.windowAt(wavelength[p]) : -1;
        if (window >= 0) {
          left[window] += flux[p] - sky[p];
          whole[window] += sky[p];
          noise[window] += variance[p];
          first[window] = first[window] < 0 ? p : first[window];
          last[window] = p;
        } else if (counts) {
          binLeft[(int) (wavelength[p] / BIN)] += flux[p] - sky[p];
          binWhole[(int) (wavelength[p] / BIN)] += sky[p];
        }
      }
      for (int w = 0; w < n; w++) {
        double light = whole[w] - background(sky, first[w], last[w]);
        if (light > CLEAR * Math.sqrt(noise[w])) {
          line += Math.abs(left[w]);
          lines += light;
        }
      }
      for (int b = 0; b < binLeft.length; b++) {
        if (binWhole[b] > 0) {
          continuum += Math.abs(binLeft[b]) / binWhole[b];
          bins++;
        }
      }
    }

    /** The continuum under a window, from the pixels beside it; NaN where there are none. */
    private static double background(float[] sky, int first, int last) {
      if (first < EDGE || last + EDGE >= sky.length) {
        return Double.NaN;
      }
      double sum = 0;
      for (int k = 1; k <= EDGE; k++) {
        sum += sky[first - k] + sky[last + k];
      }
      return sum / (2 * EDGE) * (last - first + 1);
    }
  }
}
