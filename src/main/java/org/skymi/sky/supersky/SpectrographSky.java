package org.skymi.sky.supersky;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.skymi.math.NormalEquations;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.calibrate.ColourScatter;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.calibrate.Throughput;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.LineGroup;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.Instrument;

/**
 * The classical analysis of one spectrograph and exposure: its arms, joined by each fibre's
 * throughput, and how the ratio of continuum to lines changes over the field (moonlight and airglow
 * have different maps).
 */
public final class SpectrographSky implements Serializable {
  /** Scatter of a line group's amplitude around the throughput, relative. */
  private static final double GROUP_SCATTER = 0.015;

  /** Standard errors beyond which a line's amplitude is not the sky's. */
  private static final double CUT = 6;

  /**
   * How far a co-added spectrum's own continuum is to be expected from what lines and field say of
   * it, relative, and its terms with u.
   */
  private static final double[] OWN_CONTINUUM = {0.1, 0.05, 0.05};

  private static final int CONTINUUM_PASSES = 5;

  /** Gradients of the continuum against the lines to expect, per degree. */
  private static final double GRADIENT_PRIOR = 0.01;

  private final Instrument instrument;
  private final FibreMap fibres;
  private final ArmSky[] arms;
  private final List<LineWindow> windows = new ArrayList<>();
  private final int[] offset;
  private final double[][] maps;

  /** By fibre, null until asked for: each arm asks, and each method. */
  private transient Throughput.Estimate[] throughputs;

  /** Scatter of the fibres' colours. */
  private double colours;

  private double centreX;
  private double centreY;

  private SpectrographSky(Instrument instrument, FibreMap fibres) {
    this.instrument = instrument;
    this.fibres = fibres;
    int count = instrument.arms().size();
    this.arms = new ArmSky[count];
    this.offset = new int[count];
    this.maps = new double[count][];
  }

  /**
   * Analyses all arms, the instrument's guide first: what its many lines say of throughput and of
   * object light in sky fibres serves its neighbours, and so on.
   *
   * @param frames by arm's ordinal, null for a missing arm, at least one not
   * @param fibres the fibre map
   * @param mayTrain which fibres may shape anything that is used for another fibre
   */
  public static SpectrographSky analyse(CleanFrame[] frames, FibreMap fibres, boolean[] mayTrain) {
    return analyse(frames, fibres, mayTrain, i -> true);
  }

  /**
   * The same of some of the fibres, which takes less.
   *
   * @param asked which, by index, all sky fibres among them; of the others nothing is known in the
   *     end
   */
  public static SpectrographSky analyse(
      CleanFrame[] frames, FibreMap fibres, boolean[] mayTrain, IntPredicate asked) {
    Instrument instrument =
        Arrays.stream(frames)
            .filter(Objects::nonNull)
            .map(frame -> frame.grid().instrument())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no arm"));
    SpectrographSky sky = new SpectrographSky(instrument, fibres);
    for (Arm arm : instrument.fromGuide()) {
      sky.analyse(arm, frames, mayTrain, asked);
    }
    for (Arm arm : instrument.arms()) {
      sky.offset[arm.ordinal()] = sky.windows.size();
      sky.arm(arm).ifPresent(s -> sky.windows.addAll(s.grid().windows()));
    }
    sky.colours = sky.scatterOfColours();
    sky.mapContinuum();
    return sky;
  }

  /** Of the sky fibres that trained every arm. */
  private double scatterOfColours() {
    List<ArmSky> seen =
        Arrays.stream(arms).filter(Objects::nonNull).filter(ArmSky::hasSky).toList();
    ColourScatter scatter = new ColourScatter(instrument.span());
    for (int fibre = 0; fibre < fibres.size(); fibre++) {
      if (isTrained(fibre, seen)) {
        for (ArmSky arm : seen) {
          scatter.add(arm.grid(), arm.continuumRatio(fibre), arm.continuumRatioError(fibre));
        }
        scatter.done();
      }
    }
    return scatter.value();
  }

  private static boolean isTrained(int fibre, List<ArmSky> arms) {
    return !arms.isEmpty()
        && arms.stream().allMatch(a -> Arrays.stream(a.trained()).anyMatch(i -> i == fibre));
  }

  private void analyse(Arm arm, CleanFrame[] frames, boolean[] mayTrain, IntPredicate asked) {
    CleanFrame frame = frames[arm.ordinal()];
    if (frame != null) {
      arms[arm.ordinal()] = ArmSky.analyse(frame, fibres, mayTrain, asked, towardsGuide(arm));
    }
  }

  /** The nearest arm towards the guide that was observed; empty for the guide. */
  private Optional<ArmSky> towardsGuide(Arm arm) {
    int step = Integer.signum(instrument.guide().ordinal() - arm.ordinal());
    for (int a = arm.ordinal(); a != instrument.guide().ordinal(); ) {
      a += step;
      if (arms[a] != null) {
        return Optional.of(arms[a]);
      }
    }
    return Optional.empty();
  }

  /**
   * The same with one fibre looked at anew, as if it had not been seen before.
   *
   * @param frames by arm's ordinal, in which that fibre has other pixels; cross-talk still in
   * @param fibre one that trained nothing here
   */
  public SpectrographSky with(CleanFrame[] frames, int fibre) {
    SpectrographSky sky = new SpectrographSky(instrument, fibres);
    sky.windows.addAll(windows);
    for (int arm = 0; arm < arms.length; arm++) {
      boolean seen = arms[arm] != null && arms[arm].hasSky();
      sky.arms[arm] = seen ? arms[arm].with(frames[arm], fibre) : arms[arm];
      sky.offset[arm] = offset[arm];
      sky.maps[arm] = maps[arm];
    }
    sky.colours = colours;
    sky.centreX = centreX;
    sky.centreY = centreY;
    return sky;
  }

  /** The analysis of an arm, if it was observed. */
  public Optional<ArmSky> arm(Arm arm) {
    return Optional.ofNullable(arms[arm.ordinal()]);
  }

  /** The instrument. */
  public Instrument instrument() {
    return instrument;
  }

  /** The fibre map. */
  public FibreMap fibres() {
    return fibres;
  }

  /** Line windows of all arms, from the blue end. */
  public List<LineWindow> windows() {
    return windows;
  }

  /**
   * Line amplitudes of a fibre relative to the masters, {@code [nWindow]}, in the order of {@link
   * #windows}.
   */
  public float[] amplitudes(int fibre) {
    return joined(fibre, false);
  }

  /** Standard errors of {@link #amplitudes}, infinite where unknown. */
  public float[] amplitudeErrors(int fibre) {
    return joined(fibre, true);
  }

  private float[] joined(int fibre, boolean errors) {
    float[] all = new float[windows.size()];
    for (Arm arm : instrument.arms()) {
      arm(arm)
          .ifPresent(
              s -> {
                FibreCalibration c = s.calibration();
                float[] own = (errors ? c.amplitudeError : c.amplitude)[fibre];
                System.arraycopy(own, 0, all, offset[arm.ordinal()], own.length);
              });
    }
    return all;
  }

  /** The throughput of a fibre. */
  public Throughput.Estimate throughput(int fibre) {
    if (throughputs == null) {
      throughputs = new Throughput.Estimate[fibres.size()];
    }
    if (throughputs[fibre] == null) {
      throughputs[fibre] = throughput(amplitudes(fibre), amplitudeErrors(fibre));
    }
    return throughputs[fibre];
  }

  /**
   * The throughput that amplitudes tell of.
   *
   * @param amplitude {@code [nWindow]}, relative to the masters
   * @param error infinite where unknown
   */
  public Throughput.Estimate throughput(float[] amplitude, float[] error) {
    return Throughput.fit(instrument.span(), windows, amplitude, error, colours);
  }

  /** Position of a fibre relative to the middle of its spectrograph's fibres, deg; 0 if unknown. */
  public double x(int fibre) {
    return fibres.hasPosition(fibre) ? fibres.x()[fibre] - centreX : 0;
  }

  /** See {@link #x}. */
  public double y(int fibre) {
    return fibres.hasPosition(fibre) ? fibres.y()[fibre] - centreY : 0;
  }

  /** Position of a fibre on the plate, deg: the middle of its spectrograph's fibres if unknown. */
  public double plateX(int fibre) {
    return fibres.hasPosition(fibre) ? fibres.x()[fibre] : Double.isNaN(centreX) ? 0 : centreX;
  }

  /** See {@link #plateX}. */
  public double plateY(int fibre) {
    return fibres.hasPosition(fibre) ? fibres.y()[fibre] : Double.isNaN(centreY) ? 0 : centreY;
  }

  /**
   * A fibre's coefficients in {@link SkyColumns}, as all classical corrections together have them.
   *
   * @param arm the arm
   */
  public double[] coefficients(Arm arm, int fibre) {
    return coefficients(arm, fibre, throughput(fibre), amplitudes(fibre), amplitudeErrors(fibre));
  }

  /**
   * The same of other amplitudes.
   *
   * @param fibre for its position
   * @param t the throughput
   * @param amplitude {@code [nWindow]}
   * @param error likewise
   */
  public double[] coefficients(
      Arm arm, int fibre, Throughput.Estimate t, float[] amplitude, float[] error) {
    ArmSky sky = arms[arm.ordinal()];
    SkyGrid grid = sky.grid();
    double[] z = new double[SkyColumns.count(instrument.arm(arm))];
    double low = t.at(grid.wavelength(-1));
    double high = t.at(grid.wavelength(1));
    double[] map = maps[arm.ordinal()];
    double ratio = map[0] + map[2] * x(fibre) + map[3] * y(fibre);
    z[0] = (low + high) / 2 * ratio;
    z[1] = (high - low) / 2 * ratio + (low + high) / 2 * map[1];
    if (sky.isCoadd()) {
      addOwnContinuum(sky, fibre, z);
    }
    List<LineGroup> groups = SkyColumns.groups(instrument.arm(arm));
    for (int g = 0; g < groups.size(); g++) {
      z[SkyColumns.CONTINUUM_TERMS + g] =
          group(sky, offset[arm.ordinal()], groups.get(g), t, amplitude, error);
    }
    if (SkyColumns.tilts(instrument.arm(arm))) {
      z[z.length - 1] = (high - low) / 2;
    }
    return z;
  }

  /**
   * The continuum as the fibre itself shows it: of a co-added spectrum what its survey subtracted
   * is still in, and its object's smooth light is not.
   */
  private static void addOwnContinuum(ArmSky sky, int fibre, double[] z) {
    int terms = SkyColumns.CONTINUUM_TERMS;
    float[] ratio = sky.continuumRatio(fibre);
    float[] error = sky.continuumRatioError(fibre);
    double[] own = new double[terms];
    for (int pass = 0; pass < CONTINUUM_PASSES; pass++) {
      NormalEquations equations = new NormalEquations(terms);
      for (int k = 0; k < terms; k++) {
        equations.addPrior(k, 0, OWN_CONTINUUM[k] * OWN_CONTINUUM[k]);
      }
      for (int b = 0; b < ratio.length; b++) {
        if (Float.isInfinite(error[b])) {
          continue;
        }
        double u = sky.grid().middle(b);
        double[] row = {1, u, u * u};
        double off = ratio[b] - z[0] - u * z[1] - u * u * z[2];
        double left = off - own[0] - u * own[1] - u * u * own[2];
        double sigma2 = error[b] * error[b] + 1e-4;
        // The object's lines are in one bin or another.
        double huber = Math.min(1, Math.sqrt(sigma2) / Math.max(Math.abs(left), 1e-9));
        equations.add(row, huber / sigma2, off);
      }
      own = equations.mean();
    }
    for (int k = 0; k < terms; k++) {
      z[k] += own[k];
    }
  }

  /** Mean amplitude of a group's lines, drawn to the throughput as far as their errors say. */
  private static double group(
      ArmSky sky,
      int offset,
      LineGroup group,
      Throughput.Estimate t,
      float[] amplitude,
      float[] error) {
    List<LineWindow> windows = sky.grid().windows();
    double weight = 1 / (GROUP_SCATTER * GROUP_SCATTER);
    double sum = 0;
    double total = weight;
    double middle = 0;
    double middles = 0;
    for (int w = 0; w < windows.size(); w++) {
      double e = error[offset + w];
      if (windows.get(w).group() != group || Double.isInfinite(e)) {
        continue;
      }
      double centre = windows.get(w).centre();
      double expected = t.at(centre);
      double sigma2 = e * e + 0.01 * 0.01;
      double off = Math.abs(amplitude[offset + w] - expected) / Math.sqrt(sigma2 + 1e-4);
      double use = RobustStatistics.biweight(off, CUT) / sigma2;
      sum += use * (amplitude[offset + w] - expected);
      total += use;
      middle += use * centre;
      middles += use;
    }
    // OH has a column with u of its own, and so is quoted at u = 0.
    double at = group == LineGroup.OH || middles == 0 ? sky.grid().wavelength(0) : middle / middles;
    return t.at(at) + sum / total;
  }

  /**
   * What a fibre's own lines say of its coefficients; nothing of the continuum's.
   *
   * @param arm the arm
   * @param fibre row of the frame
   */
  public CoefficientFit lineFit(Arm arm, int fibre) {
    ArmSky sky = arms[arm.ordinal()];
    float[] amplitude = sky.calibration().amplitude[fibre];
    float[] error = sky.calibration().amplitudeError[fibre];
    Throughput.Estimate t = throughput(fibre);
    int columns = SkyColumns.count(instrument.arm(arm));
    CoefficientFit fit = new CoefficientFit(columns);
    for (int w = 0; w < amplitude.length; w++) {
      LineWindow window = sky.grid().windows().get(w);
      double e2 = error[w] * error[w] + 4e-4;
      double off = Math.abs(amplitude[w] - t.at(window.centre())) / Math.sqrt(e2);
      // A window far off holds object, not sky.
      if (!(off < 4)) {
        continue;
      }
      double[] row = new double[columns];
      row[
              SkyColumns.CONTINUUM_TERMS
                  + SkyColumns.groups(instrument.arm(arm)).indexOf(window.group())] =
          1;
      if (window.group() == LineGroup.OH) {
        row[columns - 1] = sky.grid().u(window.centre());
      }
      fit.add(row, 1 / e2, amplitude[w], 1);
    }
    return fit;
  }

  /** Fits the ratio of continuum to lines over the field: 1, u, x, y. */
  private void mapContinuum() {
    centreX = RobustStatistics.median(fibres.x());
    centreY = RobustStatistics.median(fibres.y());
    for (Arm arm : instrument.arms()) {
      maps[arm.ordinal()] = new double[] {1, 0, 0, 0};
      ArmSky sky = arms[arm.ordinal()];
      if (sky == null || !sky.hasSky()) {
        continue;
      }
      NormalEquations equations = new NormalEquations(4);
      double[] prior = {0.05, 0.03, GRADIENT_PRIOR, GRADIENT_PRIOR};
      for (int a = 0; a < prior.length; a++) {
        equations.addPrior(a, 0, prior[a] * prior[a]);
      }
      for (int i : sky.trained()) {
        addRatios(sky, i, equations);
      }
      double[] c = equations.mean();
      for (int a = 0; a < c.length; a++) {
        maps[arm.ordinal()][a] += c[a];
      }
    }
  }

  private void addRatios(ArmSky sky, int fibre, NormalEquations equations) {
    Throughput.Estimate t = throughput(fibre);
    float[] ratio = sky.continuumRatio(fibre);
    float[] error = sky.continuumRatioError(fibre);
    for (int b = 0; b < ratio.length; b++) {
      if (Float.isInfinite(error[b])) {
        continue;
      }
      double u = sky.grid().middle(b);
      double[] row = {1, u, x(fibre), y(fibre)};
      double expected = t.at(sky.grid().wavelength(u));
      // Bins of a fibre share its throughput's error, so that twelve of them are worth but a few.
      double sigma2 = error[b] * error[b] + 4 * (1e-4 + t.greyError() * t.greyError());
      double off = ratio[b] / expected - 1;
      double huber = Math.min(1, 3 * Math.sqrt(sigma2) / Math.max(Math.abs(off), 1e-9));
      equations.add(row, huber / sigma2, off);
    }
  }

  /** The flag of a fibre: the first arm's that is not good. */
  public FibreFlag flag(int fibre) {
    FibreFlag flag = FibreFlag.GOOD;
    for (ArmSky sky : arms) {
      if (sky != null && sky.flag(fibre) != FibreFlag.GOOD) {
        flag = flag == FibreFlag.GOOD ? sky.flag(fibre) : flag;
      }
    }
    return flag;
  }
}
