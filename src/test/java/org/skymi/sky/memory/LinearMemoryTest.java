package org.skymi.sky.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.skymi.math.NormalEquations;

class LinearMemoryTest {
  private static LinearMemory learn(List<FrameEquations> frames, int bilinear) {
    return LinearMemory.learn(
        frames, List.of(SmallWorld.shape(bilinear)), Epochs.NONE, LinearMemory.PASSES);
  }

  @Test
  void theOrderOfFramesDoesNotMatter() {
    SmallWorld world = new SmallWorld(2, 1);
    List<FrameEquations> frames = world.frames(100, 6);
    FrameEquations next = world.frames(200, 1).get(0);
    LinearMemory one = learn(frames, 1);
    List<FrameEquations> shuffled = new ArrayList<>(frames);
    Collections.shuffle(shuffled, new Random(2));
    LinearMemory other = LinearMemory.empty(List.of(SmallWorld.shape(1)), Epochs.NONE);
    for (int pass = 0; pass < LinearMemory.PASSES; pass++) {
      MemorySums left = new MemorySums();
      MemorySums right = new MemorySums();
      for (int f = 0; f < shuffled.size(); f++) {
        (f % 3 == 0 ? left : right).add(other, shuffled.get(f));
      }
      other = new MemorySums().merge(right).merge(left).learnt(other);
    }
    Prediction[] a = one.predict(next, i -> true);
    Prediction[] b = other.predict(next, i -> true);
    for (int i = 0; i < a.length; i++) {
      for (int c = 0; c < SmallWorld.COEFFICIENTS; c++) {
        assertThat(a[i].mean()[c]).isCloseTo(b[i].mean()[c], within(1e-9));
        double variance = a[i].covariance().get(c, c);
        assertThat(b[i].covariance().get(c, c)).isCloseTo(variance, within(1e-9 * variance));
      }
    }
  }

  @Test
  void aNightIsTakenInAsIfItHadBeenThereAtFirst() {
    SmallWorld world = new SmallWorld(1, 6);
    List<FrameEquations> known = world.frames(100, 8);
    List<FrameEquations> night = world.frames(108, 1);
    List<FrameEquations> all = new ArrayList<>(known);
    all.addAll(night);
    LinearMemory old = learn(known, 0);
    MemorySums sums = new MemorySums();
    night.forEach(frame -> sums.add(old, frame));
    LinearMemory updated = sums.addedTo(old);
    FrameEquations next = world.frames(200, 1).get(0);
    double off = distance(old.predict(next, i -> true), learn(all, 0).predict(next, i -> true));
    double left =
        distance(updated.predict(next, i -> true), learn(all, 0).predict(next, i -> true));
    // What stays is that variances and the slit's mean have not followed.
    assertThat(left).isLessThan(0.25 * off);
    for (int i = 0; i < SmallWorld.FIBRES; i++) {
      FrameEquations.Fibre fibre = next.fibres()[i];
      assertThat(updated.memory(next).uncertainty(fibre).get(0, 0))
          .isLessThan(old.memory(next).uncertainty(fibre).get(0, 0));
    }
  }

  private static double distance(Prediction[] a, Prediction[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int c = 0; c < SmallWorld.COEFFICIENTS; c++) {
        sum += Math.pow(a[i].mean()[c] - b[i].mean()[c], 2);
      }
    }
    return Math.sqrt(sum);
  }

  @Test
  void surpriseIsTheLogarithmOfTheEvidence() {
    // One coefficient with prior 0.3 +- 0.2, seen as 0.5 +- 0.1: a Gaussian of both variances.
    NormalEquations own = new NormalEquations(1);
    own.add(new double[] {1}, 100, 0.5);
    double one = expecting(0.3, 0.04).surprise(own);
    double other = expecting(0.45, 0.01).surprise(own);
    double difference =
        0.5 * (0.2 * 0.2 / 0.05 + Math.log(0.05)) - 0.5 * (0.05 * 0.05 / 0.02 + Math.log(0.02));
    assertThat(one - other).isCloseTo(difference, within(1e-12));
  }

  private static Prediction expecting(double mean, double variance) {
    return new Prediction(new double[] {mean}, new DMatrixRMaj(new double[][] {{variance}}));
  }

  @Test
  void heldOutFibresTellNothing() {
    SmallWorld world = new SmallWorld(1, 3);
    LinearMemory memory = learn(world.frames(100, 5), 1);
    FrameEquations frame = world.frames(200, 1).get(0);
    FrameEquations spoilt = SmallWorld.with(frame, 7, SmallWorld.wild());
    Prediction[] held = memory.predict(frame, i -> i != 7);
    Prediction[] spoiltHeld = memory.predict(spoilt, i -> i != 7);
    for (int i = 0; i < held.length; i++) {
      assertThat(spoiltHeld[i].mean()).isEqualTo(held[i].mean());
    }
    // What is held out is foretold as if it had no equations at all.
    FrameEquations dead = SmallWorld.with(frame, 7, null);
    assertThat(memory.predict(dead, i -> true)[7].mean()).isEqualTo(held[7].mean());
  }

  @Test
  void nothingIsForetoldFromItself() {
    SmallWorld world = new SmallWorld(1, 4);
    LinearMemory memory = learn(world.frames(100, 5), 1);
    FrameEquations frame = world.frames(200, 1).get(0);
    double[] with = memory.predict(frame, i -> true)[7].mean();
    double[] without = memory.predict(frame, i -> i != 7)[7].mean();
    for (int c = 0; c < with.length; c++) {
      // Robust weights of the others may differ a little.
      assertThat(with[c]).isCloseTo(without[c], within(2e-4));
    }
  }

  @Test
  void oneCoefficientIsTheWeightedMean() {
    MemoryShape shape =
        new MemoryShape(
            1,
            new double[] {1},
            new double[] {0.02},
            new double[] {1},
            new MemoryShape.Orders(1, 0, 0, 0));
    LinearMemory start = LinearMemory.empty(List.of(shape), Epochs.NONE);
    double[] seen = {1.01, 1.02, 1.015};
    MemorySums sums = new MemorySums();
    double sigma = 0.003;
    for (int e = 0; e < seen.length; e++) {
      NormalEquations equations = new NormalEquations(1);
      equations.add(new double[] {1}, 1 / (sigma * sigma), seen[e]);
      FrameEquations.Fibre[] fibres = {SmallWorld.fibre(1, equations)};
      sums.add(start, new FrameEquations(new FrameEquations.When(e, e), 1, 0, fibres));
    }
    LinearMemory memory = sums.learnt(start);
    ArmMemory learnt = memory.memories().get(new LinearMemory.Key(1, 0, 0));
    // Own scatter 0.02, from visit to visit half of it; the slit's value is the same fibre's.
    double visits = 3 / (0.01 * 0.01 + sigma * sigma);
    double slit = 1 / (1 / visits + 0.02 * 0.02);
    double prior = 1 / (100 * 0.02 * 0.02);
    double base = (slit * 1.015 + prior) / (slit + prior);
    double own = 1 / (0.02 * 0.02);
    assertThat(learnt.base(1)[0]).isCloseTo(base, within(1e-12));
    assertThat(learnt.means(1)[0])
        .isCloseTo((visits * 1.015 + own * base) / (visits + own), within(1e-12));
    assertThat(learnt.variances[0][0]).isCloseTo(1 / (visits + own), within(1e-15));
  }

  @Test
  void rememberedFibresAreForetoldAlmostAsWellAsTheyRepeat() {
    SmallWorld world = new SmallWorld(1, 5);
    LinearMemory memory = learn(world.frames(100, 12), 1);
    double forgetful = 0;
    double square = 0;
    double promised = 0;
    int count = 0;
    for (FrameEquations frame : world.frames(200, 6)) {
      for (int i = 0; i < frame.fibres().length; i++) {
        int out = i;
        Prediction z = memory.predict(frame, k -> k != out)[i];
        double[] found = frame.fibres()[i].equations().solve().mean();
        for (int c = 0; c < found.length; c++) {
          square += Math.pow(found[c] - z.mean()[c], 2);
          forgetful += found[c] * found[c];
          double noise = frame.fibres()[i].equations().solve().covariance()[c][c];
          promised += z.covariance().get(c, c) + noise;
          count++;
        }
      }
    }
    assertThat(Math.sqrt(square / count)).isLessThan(2 * SmallWorld.VISIT);
    assertThat(square).isLessThan(0.2 * forgetful);
    assertThat(promised / square).isBetween(0.7, 1.5);
  }

  @Test
  void bilinearTermsFollowTheState() {
    SmallWorld world = new SmallWorld(1, 6);
    List<FrameEquations> frames = world.frames(100, 12);
    List<FrameEquations> next = world.frames(200, 6);
    assertThat(error(learn(frames, 1), next)).isLessThan(0.75 * error(learn(frames, 0), next));
  }

  private static double error(LinearMemory memory, List<FrameEquations> frames) {
    double square = 0;
    for (FrameEquations frame : frames) {
      Prediction[] z = memory.predict(frame, k -> true);
      for (int i = 0; i < z.length; i++) {
        double[] found = frame.fibres()[i].equations().solve().mean();
        for (int c = 0; c < found.length; c++) {
          square += Math.pow(found[c] - z[i].mean()[c], 2);
        }
      }
    }
    return Math.sqrt(square);
  }

  @Test
  void aFibreNeverSeenKeepsTheSlitsValue() {
    SmallWorld world = new SmallWorld(1, 7);
    List<FrameEquations> frames =
        world.frames(100, 8).stream().map(f -> SmallWorld.with(f, 20, null)).toList();
    LinearMemory memory = learn(frames, 0);
    ArmMemory arm = memory.memories().get(new LinearMemory.Key(1, 0, 0));
    FrameEquations frame = SmallWorld.with(world.frames(200, 1).get(0), 20, null);
    Prediction[] z = memory.predict(frame, i -> true);
    assertThat(arm.means(21)).isEqualTo(arm.base(21));
    double own = Math.sqrt(z[20].covariance().get(1, 1));
    assertThat(own).isBetween(0.015, 0.035);
    assertThat(z[19].covariance().get(1, 1)).isLessThan(0.5 * own * own);
  }

  @Test
  void wildSkyFibresHardlyTeach() {
    SmallWorld world = new SmallWorld(1, 8);
    List<FrameEquations> frames = world.frames(100, 8);
    List<FrameEquations> spoilt = new ArrayList<>(frames);
    spoilt.set(3, SmallWorld.with(frames.get(3), 11, SmallWorld.wild()));
    double[] clean = mean(learn(frames, 0));
    double[] found = mean(learn(spoilt, 0));
    for (int c = 0; c < clean.length; c++) {
      // Of 16 visits, one 50 % off would move a plain mean by 3 %.
      assertThat(found[c]).isCloseTo(clean[c], within(0.004));
    }
  }

  private static double[] mean(LinearMemory memory) {
    return memory.memories().get(new LinearMemory.Key(1, 0, 0)).means(12);
  }

  @Test
  void anEpochIsFoundWithinTwoNightsAndTheMemoryRecovers() {
    SmallWorld world = new SmallWorld(2, 9);
    world.stepAt = 108;
    List<FrameEquations> before = world.frames(100, 8);
    List<FrameEquations> two = new ArrayList<>(before);
    two.addAll(world.frames(108, 2));
    LinearMemory one = learn(two, 1);
    EpochSums sums = new EpochSums();
    two.forEach(f -> sums.add(one, f));
    List<EpochSums.Step> steps = sums.steps(one);
    assertThat(steps).hasSize(1);
    assertThat(steps.get(0).spectrograph()).isEqualTo(1);
    assertThat(steps.get(0).night()).isEqualTo(108);

    LinearMemory apart =
        LinearMemory.learn(
            two, List.of(SmallWorld.shape(1)), Epochs.NONE.and(steps), LinearMemory.PASSES);
    List<FrameEquations> later = world.frames(110, 4);
    List<FrameEquations> first = later.stream().filter(f -> f.spectrograph() == 1).toList();
    List<FrameEquations> second = later.stream().filter(f -> f.spectrograph() == 2).toList();
    assertThat(error(apart, first)).isLessThan(0.9 * error(one, first));
    assertThat(error(apart, second)).isEqualTo(error(one, second));
  }

  /** What such a night says of a fibre is mostly what was remembered, less apart than expected. */
  @Test
  void anEpochIsFoundWhereEachNightSaysLittle() {
    for (int stepAt : new int[] {Integer.MAX_VALUE, 112}) {
      SmallWorld world = new SmallWorld(1, 11);
      world.noise = 0.016;
      world.stepAt = stepAt;
      List<FrameEquations> frames = world.frames(100, 24);
      LinearMemory memory = learn(frames, 0);
      EpochSums sums = new EpochSums();
      frames.forEach(f -> sums.add(memory, f));
      assertThat(sums.steps(memory))
          .extracting(EpochSums.Step::night)
          .isEqualTo(stepAt == 112 ? List.of(112) : List.of());
    }
  }

  @Test
  void noEpochIsFoundWhereThereIsNone() {
    SmallWorld world = new SmallWorld(2, 10);
    List<FrameEquations> frames = world.frames(100, 10);
    LinearMemory memory = learn(frames, 0);
    EpochSums sums = new EpochSums();
    EpochSums rest = new EpochSums();
    for (int f = 0; f < frames.size(); f++) {
      (f % 2 == 0 ? sums : rest).add(memory, frames.get(f));
    }
    assertThat(sums.merge(rest).steps(memory)).isEmpty();
  }

  @Test
  void aFileHoldsAMemory() throws IOException {
    SmallWorld world = new SmallWorld(2, 11);
    world.stepAt = 103;
    LinearMemory memory =
        LinearMemory.learn(
            world.frames(100, 6), List.of(SmallWorld.shape(1)), Epochs.NONE.and(1, 103), 4);
    FrameEquations next = world.frames(200, 1).get(0);
    byte[] bytes = memory.bytes();
    LinearMemory read = LinearMemory.read(new ByteArrayInputStream(bytes));
    assertThat(read.epochs().nights(1)).containsExactly(103);
    Prediction[] a = memory.predict(next, i -> true);
    Prediction[] b = read.predict(next, i -> true);
    for (int i = 0; i < a.length; i++) {
      for (int c = 0; c < SmallWorld.COEFFICIENTS; c++) {
        assertThat(b[i].mean()[c]).isCloseTo(a[i].mean()[c], within(1e-7));
      }
    }
    assertThat(read.bytes()).isEqualTo(bytes);
    byte[] other = bytes.clone();
    other[7] = 9;
    assertThatThrownBy(() -> LinearMemory.read(new ByteArrayInputStream(other)))
        .hasMessageContaining("version 9");
    byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
    assertThatThrownBy(() -> LinearMemory.read(new ByteArrayInputStream(half)))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> LinearMemory.read(new ByteArrayInputStream(new byte[64])))
        .hasMessageContaining("no memory");
  }
}
