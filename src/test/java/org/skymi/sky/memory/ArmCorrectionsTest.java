package org.skymi.sky.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skymi.math.NormalEquations;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.LineGroup;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.sky.supersky.SuperSky;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;

class ArmCorrectionsTest {
  private static final FrameEquations.When NOW = new FrameEquations.When(58000, 1);

  private static final CleanFrame[] CLEAN = new CleanFrame[Instrument.LAMOST.arms().size()];
  private static FibreMap fibres;
  private static SpectrographSky both;

  @BeforeAll
  static void simulate() {
    PlateDesign design =
        PlateDesign.ideal("CORRECT", 58000, 3).withFibres(60).withPixels(1900, 2000);
    PlateSimulator simulator = new PlateSimulator(design);
    for (FrameId id : simulator.ids()) {
      CLEAN[id.arm().ordinal()] = CleanFrame.of(simulator.frame(id).frame());
      fibres = simulator.frame(id).frame().fibres();
    }
    boolean[] all = new boolean[fibres.size()];
    Arrays.fill(all, true);
    both = SpectrographSky.analyse(CLEAN, fibres, all);
  }

  private static CleanFrame frame(Arm arm) {
    return CLEAN[arm.ordinal()].corrected(both.arm(arm).orElseThrow().crossTalk());
  }

  private static ArmCorrections corrections(CleanFrame frame) {
    return corrections(frame, i -> true);
  }

  private static ArmCorrections corrections(CleanFrame frame, IntPredicate tells) {
    double[] master = both.arm(frame.arm()).orElseThrow().master();
    return new ArmCorrections(both, master, Patterns.NONE, frame, tells);
  }

  private static FrameEquations equations(CleanFrame frame) {
    return corrections(frame).equations(NOW, 1);
  }

  private static int clearSky() {
    return fibres
        .where(i -> fibres.type()[i] == FibreType.SKY && both.flag(i) == FibreFlag.GOOD)[0];
  }

  @Test
  void withoutCorrectionsASkyIsTheClassicalOne() {
    for (Arm arm : Instrument.LAMOST.arms()) {
      ArmSky sky = both.arm(arm).orElseThrow();
      CleanFrame frame = frame(arm);
      Prediction[] none = new Prediction[fibres.size()];
      Arrays.fill(none, Prediction.none(Instrument.LAMOST.arm(arm)));
      Sky[] skies = corrections(frame).skies(none, sky.masterVariance(), i -> i == 5);
      float[] full = SuperSky.full(both, sky, 5, frame.wavelength(5)).flux();
      for (int p = 0; p < full.length; p++) {
        if (Float.isFinite(full[p])) {
          assertThat(skies[5].flux()[p]).isCloseTo(full[p], within(1e-3f + 1e-4f * full[p]));
        }
      }
      assertThat(skies[6]).isNull();
    }
  }

  @Test
  void onlySkyFibresWithoutObjectLightTeach() {
    FrameEquations equations = corrections(frame(Arm.RED), i -> i != clearSky()).equations(NOW, 1);
    assertThat(equations.fibres()[clearSky()].equations()).isNull();
    for (int i = 0; i < fibres.size(); i++) {
      FrameEquations.Fibre fibre = equations.fibres()[i];
      boolean clear = fibres.type()[i] == FibreType.SKY && both.flag(i) == FibreFlag.GOOD;
      assertThat(fibre.teaches()).isEqualTo(clear && i != clearSky());
      if (fibre.equations() != null && !fibre.teaches()) {
        // Windows with a background of their own know nothing of a continuum.
        assertThat(fibre.equations().gram(0, 0)).isZero();
        assertThat(fibre.equations().gram(fibre.equations().size() - 1, 0)).isZero();
      }
    }
  }

  @Test
  void moreLightIsMoreOfEveryPart() {
    int fibre = clearSky();
    CleanFrame frame = frame(Arm.RED);
    ArmSky sky = both.arm(Arm.RED).orElseThrow();
    float[] more = SuperSky.full(both, sky, fibre, frame.wavelength(fibre)).flux().clone();
    for (int p = 0; p < more.length; p++) {
      more[p] = Float.isFinite(more[p]) ? 0.03f * more[p] : 0;
    }
    double[] before = solved(equations(frame).fibres()[fibre].equations());
    double[] after = solved(equations(frame.with(fibre, more)).fibres()[fibre].equations());
    int hydroxyl = 8 + 3;
    assertThat(after[0] - before[0]).isCloseTo(0.03, within(0.006));
    assertThat(after[hydroxyl] - before[hydroxyl]).isCloseTo(0.03, within(0.006));
  }

  @Test
  void brightStarsTellLittleWhereStarsHaveFeatures() {
    CleanFrame frame = frame(Arm.RED);
    int fibre = fibres.where(i -> fibres.type()[i].isTarget() && !frame.isDead(i))[0];
    float[] star = new float[frame.flux(fibre).length];
    Arrays.fill(star, 300);
    CleanFrame[] recorded = CLEAN.clone();
    recorded[Arm.RED.ordinal()] = CLEAN[Arm.RED.ordinal()].with(fibre, star);
    CleanFrame with = frame.with(fibre, star);
    NormalEquations unseen = corrections(frame).with(both, with).ofWindows(fibre);
    NormalEquations seen =
        corrections(frame).with(both.with(recorded, fibre), with).ofWindows(fibre);
    assertThat(told(LineGroup.OI6300, seen) / told(LineGroup.OI6300, unseen))
        .isCloseTo(1, within(0.1));
    assertThat(told(LineGroup.OH, seen) / told(LineGroup.OH, unseen)).isBetween(0.5, 0.98);
    assertThat(told(LineGroup.SODIUM, seen)).isLessThan(0.3 * told(LineGroup.SODIUM, unseen));
  }

  /** How much equations tell of the strength of a group's lines. */
  private static double told(LineGroup group, NormalEquations equations) {
    List<CorrectionColumns.Term> terms =
        CorrectionColumns.Terms.of(Instrument.LAMOST.arm(Arm.RED)).list();
    return IntStream.range(0, terms.size())
        .filter(k -> terms.get(k).part() == CorrectionColumns.LINES)
        .filter(k -> terms.get(k).group() == group && terms.get(k).order() == 0)
        .mapToDouble(k -> equations.gram(k, k))
        .sum();
  }

  private static double[] solved(NormalEquations equations) {
    NormalEquations both = new NormalEquations(equations.size());
    both.add(equations);
    double[] scale =
        CorrectionColumns.shape(
                Instrument.LAMOST.arm(Arm.RED), 1, new MemoryShape.Orders(1, 1, 0, 0))
            .scale();
    for (int k = 0; k < scale.length; k++) {
      both.addPrior(k, 0, 4 * scale[k] * scale[k]);
    }
    return both.solve().mean();
  }

  @Test
  void tablesOfFactorsAreThePlainSums() {
    CorrectionColumns.Terms terms = CorrectionColumns.Terms.of(Instrument.LAMOST.arm(Arm.RED));
    NormalEquations any = equations(frame(Arm.RED)).fibres()[clearSky()].equations();
    NormalEquations both = new NormalEquations(any.size());
    both.add(any);
    for (int k = 0; k < any.size(); k++) {
      both.addPrior(k, 0, 1e-4);
    }
    NormalEquations.Solution solution = both.solve();
    Prediction z = new Prediction(solution.mean(), new DMatrixRMaj(solution.covariance()));
    double[] parts = {50, 200, 20, -10, 5, 3, 2, -1, 1, 0.5, -0.3, 0.2, 1.5, -2.5, 0.4};
    double[] row = new double[any.size()];
    double u = 0.123;
    for (int k = 0; k < row.length; k++) {
      CorrectionColumns.Term term = terms.list().get(k);
      boolean other = term.group() != null && term.group() != LineGroup.OH;
      row[k] = other ? 0 : parts[term.part()] * term.at(u);
    }
    double mean = 0;
    double variance = 0;
    for (int a = 0; a < row.length; a++) {
      mean += row[a] * z.mean()[a];
      for (int b = 0; b < row.length; b++) {
        variance += row[a] * row[b] * z.covariance().get(a, b);
      }
    }
    Corrected.Terms shared = new Corrected.Terms(terms);
    Corrected corrected = new Corrected(shared, z);
    Corrected.Pixel pixel = new Corrected.Pixel(shared);
    pixel.at(u, LineGroup.OH, parts);
    assertThat(corrected.mean(pixel)).isCloseTo(mean, within(1e-3 * Math.abs(mean) + 1e-3));
    assertThat(corrected.variance(pixel)).isCloseTo(variance, within(5e-3 * variance));
  }
}
