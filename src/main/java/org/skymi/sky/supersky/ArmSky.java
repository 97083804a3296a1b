package org.skymi.sky.supersky;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import org.skymi.math.BandedNormal;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.calibrate.ColourScatter;
import org.skymi.sky.calibrate.ContinuumRatio;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.calibrate.Throughput;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.CrossTalk;
import org.skymi.sky.frame.CrossTalkFit;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.survey.FibreMap;

/**
 * The classical analysis of one frame from a given set of training fibres: cross-talk, calibration,
 * master sky, and the line amplitudes and continuum ratios of every fibre against it. Small enough
 * to be held for all frames of a plate.
 */
public final class ArmSky implements Serializable {
  private static final int CROSS_TALK_PASSES = 3;

  /** Object light in a sky fibre that is worth rejecting, relative. */
  private static final double CONTAMINATION = 0.025;

  private static final int THIRDS = 3;

  /** Sky fibres of which one can be left out. */
  private static final int FEWEST = 3;

  /** How well lines fix a fibre's continuum beyond their noise: the two have different maps. */
  private static final double SCALE_ERROR = 0.01;

  private static final double LOW = 0.3;

  private final SkyGrid grid;
  private final boolean coadd;
  private final CrossTalk crossTalk;
  private final FibreCalibration calibration;
  private final MasterSky master;
  private final double[] continuum;
  private final int[] trained;
  private final FibreFlag[] flags;
  private final ContinuumRatio[] ratios;
  private final double[] gains;
  private final double[] lineStrength;
  private final double[] continuumLevel;

  /** Asked for by every fibre, null until the first does. */
  private transient double[] masterVariance;

  private ArmSky(
      CleanFrame frame,
      CrossTalk crossTalk,
      FibreCalibration calibration,
      MasterSky master,
      int[] trained,
      FibreFlag[] flags,
      ContinuumRatio[] ratios,
      double[] gains) {
    this.grid = frame.grid();
    this.coadd = frame.isCoadd();
    this.crossTalk = crossTalk;
    this.calibration = calibration;
    this.master = master;
    this.continuum = grid.continuum(master.coefficients);
    this.trained = trained;
    this.flags = flags;
    this.ratios = ratios;
    this.gains = gains;
    this.lineStrength = lineStrengths();
    this.continuumLevel = continuumLevels();
  }

  /**
   * Analyses a frame.
   *
   * @param frame cleaned, cross-talk still in
   * @param fibres the fibre map
   * @param mayTrain which fibres may shape anything that is used for another fibre
   * @param other the analysis of the neighbour towards the guide if there is one: sky fibres that
   *     it found object light in are not used, and its lines help to tell throughput from
   *     cross-talk
   * @return the analysis; empty-handed ({@code !hasSky()}) if no sky fibre could train
   */
  public static ArmSky analyse(
      CleanFrame frame, FibreMap fibres, boolean[] mayTrain, Optional<ArmSky> other) {
    return analyse(frame, fibres, mayTrain, i -> true, other);
  }

  /**
   * The same of some of the fibres.
   *
   * @param asked which, by index, all sky fibres among them; of the others nothing is known in the
   *     end
   */
  static ArmSky analyse(
      CleanFrame frame,
      FibreMap fibres,
      boolean[] mayTrain,
      IntPredicate asked,
      Optional<ArmSky> other) {
    return new Analysis(frame, fibres, mayTrain, asked, other.orElse(null)).run();
  }

  /**
   * The same with one fibre looked at anew, as if it had not been seen before; nothing that is used
   * for any other fibre moves.
   *
   * @param frame cross-talk still in, in which that fibre has other pixels
   * @param fibre one that trained nothing here
   */
  ArmSky with(CleanFrame frame, int fibre) {
    CleanFrame clean = frame.corrected(crossTalk);
    FibreCalibration other = calibration.with(clean, master.coefficients, fibre);
    ContinuumRatio[] seen = ratios.clone();
    seen[fibre] = ContinuumRatio.of(clean, other, fibre, continuum);
    return new ArmSky(frame, crossTalk, other, master, trained, flags, seen, gains);
  }

  /** The arm's spline space. */
  public SkyGrid grid() {
    return grid;
  }

  /** Whether its frame is made of co-added spectra. */
  boolean isCoadd() {
    return coadd;
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

  /** Variance of the master, electron^2, by coefficient; not to be changed. */
  public double[] masterVariance() {
    if (masterVariance == null) {
      masterVariance = master.variance();
    }
    return masterVariance;
  }

  /** Spline coefficients of the mean sky's continuum, electron. */
  public double[] continuum() {
    return continuum;
  }

  /** Electrons of the master's lines per fibre, by window. */
  public double lineStrength(int window) {
    return lineStrength[window];
  }

  /** Mean continuum of the master in a coarse bin, electron per pixel. */
  public double continuumLevel(int bin) {
    return continuumLevel[bin];
  }

  private double[] lineStrengths() {
    double[] strength = new double[grid.windows().size()];
    for (int k = 0; k < continuum.length; k++) {
      if (grid.windowOf(k) >= 0) {
        strength[grid.windowOf(k)] += master.coefficients[k] - continuum[k];
      }
    }
    return strength;
  }

  private double[] continuumLevels() {
    double[] level = new double[grid.bins()];
    int[] count = new int[level.length];
    for (int k = 1; k + 2 < continuum.length; k++) {
      int bin = grid.bin(grid.spline().centre(k));
      level[bin] += continuum[k];
      count[bin]++;
    }
    for (int b = 0; b < level.length; b++) {
      level[b] /= Math.max(1, count[b]);
    }
    return level;
  }

  /** Relative scatter of a pipeline's scale around the true one, as sky fibres show it. */
  public double gainScatter() {
    return gainScatter(i -> calibration.plainGain[i]);
  }

  /** How far sky fibres' own best scales are from what they would be scaled by. */
  double gainScatter(IntToDoubleFunction scale) {
    double[] off = new double[trained.length];
    for (int k = 0; k < off.length; k++) {
      off[k] = scale.applyAsDouble(trained[k]) / gains[k];
    }
    return off.length < 4 ? 0.03 : RobustStatistics.nmad(off);
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
    private final int[] asked;
    private final ArmSky other;
    private final FibreFlag[] flags;
    private CleanFrame frame;
    private CrossTalk crossTalk = CrossTalk.NONE;
    private FibreCalibration calibration;
    private int[] skies;
    private double[] gain;
    private MasterSky.Fit fit;
    private MasterSky master;

    Analysis(
        CleanFrame raw, FibreMap fibres, boolean[] mayTrain, IntPredicate asked, ArmSky other) {
      this.raw = raw;
      this.fibres = fibres;
      this.mayTrain = mayTrain;
      this.asked = fibres.where(asked);
      this.other = other;
      this.frame = raw;
      this.flags = new FibreFlag[raw.fibres()];
      for (int i = 0; i < flags.length; i++) {
        flags[i] =
            raw.isDead(i)
                ? FibreFlag.DEAD
                : fibres.hasPosition(i) ? FibreFlag.GOOD : FibreFlag.NO_POSITION;
      }
    }

    ArmSky run() {
      selectSkies();
      calibration = FibreCalibration.none(raw, skies);
      gain = new double[skies.length];
      Arrays.fill(gain, 1);
      fitMaster();
      for (int pass = 0; pass < CROSS_TALK_PASSES; pass++) {
        calibration = improved(skies);
        if (pass == 0) {
          // The first master was not aligned; later ones hardly move before cross-talk does.
          fitMaster();
        }
        estimateCrossTalk();
        fitMaster();
        rejectContaminated(pass == 0 ? 3 : 1);
      }
      calibration =
          calibration.settled(
              frame, mastersOfOthers(), this::betterMasters, asked, skies, mayTrain);
      flagLow();
      double[] continuum = frame.grid().continuum(master.coefficients);
      ContinuumRatio[] ratios = new ContinuumRatio[frame.fibres()];
      Arrays.fill(ratios, ContinuumRatio.unknown(frame.grid()));
      for (int i : asked) {
        ratios[i] = ContinuumRatio.of(frame, calibration, i, continuum);
      }
      return new ArmSky(frame, crossTalk, calibration, master, skies, flags, ratios, gain);
    }

    private FibreCalibration improved(int[] of) {
      return calibration.improved(frame, mastersOfOthers(), of, mayTrain);
    }

    private IntFunction<double[]> betterMasters(FibreCalibration of) {
      calibration = of;
      fitMaster();
      return mastersOfOthers();
    }

    /** By fibre, the master without what the fibre itself says. */
    private IntFunction<double[]> mastersOfOthers() {
      double[][] own = new double[frame.fibres()][];
      Arrays.fill(own, master.coefficients);
      for (int k = 0; k < skies.length && skies.length >= FEWEST; k++) {
        own[skies[k]] = fit.without(k).coefficients;
      }
      return i -> own[i];
    }

    private void selectSkies() {
      skies = fibres.where(i -> mayBeSky(i) && !isSuspect(i) && flags[i] == FibreFlag.GOOD);
      if (skies.length == 0) {
        // A doubtful sky is better than none.
        skies = fibres.where(this::mayBeSky);
      }
    }

    private boolean mayBeSky(int fibre) {
      return fibres.showsSky(fibre) && mayTrain[fibre] && !frame.isDead(fibre);
    }

    private boolean isSuspect(int fibre) {
      return other != null && other.flag(fibre) == FibreFlag.CONTAMINATED;
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
      fit = new MasterSky.Fit(frame, calibration, skies, gain, previous);
      master = fit.master;
    }

    private void estimateCrossTalk() {
      if (raw.isCoadd()) {
        return;
      }
      double[] scale = new double[skies.length];
      for (int k = 0; k < skies.length; k++) {
        scale[k] = scale(skies[k]);
      }
      double[] lines = Arrays.stream(skies).mapToDouble(i -> calibration.gainError[i]).toArray();
      double noise = other == null && lines.length > 0 ? RobustStatistics.median(lines) : 0;
      double error = Double.isNaN(noise) ? 1 : Math.hypot(SCALE_ERROR, noise);
      crossTalk = CrossTalkFit.estimate(raw, master.coefficients, skies, scale, error);
      frame = raw.corrected(crossTalk);
    }

    /** A fibre's throughput in the arm's middle from its own lines and the other arm's. */
    private double scale(int fibre) {
      if (other == null) {
        return calibration.gain[fibre];
      }
      List<LineWindow> windows = new ArrayList<>(frame.grid().windows());
      windows.addAll(other.grid.windows());
      return Throughput.fit(
              frame.grid().instrument().span(),
              windows,
              joined(calibration.amplitude[fibre], other.calibration.amplitude[fibre]),
              joined(calibration.amplitudeError[fibre], other.calibration.amplitudeError[fibre]),
              ColourScatter.USUAL)
          .at(frame.grid().wavelength(0));
    }

    private static float[] joined(float[] a, float[] b) {
      float[] both = Arrays.copyOf(a, a.length + b.length);
      System.arraycopy(b, 0, both, a.length, b.length);
      return both;
    }

    /**
     * Sets sky fibres aside that hold object light: in some third of the arm their continuum stands
     * out above the other sky fibres', as their lines would have it.
     */
    private void rejectContaminated(double tolerance) {
      int[] candidates = fibres.where(i -> mayBeSky(i) && fibres.hasPosition(i));
      if (candidates.length < 4) {
        return;
      }
      double[] continuum = frame.grid().continuum(master.coefficients);
      double[][] excess = new double[THIRDS][candidates.length];
      for (int k = 0; k < candidates.length; k++) {
        int i = candidates[k];
        ContinuumRatio ratio = ContinuumRatio.of(frame, calibration, i, continuum);
        for (int third = 0; third < THIRDS; third++) {
          excess[third][k] = ratio.mean(third, THIRDS) / calibration.gain[i];
        }
      }
      for (int k = 0; k < candidates.length; k++) {
        double worst = 0;
        for (double[] third : excess) {
          double allowed = Math.max(CONTAMINATION, 3.5 * RobustStatistics.nmad(third));
          double off = (third[k] - RobustStatistics.median(third)) / (tolerance * allowed);
          worst = Math.abs(off) > Math.abs(worst) ? off : worst;
        }
        boolean odd = Math.abs(worst) > 1;
        flags[candidates[k]] =
            !odd ? FibreFlag.GOOD : worst > 0 ? FibreFlag.CONTAMINATED : FibreFlag.OUTLIER;
      }
      int[] before = skies;
      selectSkies();
      if (skies.length < 2) {
        skies = before;
      }
      if (!Arrays.equals(skies, before)) {
        gain = new double[skies.length];
        fitMaster();
      }
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
