package org.skymi.sky;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;

/**
 * The classical analysis of one frame from a given set of training fibres: cross-talk, calibration,
 * master sky, and the line amplitudes and continuum ratios of every fibre against it. Small enough
 * to be held for all frames of a plate.
 */
public final class ArmSky {
  private static final int CROSS_TALK_PASSES = 3;

  /** Object light in a sky fibre that is worth rejecting, relative. */
  private static final double CONTAMINATION = 0.04;

  private static final double LOW = 0.3;

  private final SkyGrid grid;
  private final CrossTalk crossTalk;
  private final FibreCalibration calibration;
  private final MasterSky master;
  private final double[] continuum;
  private final int[] trained;
  private final FibreFlag[] flags;
  private final ContinuumRatio[] ratios;

  private ArmSky(
      SkyGrid grid,
      CrossTalk crossTalk,
      FibreCalibration calibration,
      MasterSky master,
      int[] trained,
      FibreFlag[] flags,
      ContinuumRatio[] ratios) {
    this.grid = grid;
    this.crossTalk = crossTalk;
    this.calibration = calibration;
    this.master = master;
    this.continuum = grid.continuum(master.coefficients);
    this.trained = trained;
    this.flags = flags;
    this.ratios = ratios;
  }

  /**
   * Analyses a frame.
   *
   * @param frame cleaned, cross-talk still in
   * @param fibres the fibre map
   * @param mayTrain which fibres may shape anything that is used for another fibre
   * @return the analysis; empty-handed ({@code !hasSky()}) if no sky fibre could train
   */
  public static ArmSky analyse(CleanFrame frame, FibreMap fibres, boolean[] mayTrain) {
    return new Analysis(frame, fibres, mayTrain).run();
  }

  /** The arm's spline space. */
  public SkyGrid grid() {
    return grid;
  }

  /** Cross-talk of the frame. */
  public CrossTalk crossTalk() {
    return crossTalk;
  }

  /** The fibres' lines. */
  public FibreCalibration calibration() {
    return calibration;
  }

  /** Spline coefficients of the mean sky, electron. */
  public double[] master() {
    return master.coefficients;
  }

  /** Normal equations that the master solves: its weights. */
  public BandedNormal normal() {
    return master.normal;
  }

  /** Variance of the master, electron^2, by coefficient. */
  public double[] masterVariance() {
    return master.variance();
  }

  /** Spline coefficients of the mean sky's continuum, electron. */
  public double[] continuum() {
    return continuum;
  }

  /** Whether any sky fibre trained. */
  public boolean hasSky() {
    return trained.length > 0;
  }

  /** The sky fibres that made the master. */
  public int[] trained() {
    return trained.clone();
  }

  /** Why a fibre was set aside. */
  public FibreFlag flag(int fibre) {
    return flags[fibre];
  }

  /** The fibre's continuum over the sky's, in coarse bins; 1 where unknown. */
  public float[] continuumRatio(int fibre) {
    return ratios[fibre].ratio();
  }

  /** Standard errors of {@link #continuumRatio}, infinite where unknown. */
  public float[] continuumRatioError(int fibre) {
    return ratios[fibre].error();
  }

  /** The steps of an analysis and what they share. */
  private static final class Analysis {
    private final CleanFrame raw;
    private final FibreMap fibres;
    private final boolean[] mayTrain;
    private final FibreFlag[] flags;
    private CleanFrame frame;
    private CrossTalk crossTalk = CrossTalk.NONE;
    private FibreCalibration calibration;
    private int[] skies;
    private double[] gain;
    private MasterSky master;

    Analysis(CleanFrame raw, FibreMap fibres, boolean[] mayTrain) {
      this.raw = raw;
      this.fibres = fibres;
      this.mayTrain = mayTrain;
      this.frame = raw;
      this.flags = new FibreFlag[raw.fibres()];
      for (int i = 0; i < flags.length; i++) {
        flags[i] = raw.isDead(i) ? FibreFlag.DEAD : FibreFlag.GOOD;
      }
    }

    ArmSky run() {
      calibration = FibreCalibration.none(raw);
      selectSkies();
      gain = new double[skies.length];
      Arrays.fill(gain, 1);
      fitMaster();
      for (int pass = 0; pass < CROSS_TALK_PASSES; pass++) {
        calibration = calibration.improved(frame, master.coefficients, skies, mayTrain);
        fitMaster();
        estimateCrossTalk();
        fitMaster();
        rejectContaminated(pass == 0 ? 3 : 1);
      }
      int[] all = IntStream.range(0, frame.fibres()).toArray();
      calibration = calibration.improved(frame, master.coefficients, all, mayTrain);
      fitMaster();
      calibration = calibration.improved(frame, master.coefficients, all, mayTrain);
      flagLow();
      double[] continuum = frame.grid().continuum(master.coefficients);
      ContinuumRatio[] ratios = new ContinuumRatio[all.length];
      Arrays.setAll(ratios, i -> ContinuumRatio.of(frame, calibration, i, continuum));
      return new ArmSky(frame.grid(), crossTalk, calibration, master, skies, flags, ratios);
    }

    private void selectSkies() {
      skies =
          fibres.where(
              i -> fibres.type()[i] == FibreType.SKY && mayTrain[i] && flags[i] == FibreFlag.GOOD);
    }

    private void fitMaster() {
      double[] previous = master == null ? null : master.coefficients;
      if (previous != null) {
        double sum = 0;
        for (int k = 0; k < skies.length; k++) {
          gain[k] = MasterSky.gainOf(frame, calibration, skies[k], previous);
          sum += gain[k];
        }
        // The master is the mean sky fibre: gains are relative.
        for (int k = 0; k < skies.length; k++) {
          gain[k] *= skies.length / sum;
        }
      }
      master = MasterSky.fit(frame, calibration, skies, gain, previous);
    }

    private void estimateCrossTalk() {
      double[] lineGain = new double[skies.length];
      for (int k = 0; k < skies.length; k++) {
        lineGain[k] = calibration.gain[skies[k]];
      }
      double[] continuum = frame.grid().continuum(master.coefficients);
      crossTalk = crossTalk.plus(CrossTalk.estimate(frame, continuum, skies, lineGain));
      frame = raw.corrected(crossTalk);
    }

    /**
     * Sets sky fibres aside that hold object light: their continuum stands out above the other sky
     * fibres', as their lines would have it.
     */
    private void rejectContaminated(double tolerance) {
      int[] candidates =
          fibres.where(i -> fibres.type()[i] == FibreType.SKY && mayTrain[i] && !frame.isDead(i));
      if (candidates.length < 4) {
        return;
      }
      double[] continuum = frame.grid().continuum(master.coefficients);
      double[] excess = new double[candidates.length];
      double[] error = new double[candidates.length];
      for (int k = 0; k < candidates.length; k++) {
        int i = candidates[k];
        ContinuumRatio ratio = ContinuumRatio.of(frame, calibration, i, continuum);
        double sum = 0;
        double weight = 0;
        for (int b = 0; b < ratio.ratio().length; b++) {
          double e = ratio.error()[b];
          if (Double.isFinite(e)) {
            double w = 1 / (e * e + 0.02 * 0.02);
            sum += w * ratio.ratio()[b];
            weight += w;
          }
        }
        excess[k] = weight > 0 ? sum / weight / calibration.gain[i] : Double.NaN;
        double lineError = Math.min(0.05, calibration.gainError[i]);
        error[k] = weight > 0 ? Math.hypot(1 / Math.sqrt(weight), lineError) : Double.NaN;
      }
      double centre = RobustStatistics.median(excess);
      double scatter = RobustStatistics.nmad(excess);
      for (int k = 0; k < candidates.length; k++) {
        double off = excess[k] - centre;
        double allowed =
            tolerance
                * Math.max(CONTAMINATION, Math.max(4 * error[k], 3 * Math.min(scatter, 0.02)));
        boolean odd = Double.isNaN(off) || Math.abs(off) > allowed;
        flags[candidates[k]] =
            !odd ? FibreFlag.GOOD : off > 0 ? FibreFlag.CONTAMINATED : FibreFlag.OUTLIER;
      }
      int[] before = skies;
      selectSkies();
      if (skies.length < 2) {
        skies = before;
      }
      gain = new double[skies.length];
      Arrays.fill(gain, 1);
      fitMaster();
    }

    private void flagLow() {
      for (int i = 0; i < flags.length; i++) {
        boolean known = calibration.gainError[i] < 0.1;
        if (flags[i] == FibreFlag.GOOD && known && calibration.gain[i] < LOW) {
          flags[i] = FibreFlag.LOW_THROUGHPUT;
        }
      }
    }
  }
}
