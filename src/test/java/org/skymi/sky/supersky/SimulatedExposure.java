package org.skymi.sky.supersky;

import java.util.Arrays;
import org.skymi.math.RobustStatistics;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.judge.Folds;
import org.skymi.sky.judge.TruthStatistics;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.SkyBand;

/** Both arms of a simulated spectrograph and exposure, their classical analysis and the truth. */
final class SimulatedExposure {
  final SimulatedFrame[] simulated = new SimulatedFrame[Instrument.LAMOST.arms().size()];
  final CleanFrame[] clean = new CleanFrame[Instrument.LAMOST.arms().size()];
  final FibreMap fibres;
  final Folds folds;

  /** By fold, the last one from everything; made when asked for. */
  private final SpectrographSky[] analyses;

  SimulatedExposure(PlateDesign design) {
    PlateSimulator simulator = new PlateSimulator(design);
    for (FrameId id : simulator.ids()) {
      simulated[id.arm().ordinal()] = simulator.frame(id);
      clean[id.arm().ordinal()] = CleanFrame.of(simulated[id.arm().ordinal()].frame());
    }
    fibres = simulated[0].frame().fibres();
    folds = Folds.blocks(fibres.size(), fibres.indicesOf(FibreType.SKY));
    analyses = new SpectrographSky[folds.count() + 1];
  }

  /** One full-size spectrograph. */
  static SimulatedExposure fullSize(long seed, int spectrograph, Moon moon) {
    return new SimulatedExposure(
        PlateDesign.ideal("ACCURACY", 58000, seed)
            .withSpectrographs(new int[] {spectrograph})
            .withMoon(moon));
  }

  /** The analysis with a fold held out, -1 for none. */
  SpectrographSky analysis(int fold) {
    int k = fold < 0 ? folds.count() : fold;
    if (analyses[k] == null) {
      analyses[k] = SpectrographSky.analyse(clean, fibres, folds.mayTrain(fold));
    }
    return analyses[k];
  }

  /** The analysis from everything. */
  SpectrographSky sky() {
    return analysis(-1);
  }

  ArmSky sky(Arm arm) {
    return sky().arm(arm).orElseThrow();
  }

  /** Fibres with an object that was asked for. */
  int[] objects() {
    return fibres.where(i -> fibres.type()[i].isTarget());
  }

  float[] truth(Arm arm, int fibre) {
    return simulated[arm.ordinal()].truthSky()[fibre];
  }

  float[] full(Arm arm, int fibre) {
    return SuperSky.full(sky(), sky(arm), fibre, clean[arm.ordinal()].wavelength(fibre)).flux();
  }

  float[] pipeline(Arm arm, int fibre) {
    return SuperSky.pipeline(sky(arm), fibre, clean[arm.ordinal()].wavelength(fibre)).flux();
  }

  /** Relative error of the band-mean sky of every object fibre, %. */
  double[] errors(SkyBand band, boolean full) {
    Arm arm = Instrument.LAMOST.arm(band).orElseThrow();
    return Arrays.stream(objects())
        .mapToDouble(
            i ->
                TruthStatistics.of(
                        full ? full(arm, i) : pipeline(arm, i),
                        truth(arm, i),
                        clean[arm.ordinal()].wavelength(i))
                    .bias()[band.ordinal()])
        .toArray();
  }

  /** Shift errors, estimate minus truth at the arm's pivot, Angstrom, of all living fibres. */
  double[] shiftErrors(Arm arm) {
    SimulatedFrame s = simulated[arm.ordinal()];
    SkyGrid grid = clean[arm.ordinal()].grid();
    double[] w = clean[arm.ordinal()].wavelength(fibres.size() / 2);
    double pivot = grid.wavelength(grid.pivot());
    double u = (2 * pivot - w[0] - w[w.length - 1]) / (w[w.length - 1] - w[0]);
    double[] errors = new double[fibres.size()];
    for (int i = 0; i < errors.length; i++) {
      double d = -s.truth().shift()[i] - 0.5 * s.truth().shiftSlope()[i] * u;
      boolean alive = !clean[arm.ordinal()].isDead(i);
      errors[i] = alive ? sky(arm).calibration().shift(i) - d : Double.NaN;
    }
    // The master has the mean sky fibre's wavelengths: a common offset is no error of alignment.
    double offset = RobustStatistics.median(errors);
    return Arrays.stream(errors).map(e -> e - offset).toArray();
  }

  /** CHI_NMAD in line-free pixels of held-out sky fibres that no flag is on: their median. */
  double heldOutChi(Arm arm, boolean full) {
    double[] ofFibres = new double[fibres.size()];
    Arrays.fill(ofFibres, Double.NaN);
    for (int fold = 0; fold < folds.count(); fold++) {
      SpectrographSky held = analysis(fold);
      ArmSky own = held.arm(arm).orElseThrow();
      CleanFrame frame = clean[arm.ordinal()].corrected(own.crossTalk());
      for (int i : folds.heldOut(fold)) {
        if (sky().flag(i) != FibreFlag.GOOD) {
          continue;
        }
        double[] w = frame.wavelength(i);
        float[] sky =
            full ? SuperSky.full(held, own, i, w).flux() : SuperSky.pipeline(own, i, w).flux();
        float[] variance = frame.variance(i, sky);
        double[] chi = new double[w.length];
        for (int p = 0; p < w.length; p++) {
          boolean free = frame.grid().windowAt(w[p]) < 0 && Float.isFinite(variance[p]);
          chi[p] = free ? (frame.flux(i)[p] - sky[p]) / Math.sqrt(variance[p]) : Double.NaN;
        }
        ofFibres[i] = RobustStatistics.nmad(chi);
      }
    }
    return RobustStatistics.median(ofFibres);
  }

  /**
   * By how much the good sky fibres' mean is off the true sky's after cross-talk is removed (or
   * before), %, over the bands of an arm.
   */
  double meanSkyBias(Arm arm, boolean corrected) {
    CleanFrame frame = clean[arm.ordinal()];
    frame = corrected ? frame.corrected(sky(arm).crossTalk()) : frame;
    double sum = 0;
    int n = 0;
    for (int i : sky(arm).trained()) {
      if (simulated[arm.ordinal()].truth().contaminated()[i]) {
        continue;
      }
      double[] w = frame.wavelength(i);
      double found = 0;
      double truth = 0;
      for (int p = 0; p < w.length; p++) {
        double wavelength = w[p];
        if (Instrument.LAMOST.bands().stream()
            .anyMatch(
                b -> Instrument.LAMOST.arm(b).orElseThrow() == arm && b.contains(wavelength))) {
          found += frame.flux(i)[p];
          truth += truth(arm, i)[p];
        }
      }
      sum += found / truth - 1;
      n++;
    }
    return 100 * sum / n;
  }
}
