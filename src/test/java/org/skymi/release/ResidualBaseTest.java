package org.skymi.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.SkyEstimate;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.ReductionOptions.Training;
import org.skymi.smi.ReleasedModel;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.ReleaseSpectrum;

/** What a base model brings to released spectra. */
class ResidualBaseTest {
  private static final double LEFT = 0.04;
  private static final ReductionOptions OPTIONS =
      ReductionOptions.defaults()
          .with(1, EnumSet.allOf(Method.class))
          .with(new Training(1, 0.1, 2e-3, 4, 0));

  /** Sets of two spectrographs, which taught; a third is another's. */
  private static final List<SetLesson> LESSONS =
      List.of(
          SetLesson.of(ReleasedSet.of(2, 30, LEFT, 1), 30, 1),
          SetLesson.of(ReleasedSet.of(3, 30, LEFT, 1), 30, 1));

  private static final ReleasedModel MODEL = ResidualBase.learn(LESSONS, OPTIONS);
  private static final List<ReleaseSpectrum> SPECTRA = ReleasedSet.of(40, LEFT, 1);
  private static final ReleaseReduction.Result REDUCED = reduce(SPECTRA);

  private static ReleaseReduction.Result reduce(List<ReleaseSpectrum> spectra) {
    return new ReleaseReduction(OPTIONS, Optional.of(ResidualBase.of(MODEL)))
        .reduce(spectra, List.of());
  }

  private static SkyEstimate sky(ReleaseReduction.Result result, int i, Method method) {
    return result.fibres().get(i).skies().get(method);
  }

  private static double scale(List<ReleaseSpectrum> spectra, double factor) {
    StatedSky known = LESSONS.get(0).stated();
    return RobustStatistics.median(
        spectra.stream()
            .mapToDouble(s -> known.under(new GriddedSpectrum(s).scaled(factor)))
            .toArray());
  }

  @Test
  void theSkyUnderSpectraOfAnotherUnitIsFound() {
    List<ReleaseSpectrum> few = SPECTRA.subList(0, 5);
    double all = scale(few, 1);
    assertThat(scale(few, 0.01)).isCloseTo(0.01 * all, withinPercentage(0.01));
    for (ReleaseSpectrum s : few) {
      assertThat(scale(List.of(s), 1)).isCloseTo(all, withinPercentage(50));
    }
  }

  @Test
  void oneFibreAloneGetsTheBaseModelsSkyWithALargerError() {
    List<ReleaseSpectrum> faint = new ArrayList<>();
    for (ReleaseSpectrum s : SPECTRA) {
      if (new GriddedSpectrum(s).signalToNoise() < 25) {
        faint.add(s);
      }
    }
    int corrected = 0;
    for (ReleaseSpectrum s : faint) {
      ReleaseReduction.Result alone = reduce(List.of(s));
      FibreResult fibre = alone.fibres().get(0);
      if (fibre.fallsBack()) {
        continue;
      }
      assertThat(fibre.verdict().source()).isEqualTo(Method.MEMORY);
      assertThat(alone.training().get(0).stage()).isEqualTo("residual of the base model");
      SkyEstimate base = fibre.skies().get(Method.MEMORY);
      SkyEstimate own = sky(REDUCED, SPECTRA.indexOf(s), Method.FULL);
      corrected++;
      double[] ratio = new double[base.sky().length];
      double bright = 0.3 * most(base);
      for (int p = 0; p < ratio.length; p++) {
        // Where lines are bright: elsewhere noise is all there is to either.
        boolean both = base.ivar()[p] > 0 && own.ivar()[p] > 0 && Math.abs(base.sky()[p]) > bright;
        ratio[p] = both ? own.ivar()[p] / base.ivar()[p] : Double.NaN;
        if (base.ivar()[p] > 0) {
          assertThat(Math.abs(base.sky()[p]) * Math.sqrt(base.ivar()[p])).isLessThan(5.01);
        }
      }
      assertThat(RobustStatistics.median(ratio)).as("its variance over the set's").isGreaterThan(1);
    }
    assertThat(faint.size()).isGreaterThan(9);
    assertThat(corrected).isGreaterThan(faint.size() / 2);
    assertThat(new ReleaseReduction(OPTIONS).reduce(faint.subList(0, 1), List.of()).fibres())
        .allMatch(FibreResult::fallsBack);
  }

  private static double most(SkyEstimate estimate) {
    double most = 0;
    for (float v : estimate.sky()) {
      most = Math.max(most, Math.abs(v));
    }
    return most;
  }

  @Test
  void oneFibreWithoutResidualSkyIsLeftAlone() {
    List<ReleaseSpectrum> clean = ReleasedSet.of(20, 0, 1);
    long touched =
        clean.stream().filter(s -> !reduce(List.of(s)).fibres().get(0).fallsBack()).count();
    assertThat(touched).isLessThan(2);
  }

  @Test
  void linesOfAStarAloneAreNoSky() {
    List<Double> leaks = new ArrayList<>();
    double[] lines = {7667, 7701.1, 8185.5, 8809.2};
    for (int i = 0; i < 12; i++) {
      double centre = lines[i % lines.length];
      DoubleUnaryOperator line = x -> -0.3 * Math.exp(-Math.pow((x - centre) / 1.8, 2) / 2);
      float[] added = InjectedFeature.added(SPECTRA.get(i), line);
      ReleaseReduction.Result before = reduce(List.of(SPECTRA.get(i)));
      ReleaseReduction.Result after = reduce(List.of(InjectedFeature.with(SPECTRA.get(i), added)));
      if (before.fibres().get(0).fallsBack() == after.fibres().get(0).fallsBack()) {
        leaks.add(leak(added, sky(after, 0, Method.MEMORY), sky(before, 0, Method.MEMORY)));
      }
    }
    double[] all = leaks.stream().mapToDouble(Double::doubleValue).toArray();
    assertThat(all.length).isGreaterThan(8);
    assertThat(RobustStatistics.median(all)).isLessThan(1);
    assertThat(RobustStatistics.percentile(all, 95)).isLessThan(3);
  }

  /** Share of what was added that is taken for sky, %. */
  private static double leak(float[] added, SkyEstimate after, SkyEstimate before) {
    double swallowed = 0;
    double whole = 0;
    for (int p = 0; p < added.length; p++) {
      swallowed += added[p] * (after.sky()[p] - before.sky()[p]);
      whole += added[p] * added[p];
    }
    return 100 * Math.abs(swallowed) / whole;
  }

  @Test
  void memoryAndNetworksSayWhatTheyGained() {
    List<String> stages = REDUCED.training().stream().map(TrainingStep::stage).toList();
    assertThat(stages).contains("residual", "memory over components", "networks over memory");
    for (FibreResult fibre : REDUCED.fibres()) {
      assertThat(fibre.skies().keySet())
          .containsExactlyInAnyOrder(Method.SUPER, Method.FULL, Method.MEMORY, Method.SMI);
      assertThat(fibre.verdict().source()).isIn(Method.MEMORY, Method.SMI);
      if (fibre.verdict().source() == Method.MEMORY) {
        assertThat(fibre.skies().get(Method.SMI).sky())
            .isEqualTo(fibre.skies().get(Method.MEMORY).sky());
      }
    }
  }

  /** No way lets a spectrum into what is taken from others of its fold. */
  @Test
  void whatIsHeldOutMovesNoOtherOfItsFold() {
    ResidualSet set = new ResidualSet(SPECTRA, OPTIONS.seed());
    float[] added = new float[SPECTRA.get(3).pixelCount()];
    Arrays.fill(added, 1000, 3000, 500);
    List<ReleaseSpectrum> changed = new ArrayList<>(SPECTRA);
    changed.set(3, InjectedFeature.with(SPECTRA.get(3), added));
    ResidualSet other = new ResidualSet(changed, OPTIONS.seed());
    int fold = set.folds()[3];
    try (ResidualNetworks networks = ResidualBase.of(MODEL).networks()) {
      ResidualSet.Frame before = set.frame(fold);
      ResidualSet.Frame after = other.frame(fold);
      ResidualNetworks.Expected was = networks.expected(before.placed(), true);
      ResidualNetworks.Expected is = networks.expected(after.placed(), true);
      for (int i = 0; i < set.size(); i++) {
        if (i != 3 && set.isHeld(i, fold)) {
          assertThat(after.with(i, is.memory()[i]).sky())
              .isEqualTo(before.with(i, was.memory()[i]).sky());
          assertThat(after.with(i, is.networks()[i]).sky())
              .isEqualTo(before.with(i, was.networks()[i]).sky());
        }
      }
    }
  }

  @Test
  void linesOfStarsAreNoSkyByAnyMethod() {
    double[] lines = {6302, 7667, 7701.1, 8185.5, 8809.2, 7056, 6564.6 * 1.2, 3728.5 * 2};
    List<ReleaseSpectrum> injected = new ArrayList<>(SPECTRA);
    List<float[]> added = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      double centre = lines[i];
      double height = i < 6 ? -0.3 : 2;
      DoubleUnaryOperator line = x -> height * Math.exp(-Math.pow((x - centre) / 1.8, 2) / 2);
      added.add(InjectedFeature.added(SPECTRA.get(i), line));
      injected.set(i, InjectedFeature.with(SPECTRA.get(i), added.get(i)));
    }
    ReleaseReduction.Result with = reduce(injected);
    for (Method method : List.of(Method.FULL, Method.MEMORY, Method.SMI)) {
      double[] leaks = new double[lines.length];
      for (int i = 0; i < lines.length; i++) {
        leaks[i] = leak(added.get(i), sky(with, i, method), sky(REDUCED, i, method));
      }
      assertThat(RobustStatistics.median(leaks)).as(method.key()).isLessThan(1);
      assertThat(RobustStatistics.percentile(leaks, 95)).as(method.key()).isLessThan(3);
    }
  }

  @Test
  void itComesBackFromItsBytesAndDamageIsTold() {
    ReleasedModel again = ResidualBase.learn(LESSONS, OPTIONS);
    assertThat(again.pipelines()).isEqualTo(MODEL.pipelines());
    assertThat(again.networks()).isEqualTo(MODEL.networks());
    assertThat(again.memory().bytes()).isEqualTo(MODEL.memory().bytes());
    assertThat(ResidualBase.of(MODEL).lines()).anyMatch(line -> line.startsWith("any version: "));
    byte[] part = Arrays.copyOf(MODEL.pipelines(), 1000);
    assertThatThrownBy(
            () -> ResidualBase.of(new ReleasedModel(part, MODEL.memory(), MODEL.networks())))
        .hasMessageContaining("end too soon");
  }
}
