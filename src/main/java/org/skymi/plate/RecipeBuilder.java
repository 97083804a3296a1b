package org.skymi.plate;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.skymi.math.BSpline;
import org.skymi.math.Binary;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.LineDerivatives;
import org.skymi.sky.frame.LineGroup;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.judge.Method;
import org.skymi.sky.memory.ArmCorrections;
import org.skymi.sky.memory.Prediction;
import org.skymi.sky.memory.Slack;
import org.skymi.sky.recipe.FibreRecipe;
import org.skymi.sky.recipe.FrameRecipe;
import org.skymi.sky.recipe.Rounding;
import org.skymi.sky.recipe.SkyRecipe;
import org.skymi.sky.recipe.SkyScale;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.LineComponents;
import org.skymi.sky.supersky.PipelineSky;
import org.skymi.sky.supersky.SkyColumns;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.sky.supersky.SuperSky;
import org.skymi.survey.LineWidths;

/**
 * Gathers what the skies of a frame are drawn from: of the fibres that one fold holds out, or of
 * those that none does.
 */
final class RecipeBuilder {
  private final FramePixels pixels;
  private final int fold;
  private final Map<Method, IntFunction<Prediction>> corrections = new EnumMap<>(Method.class);
  private final Map<String, Slack> slack = new TreeMap<>();
  private PipelineSky scaled;
  private ArmCorrections columns;
  private double[] variance;
  private final Set<Method> methods = EnumSet.noneOf(Method.class);
  private LineComponents components = LineComponents.NONE;
  private Map<Integer, double[]> shares = Map.of();

  /**
   * @param fold -1: of fibres that no fold holds out
   */
  RecipeBuilder(FramePixels pixels, int fold) {
    this.pixels = pixels;
    this.fold = fold;
  }

  /** The fold. */
  int fold() {
    return fold;
  }

  /** Fibres that have skies, by row of the frame. */
  List<Integer> fibres() {
    return IntStream.range(0, pixels.fibres())
        .filter(i -> pixels.fold(i) == fold && pixels.isAlive(i))
        .boxed()
        .toList();
  }

  /** The Super Sky. */
  void scaled(PipelineSky sky) {
    methods.add(Method.SUPER);
    scaled = sky;
  }

  /**
   * The full Super Sky.
   *
   * @param method whose sky it is
   * @param own components of lines that are added to it
   * @param ownShares of each, by fibre
   */
  void full(Method method, LineComponents own, Map<Integer, double[]> ownShares) {
    methods.add(method);
    components = own;
    shares = ownShares;
  }

  /**
   * A method that corrects the common sky.
   *
   * @param own columns, the same for all methods
   * @param skyVariance variance of the common sky's spline coefficients
   * @param left what the method's coefficients leave unexplained
   * @param z by fibre
   */
  void corrected(
      Method method,
      ArmCorrections own,
      double[] skyVariance,
      Slack left,
      IntFunction<Prediction> z) {
    methods.add(method);
    columns = own;
    variance = skyVariance;
    slack.put(method.key(), left);
    corrections.put(method, z);
  }

  /** What was gathered; empty if skies are not drawn from it, or there are none. */
  Optional<SkyRecipe> build() {
    List<Integer> alive = fibres();
    if (alive.isEmpty() || !scaled.isScaledMaster()) {
      return Optional.empty();
    }
    Map<Integer, Optional<FibreRecipe>> all = new TreeMap<>();
    for (int i = 0; i < pixels.fibres(); i++) {
      if (pixels.fold(i) == fold) {
        all.put(i, pixels.isAlive(i) ? Optional.of(fibre(i)) : Optional.empty());
      }
    }
    return Optional.of(new SkyRecipe(fold, frame(pixels.sky(alive.get(0))), all));
  }

  private FrameRecipe frame(ArmSky arm) {
    LineWidths stated = arm.calibration().stated();
    double[] known = arm.masterVariance();
    return new FrameRecipe(
        scale(arm.grid()),
        new FrameRecipe.StatedWidths(stated.first(), stated.step()),
        new FrameRecipe.CommonSky(
            Rounding.coefficients(arm.master()),
            Rounding.coefficients(FibreCalibration.minus(arm.master(), arm.continuum())),
            Binary.floats(known)),
        Optional.ofNullable(columns).map(c -> c.recipe(variance, slack)),
        components.components(),
        methods.stream().map(Method::key).toList());
  }

  private static SkyScale scale(SkyGrid grid) {
    BSpline spline = grid.spline();
    List<LineGroup> groups = SkyColumns.groups(grid.optics());
    int[] group = new int[spline.size()];
    int[] window = new int[group.length];
    for (int k = 0; k < group.length; k++) {
      LineGroup own = grid.groupAt(spline.centre(k));
      group[k] = own == null ? -1 : groups.indexOf(own);
      window[k] = grid.windowOf(k);
    }
    return new SkyScale(
        spline.knots(),
        grid.wavelength(-1),
        grid.wavelength(1),
        grid.pivot(),
        group,
        window,
        groups.stream().map(LineGroup::name).toList(),
        LineDerivatives.reach(grid));
  }

  private FibreRecipe fibre(int fibre) {
    SpectrographSky both = pixels.analysis(fibre);
    FibreCalibration own = pixels.sky(fibre).calibration();
    LineWidths stated = own.stated();
    Map<String, FibreRecipe.Correction> by = new TreeMap<>();
    corrections.forEach((method, z) -> by.put(method.key(), correction(z.apply(fibre))));
    return new FibreRecipe(
        new FibreRecipe.Lines(
            own.shift(fibre),
            own.slope(fibre),
            own.ownWidth(fibre),
            own.widthSlope(fibre),
            own.kurtosis(fibre),
            stated.isStated() ? stated.moment()[fibre] : new float[0]),
        new FibreRecipe.Scale(scaled.gain(fibre), scaled.gainError(fibre)),
        both.coefficients(pixels.arm, fibre),
        SuperSky.scaleError(both, fibre),
        shares.getOrDefault(fibre, new double[0]),
        by);
  }

  private static FibreRecipe.Correction correction(Prediction z) {
    return z.isCertain()
        ? FibreRecipe.Correction.NONE
        : FibreRecipe.Correction.of(z.mean(), z.covariance());
  }
}
