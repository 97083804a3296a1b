package org.skymi.sky.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.skymi.math.Increasing;
import org.skymi.math.NormalEquations;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.LineGroup;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.recipe.FrameRecipe;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.survey.FibreMap;

/**
 * The correction columns of one arm in one exposure: what its fibres say of their coefficients, and
 * a fibre's sky with its coefficients.
 */
public final class ArmCorrections {
  /** Relative error of the columns that keeps bright lines from outweighing all else. */
  private static final double FLOOR = 0.01;

  /** Background pixels on each side of a window, in knots. */
  private static final double MARGIN = 4;

  private final SpectrographSky both;
  private final ArmSky arm;
  private final SkyGrid grid;
  private final CleanFrame frame;
  private final IntPredicate tells;
  private final FrameLight light;
  private final CorrectionColumns columns;
  private final SmoothTerms smooth;
  private final Corrected.Terms corrections;

  /** By fibre, what of the columns is its own; null until asked for. */
  private final CorrectionColumns.Fibre[] own;

  /**
   * @param both the spectrograph's analysis, in which the arm has a sky
   * @param sky spline coefficients of the arm's sky: its master, or what a prior of skies makes of
   *     it
   * @param patterns of the arm
   * @param frame cleaned, without cross-talk
   * @param tells which fibres, by index, may say anything that is used for others: none that is
   *     held out, nor one whose cross-talk comes from such a fibre
   */
  public ArmCorrections(
      SpectrographSky both, double[] sky, Patterns patterns, CleanFrame frame, IntPredicate tells) {
    this(both, sky, patterns, FrameLight.of(frame, tells), frame, tells);
  }

  /**
   * The same of a frame whose light is known.
   *
   * @param light of the fibres that may tell
   */
  public ArmCorrections(
      SpectrographSky both,
      double[] sky,
      Patterns patterns,
      FrameLight light,
      CleanFrame frame,
      IntPredicate tells) {
    this.both = both;
    this.arm = both.arm(frame.arm()).orElseThrow();
    this.grid = frame.grid();
    this.frame = frame;
    this.tells = tells;
    this.light = light;
    this.columns = new CorrectionColumns(grid, sky, light.on(grid), patterns);
    this.smooth = new SmoothTerms(columns.terms());
    this.corrections = new Corrected.Terms(columns.terms());
    this.own = new CorrectionColumns.Fibre[frame.fibres()];
  }

  private ArmCorrections(ArmCorrections same, SpectrographSky both, CleanFrame frame) {
    this.both = both;
    this.arm = both.arm(frame.arm()).orElseThrow();
    this.grid = same.grid;
    this.frame = frame;
    this.tells = same.tells;
    this.light = same.light;
    this.columns = same.columns;
    this.smooth = same.smooth;
    this.corrections = same.corrections;
    this.own = new CorrectionColumns.Fibre[frame.fibres()];
  }

  /**
   * The same for another look at fibres that may not tell, whose pixels are in no column.
   *
   * @param other the analysis with those fibres looked at anew; see {@link SpectrographSky#with}
   * @param with the frame in which they have other pixels, without cross-talk
   */
  public ArmCorrections with(SpectrographSky other, CleanFrame with) {
    return new ArmCorrections(this, other, with);
  }

  /**
   * What the fibres that may tell say of their coefficients: sky fibres without object light by all
   * their pixels, others by their line windows.
   */
  public FrameEquations equations(FrameEquations.When when, int spectrograph) {
    return equations(when, spectrograph, i -> true);
  }

  /**
   * The same of some of the fibres.
   *
   * @param asked which, by index; the others are not among the frame's
   */
  public FrameEquations equations(FrameEquations.When when, int spectrograph, IntPredicate asked) {
    FibreMap map = both.fibres();
    int[] rows = map.where(asked);
    FrameEquations.Fibre[] fibres = new FrameEquations.Fibre[rows.length];
    WindowEquations window = new WindowEquations(columns.terms());
    boolean homes = map.hasHomes();
    for (int k = 0; k < rows.length; k++) {
      int i = rows[k];
      boolean told = !frame.isDead(i) && tells.test(i);
      boolean teaches = told && isClearSky(i);
      NormalEquations equations = !told ? null : teaches ? ofPixels(i) : ofWindows(i, window);
      fibres[k] =
          new FrameEquations.Fibre(
              i + 1,
              teaches,
              homes ? map.x()[i] - map.homeX()[i] : 0,
              homes ? map.y()[i] - map.homeY()[i] : 0,
              equations);
    }
    return new FrameEquations(
        when, spectrograph, frame.arm().ordinal(), columns.features(), fibres);
  }

  /** What the columns without patterns leave of clear sky fibres that may tell. */
  public List<Patterns.Row> left() {
    List<Patterns.Row> rows = new ArrayList<>();
    for (int i = 0; i < frame.fibres(); i++) {
      if (teaches(i)) {
        rows.add(left(i));
      }
    }
    return rows;
  }

  private Patterns.Row left(int fibre) {
    Prediction z = columns.terms().unknown().posterior(ofPixels(fibre));
    LeftOver left = new LeftOver(grid, columns.lightOfWindows(), own(fibre).level());
    drawUsable(fibre, z, left::add);
    return left.row();
  }

  private CorrectionColumns.Fibre own(int fibre) {
    if (own[fibre] == null) {
      FibreCalibration calibration = arm.calibration();
      own[fibre] =
          new CorrectionColumns.Fibre(
              both.coefficients(grid.arm(), fibre),
              x -> calibration.width(fibre, x),
              calibration.kurtosis(fibre));
    }
    return own[fibre];
  }

  /** Equations of a fibre from all its pixels. */
  private NormalEquations ofPixels(int fibre) {
    CorrectionColumns.Fibre own = own(fibre);
    float[] flux = frame.flux(fibre);
    float[] variance = frame.variance(fibre);
    double[] wavelength = frame.wavelength(fibre);
    double[] scratch = CorrectionColumns.scratch();
    double[] parts = new double[CorrectionColumns.PARTS];
    int size = columns.terms().list().size();
    double[][] rows = new double[NormalEquations.BLOCK][size];
    double[] weights = new double[rows.length];
    double[] data = new double[rows.length];
    NormalEquations equations = new NormalEquations(size);
    int waiting = 0;
    for (int p = 0; p < flux.length; p++) {
      if (Float.isInfinite(variance[p]) || !grid.covers(wavelength[p])) {
        continue;
      }
      double x = arm.calibration().aligned(grid, fibre, wavelength[p]);
      LineGroup group = columns.parts(x, own, scratch, parts);
      columns.row(parts, group, smooth.at(grid.u(x)), rows[waiting]);
      double sky = parts[CorrectionColumns.CONTINUUM] + parts[CorrectionColumns.LINES];
      weights[waiting] = weight(variance[p], sky);
      data[waiting++] = flux[p] - sky;
      if (waiting == rows.length) {
        equations.add(rows, weights, data);
        waiting = 0;
      }
    }
    Arrays.fill(weights, waiting, weights.length, 0);
    equations.add(rows, weights, data);
    return equations;
  }

  private static double weight(double variance, double sky) {
    return 1 / (variance + FLOOR * FLOOR * sky * sky);
  }

  /** What a fibre's line windows say of its coefficients, whatever else it holds. */
  public NormalEquations ofWindows(int fibre) {
    return ofWindows(fibre, new WindowEquations(columns.terms()));
  }

  /** Equations of a fibre from its line windows, whatever else it holds. */
  private NormalEquations ofWindows(int fibre, WindowEquations window) {
    CorrectionColumns.Fibre own = own(fibre);
    float[] flux = frame.flux(fibre);
    float[] variance = frame.variance(fibre);
    double[] wavelength = frame.wavelength(fibre);
    double[] scratch = CorrectionColumns.scratch();
    double[] parts = new double[CorrectionColumns.PARTS];
    NormalEquations equations = new NormalEquations(columns.terms().list().size());
    int start = 0;
    for (LineWindow w : grid.windows()) {
      double margin = MARGIN * grid.spline().stepAt(w.centre());
      if (w.group() == LineGroup.BLUE) {
        // Lines so weak are told from an object's features by no background.
        continue;
      }
      window.clear();
      double features = Math.pow(w.depth() * object(fibre, w.centre()), 2);
      start = Increasing.firstFrom(wavelength, start, w.low() - margin);
      for (int p = start; p < flux.length && wavelength[p] <= w.high() + margin; p++) {
        if (Float.isInfinite(variance[p]) || !grid.covers(wavelength[p])) {
          continue;
        }
        double x = arm.calibration().aligned(grid, fibre, wavelength[p]);
        columns.parts(x, own, scratch, parts);
        double sky = parts[CorrectionColumns.CONTINUUM] + parts[CorrectionColumns.LINES];
        double weight = weight(variance[p] + features, sky);
        window.add(wavelength[p] - w.centre(), parts, flux[p] - sky, weight);
      }
      window.addTo(equations, w.group(), smooth.at(grid.u(w.centre())));
    }
    return equations;
  }

  /** How bright the object in a fibre is at a wavelength, electron per pixel. */
  private double object(int fibre, double wavelength) {
    int bin = grid.bin(wavelength);
    double share = arm.continuumRatio(fibre)[bin] - own(fibre).level();
    return Math.max(0, share) * arm.continuumLevel(bin);
  }

  /**
   * The columns as they are kept.
   *
   * @param skyVariance variance of the sky's spline coefficients, electron^2
   * @param slack by method's key, {@link Slack#table}
   */
  public FrameRecipe.Columns recipe(double[] skyVariance, Map<String, Slack> slack) {
    Map<String, double[]> tables = new TreeMap<>();
    slack.forEach((method, own) -> tables.put(method, own.table()));
    return columns.recipe(light, skyVariance, Corrected.NODES, tables);
  }

  /**
   * The skies of some fibres.
   *
   * @param z coefficients of all fibres and how well they are known
   * @param skyVariance variance of the sky's spline coefficients, electron^2
   * @param wanted which fibres' skies are wanted
   * @return see {@link #sky}; null where not wanted
   */
  public Sky[] skies(Prediction[] z, double[] skyVariance, IntPredicate wanted) {
    Slack slack = slack(z);
    Sky[] skies = new Sky[z.length];
    for (int i = 0; i < z.length; i++) {
      skies[i] = wanted.test(i) ? sky(i, z[i], skyVariance, slack) : null;
    }
    return skies;
  }

  /**
   * What of the sky fibres that may tell no coefficient explains.
   *
   * @param z coefficients of all fibres
   */
  public Slack slack(Prediction[] z) {
    Slack slack = new Slack(grid);
    for (int i = 0; i < z.length; i++) {
      if (teaches(i)) {
        tell(i, z[i], slack);
      }
    }
    return slack;
  }

  /** Whether a fibre tells by all its pixels: a sky fibre that may, without object light. */
  public boolean teaches(int fibre) {
    return tells.test(fibre) && isClearSky(fibre);
  }

  private boolean isClearSky(int fibre) {
    return !frame.isDead(fibre)
        && both.fibres().showsSky(fibre)
        && both.flag(fibre) == FibreFlag.GOOD;
  }

  /** Told of one pixel after the other. */
  private interface Pixel {
    /**
     * @param x aligned wavelength, Angstrom
     * @param sky the classical one, electron
     * @param place where corrections of it are told
     */
    void at(int pixel, double x, LineGroup group, double sky, Corrected.Pixel place);
  }

  /** Told of what a sky leaves of one pixel after the other. */
  private interface Residual {
    void at(double x, LineGroup group, double residual, double variance, double sky);
  }

  private void tell(int fibre, Prediction z, Slack slack) {
    drawUsable(fibre, z, slack::add);
  }

  /** Goes through a fibre's usable pixels on the grid. */
  private void drawUsable(int fibre, Prediction z, Residual residual) {
    float[] flux = frame.flux(fibre);
    float[] noise = frame.variance(fibre);
    Corrected corrected = new Corrected(corrections, z);
    draw(
        fibre,
        (p, x, group, classical, place) -> {
          if (!Float.isInfinite(noise[p])) {
            double sky = classical + corrected.mean(place);
            residual.at(x, group, flux[p] - sky, noise[p], sky);
          }
        });
  }

  /**
   * A fibre's coefficients, with how well they are known, and what none explains.
   *
   * @param z of the fibre
   * @param slack of the method that has them
   */
  public record Known(Prediction z, Slack slack) {}

  /**
   * The sky of a fibre.
   *
   * @param z its coefficients and how well they are known
   * @param skyVariance variance of the sky's spline coefficients, electron^2
   * @return on native pixels; NaN, and an inverse variance of 0, outside the grid
   */
  public Sky sky(int fibre, Prediction z, double[] skyVariance, Slack slack) {
    return skies(fibre, List.of(new Known(z, slack)), skyVariance).get(0);
  }

  /**
   * The skies of a fibre by several methods, in one pass over its pixels.
   *
   * @param by what each method knows of the fibre
   * @param skyVariance variance of the sky's spline coefficients, electron^2
   * @return by method, see {@link #sky}
   */
  public List<Sky> skies(int fibre, List<Known> by, double[] skyVariance) {
    Corrected[] corrected = new Corrected[by.size()];
    Arrays.setAll(corrected, m -> new Corrected(corrections, by.get(m).z));
    float[][] flux = new float[corrected.length][frame.wavelength(fibre).length];
    for (float[] own : flux) {
      Arrays.fill(own, Float.NaN);
    }
    draw(
        fibre,
        (p, x, group, classical, place) -> {
          for (int m = 0; m < corrected.length; m++) {
            flux[m][p] = (float) (classical + corrected[m].mean(place));
          }
        });
    return IntStream.range(0, flux.length)
        .mapToObj(
            m -> Sky.of(flux[m], () -> ivar(fibre, corrected[m], by.get(m).slack, skyVariance)))
        .toList();
  }

  private float[] ivar(int fibre, Corrected corrected, Slack slack, double[] skyVariance) {
    float[] ivar = new float[frame.wavelength(fibre).length];
    double level = own(fibre).level();
    draw(
        fibre,
        (p, x, group, classical, place) -> {
          double sky = classical + corrected.mean(place);
          double common = level * level * skyVariance[grid.spline().nearest(x)];
          double unknown = slack.at(x, group) * sky * sky;
          double sum = common + corrected.variance(place) + unknown;
          ivar[p] = sum > 0 ? (float) (1 / sum) : 0;
        });
    return ivar;
  }

  /** Goes through a fibre's pixels on the grid. */
  private void draw(int fibre, Pixel pixel) {
    CorrectionColumns.Fibre own = own(fibre);
    Corrected.Pixel place = new Corrected.Pixel(corrections);
    double[] wavelength = frame.wavelength(fibre);
    double[] scratch = CorrectionColumns.scratch();
    double[] parts = new double[CorrectionColumns.PARTS];
    for (int p = 0; p < wavelength.length; p++) {
      if (grid.covers(wavelength[p])) {
        double x = arm.calibration().aligned(grid, fibre, wavelength[p]);
        LineGroup group = columns.parts(x, own, scratch, parts);
        place.at(grid.u(x), group, parts);
        double sky = parts[CorrectionColumns.CONTINUUM] + parts[CorrectionColumns.LINES];
        pixel.at(p, x, group, sky, place);
      }
    }
  }
}
