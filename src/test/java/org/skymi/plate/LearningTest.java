package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skymi.simulate.Moon;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.judge.HoldOut;
import org.skymi.smi.CommonNetwork;
import org.skymi.smi.CommonState;
import org.skymi.smi.FibreFeatures;
import org.skymi.smi.IndividualNetwork;
import org.skymi.smi.Observation;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.TrainingTarget;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

/** Losses, injection and the common state, on a small simulated plate. */
class LearningTest {
  private static final List<PlateExposure> EXPOSURES = new ArrayList<>();

  @BeforeAll
  static void analyse() {
    TestPlate plate = new TestPlate(1, 80, 2, Moon.GREY, 33);
    List<Integer> minutes = plate.ids().stream().map(FrameId::lmjm).distinct().sorted().toList();
    for (int minute : minutes) {
      CleanFrame[] frames = new CleanFrame[Arm.values().length];
      FibreMap fibres = null;
      for (FrameId id : plate.ids()) {
        if (id.lmjm() == minute) {
          Frame frame = plate.read(id).orElseThrow();
          frames[id.arm().ordinal()] = CleanFrame.of(frame);
          fibres = frame.fibres();
        }
      }
      FrameId first = plate.ids().get(0);
      EXPOSURES.add(
          new PlateExposure(first, minutes.indexOf(minute), fibres, frames, HoldOut.BLOCKS));
    }
  }

  private static int firstSky() {
    PlateExposure e = EXPOSURES.get(0);
    for (int i : e.fibres.indicesOf(FibreType.SKY)) {
      if (e.target(-1, i) != null) {
        return i;
      }
    }
    throw new AssertionError("no good sky fibre");
  }

  private static Observation observation(int fibre) {
    return Observation.of(EXPOSURES.get(0).analysis(-1), fibre, 0);
  }

  private static Observation donor() {
    for (int i = 0; i < EXPOSURES.get(0).fibres.size(); i++) {
      if (EXPOSURES.get(0).fibres.type()[i].isTarget() && observation(i).mayDonate()) {
        return observation(i);
      }
    }
    throw new AssertionError("no donor");
  }

  @Test
  void lossSlopeAgreesWithFiniteDifferences() {
    int sky = firstSky();
    TrainingTarget target = EXPOSURES.get(0).target(-1, sky);
    double[] z = FibreFeatures.classical(observation(sky));
    Random random = new Random(1);
    for (int k = 0; k < z.length; k++) {
      z[k] += 0.02 * random.nextGaussian();
    }
    double[] slope = new double[z.length];
    target.loss(z, slope);
    double step = 1e-4;
    for (int k = 0; k < z.length; k++) {
      double[] more = z.clone();
      double[] less = z.clone();
      more[k] += step;
      less[k] -= step;
      double numeric = (target.loss(more, null) - target.loss(less, null)) / (2 * step);
      assertThat(slope[k]).isCloseTo(numeric, within(1e-6 * (1 + Math.abs(numeric))));
    }
  }

  @Test
  void classicalCoefficientsExplainASkyFibreBetterThanNone() {
    int sky = firstSky();
    TrainingTarget target = EXPOSURES.get(0).target(-1, sky);
    double classical = target.loss(FibreFeatures.classical(observation(sky)), null);
    assertThat(classical).isLessThan(2e-3);
    assertThat(target.loss(new double[FibreFeatures.COEFFICIENTS], null)).isGreaterThan(0.5);
  }

  @Test
  void injectionIsLinearInTheObjectAndAddsItsNoise() {
    Observation sky = observation(firstSky());
    Observation once = sky.with(donor(), 0.2);
    Observation twice = sky.with(donor(), 0.4);
    for (int k = 0; k < sky.amplitude.length; k++) {
      if (Float.isFinite(once.error[k])) {
        assertThat(twice.amplitude[k] - sky.amplitude[k])
            .isCloseTo(2 * (once.amplitude[k] - sky.amplitude[k]), within(1e-4f));
        assertThat(once.error[k]).isGreaterThanOrEqualTo(sky.error[k]);
      }
    }
    assertThat(twice.objectDominance()).isGreaterThan(once.objectDominance());
    assertThat(once.objectDominance()).isGreaterThan(sky.objectDominance());
  }

  @Test
  void commonStatesOfTwoExposuresAreToldApart() {
    List<float[]> states = new ArrayList<>();
    List<Integer> exposure = new ArrayList<>();
    for (PlateExposure e : EXPOSURES) {
      for (int i = 0; i < e.fibres.size(); i++) {
        states.add(CommonState.of(Observation.of(e.analysis(-1), i, e.exposure)));
        exposure.add(e.exposure);
      }
    }
    int[] of = exposure.stream().mapToInt(Integer::intValue).toArray();
    CommonNetwork network = new CommonNetwork(1);
    network.normaliseBy(states);
    double early = network.train(states, of, 5, new Random(1));
    double late = network.train(states, of, 150, new Random(1));
    assertThat(early).isLessThan(late);
    assertThat(late).isGreaterThan(-1.0);
  }

  @Test
  void oneExposureHasNothingToBeToldApartFrom() {
    List<float[]> states = List.of(new float[CommonState.SIZE], new float[CommonState.SIZE]);
    CommonNetwork network = new CommonNetwork(1);
    network.normaliseBy(states);
    assertThat(network.train(states, new int[2], 10, new Random(1))).isNaN();
  }

  @Test
  void trainingFitsItsTrainingSet() {
    List<IndividualNetwork.Example> examples = new ArrayList<>();
    PlateExposure e = EXPOSURES.get(0);
    for (int i : e.fibres.indicesOf(FibreType.SKY)) {
      if (e.target(-1, i) != null) {
        examples.add(new IndividualNetwork.Example(observation(i), e.target(-1, i), null));
      }
    }
    ReductionOptions plain =
        ReductionOptions.defaults()
            .with(new ReductionOptions.Training(100, 0, 0))
            .without(ReductionOptions.Part.INJECTION)
            .without(ReductionOptions.Part.INCREMENTS);
    var windows = e.analysis(-1);
    FibreFeatures features =
        new FibreFeatures(
            windows.arm(Arm.BLUE).orElseThrow().grid().windows().size(),
            windows.arm(Arm.RED).orElseThrow().grid().windows().size());
    IndividualNetwork network = new IndividualNetwork(1, features, plain);
    float[][] states = new float[2][CommonNetwork.SIZE];
    double first = network.train(examples, List.of(), states, 1, new Random(1)).loss();
    double last = network.train(examples, List.of(), states, 200, new Random(1)).loss();
    assertThat(last).isLessThan(0.5 * first);
  }
}
