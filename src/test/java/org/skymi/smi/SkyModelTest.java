package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skymi.math.RobustStatistics;
import org.skymi.plate.PlateReduction;
import org.skymi.plate.SmallPlates;
import org.skymi.plate.TrainingShard;
import org.skymi.simulate.PlateSimulator;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.TruthStatistics;
import org.skymi.survey.Arm;
import org.skymi.survey.FrameId;
import org.skymi.survey.InputException;
import org.skymi.survey.Instrument;

/** A base model of small plates, from training to use. */
class SkyModelTest {
  /** Pixels that show the sky's lines. */
  private static final int FINE = 1200;

  private static SkyModel model;

  @BeforeAll
  static void pretrain() throws IOException {
    model = SmallPlates.pretrain(5);
  }

  @Test
  void theCardSaysWhatTheModelWasLearntFrom() {
    ModelCard card = model.card();
    assertThat(card.format()).isEqualTo(ModelCard.FORMAT);
    assertThat(card.training().plates()).containsExactly("P1", "P2", "P3", "P4", "P5");
    assertThat(card.training().heldOut()).containsExactly("P4");
    assertThat(card.training().exposures()).isEqualTo(5);
    assertThat(card.training().masters()).isEqualTo(10);
    assertThat(card.training().skyFibres()).isPositive();
    assertThat(card.training().objectFibres()).isGreaterThan(card.training().skyFibres());
    assertThat(card.options()).containsEntry("epochs", "2");
    assertThat(card.metrics()).containsOnlyKeys("basis_chi_blue", "basis_chi_red");
  }

  @Test
  void theSamePlatesGiveTheSameFile() throws IOException {
    assertThat(SmallPlates.pretrain(5).bytes()).isEqualTo(model.bytes());
  }

  @Test
  void aFileIsReadAsItWasWritten() throws IOException {
    SkyModel read = SkyModel.read("a", new ByteArrayInputStream(model.bytes()));
    assertThat(read.card()).isEqualTo(model.card());
    assertThat(read.bytes()).isEqualTo(model.bytes());
    assertThat(read.digest()).isEqualTo(model.digest());
    assertThat(read.networks()).containsOnlyKeys(Arm.BLUE, Arm.RED);
    for (Arm arm : Instrument.LAMOST.arms()) {
      assertThat(read.networks().get(arm)).isEqualTo(model.networks().get(arm));
      SkyGrid grid = SmallPlates.grid(arm);
      assertThat(read.prior(grid).basis().components())
          .isDeepEqualTo(model.prior(grid).basis().components());
      assertThat(read.prior(grid).slack()).isEqualTo(model.prior(grid).slack());
    }
  }

  /** Plates' rows follow it, and an immutable map's order changes with every process. */
  @Test
  void armsAreAlwaysInTheSameOrder() {
    for (Map<Arm, ?> byArm :
        List.of(model.networks(), model.priors(), model.patterns(), model.grids())) {
      assertThat(byArm.keySet()).containsExactly(Arm.BLUE, Arm.RED);
      assertThatThrownBy(() -> byArm.remove(Arm.RED))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void refusesWhatIsNoModel() {
    assertRefused(new byte[0], "no zip");
    assertRefused("not a zip file, but long enough".getBytes(StandardCharsets.UTF_8), "no zip");
    byte[] bytes = model.bytes();
    for (int length : new int[] {10, bytes.length / 2, bytes.length - 1}) {
      assertRefused(Arrays.copyOf(bytes, length), "truncated");
    }
  }

  @Test
  void refusesADamagedPart() {
    ModelFile.Contents contents = ModelFile.read("m", model.bytes());
    TreeMap<String, byte[]> parts = new TreeMap<>(contents.parts());
    byte[] weights = parts.get("memory.bin").clone();
    weights[100] ^= 1;
    parts.put("memory.bin", weights);
    assertRefused(ModelFile.write(listed -> contents.card(), parts), "memory.bin");
    parts.remove("memory.bin");
    assertRefused(ModelFile.write(listed -> contents.card(), parts), "missing");
    parts = new TreeMap<>(contents.parts());
    parts.put("more", new byte[1]);
    assertRefused(ModelFile.write(listed -> contents.card(), parts), "does not know");
    byte[] flipped = model.bytes();
    flipped[flipped.length / 2] ^= 1;
    assertRefused(flipped, "damaged");
  }

  @Test
  void refusesAnotherFormatAndOtherShapes() {
    ModelFile.Contents contents = ModelFile.read("m", model.bytes());
    TreeMap<String, byte[]> parts = new TreeMap<>(contents.parts());
    ModelCard c = contents.card();
    byte[] other =
        ModelFile.write(
            listed ->
                new ModelCard(
                    7,
                    c.software(),
                    List.of(),
                    c.options(),
                    c.training(),
                    c.grids(),
                    Map.of(),
                    listed),
            parts);
    assertRefused(
        other,
        "format 7, but this program reads format "
            + ModelCard.FORMAT
            + "; learn it anew by skymi pretrain");
    parts.put("memory.bin", new byte[400]);
    assertRefused(with(c, c.grids(), parts), "memory");
    parts = new TreeMap<>(contents.parts());
    parts.put("networks-red.bin", new byte[400]);
    assertRefused(with(c, c.grids(), parts), "networks");
    parts = new TreeMap<>(contents.parts());
    ModelCard.Grid g = c.grids().get(0);
    ModelCard.Grid large = new ModelCard.Grid(g.arm(), g.size(), g.step(), 1 << 30, g.windows());
    assertRefused(with(c, List.of(large), parts), "shape");
  }

  private static byte[] with(
      ModelCard c, List<ModelCard.Grid> grids, TreeMap<String, byte[]> parts) {
    return ModelFile.write(
        listed ->
            new ModelCard(
                c.format(),
                c.software(),
                List.of(),
                c.options(),
                c.training(),
                grids,
                c.metrics(),
                listed),
        parts);
  }

  private static void assertRefused(byte[] bytes, String why) {
    assertThatThrownBy(() -> SkyModel.read("my.model", bytes))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("my.model: ")
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesFramesOfAnotherGrid() {
    SkyModel named = SkyModel.read("my.model", model.bytes());
    PlateReduction reduction = new PlateReduction(SmallPlates.quick(), Optional.of(named));
    assertThatThrownBy(() -> reduction.reduce(SmallPlates.plate(9, 500), r -> {}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("my.model")
        .hasMessageContaining("Å, but the frames' is");
  }

  @Test
  void plateReducedWithAModelDependsOnNoOtherPlate() throws IOException {
    PlateReduction used = new PlateReduction(SmallPlates.quick(), Optional.of(model));
    used.reduce(SmallPlates.plate(8, 400), r -> {});
    PlateReduction fresh =
        new PlateReduction(SmallPlates.quick(), Optional.of(SkyModel.read("copy", model.bytes())));
    List<float[]> one = SmallPlates.skies(used, SmallPlates.plate(9, 400));
    List<float[]> two = SmallPlates.skies(fresh, SmallPlates.plate(9, 400));
    assertThat(one).hasSameSizeAs(two);
    for (int k = 0; k < one.size(); k++) {
      assertThat(one.get(k)).isEqualTo(two.get(k));
    }
    List<float[]> without =
        SmallPlates.skies(new PlateReduction(SmallPlates.quick()), SmallPlates.plate(9, 400));
    assertThat(without.get(0)).isNotEqualTo(one.get(0));
  }

  /**
   * Plates that it never saw: what skies are like is worth something where photons are few, without
   * networks.
   */
  @Test
  void aModelBringsSkiesNearerToTheTruth() throws IOException {
    SkyModel fine = SmallPlates.pretrain(6, FINE);
    assertThat(fine.networks()).isEmpty();
    double with = error(new PlateReduction(SmallPlates.quick(), Optional.of(fine)), 9);
    double without = error(new PlateReduction(SmallPlates.quick()), 9);
    assertThat(with).isLessThan(0.95 * without);
  }

  /** Median over the blue arm's fibres of the rms error per pixel, % of the sky, at 3700-4000. */
  private static double error(PlateReduction reduction, int plate) throws IOException {
    PlateSimulator simulator = SmallPlates.simulator(plate, FINE);
    List<Double> errors = new ArrayList<>();
    reduction.reduce(
        SmallPlates.plate(plate, FINE),
        result -> {
          FrameId id = result.frame().id();
          if (id.arm() == Arm.BLUE) {
            float[][] truth = simulator.frame(id).truthSky();
            for (FibreResult f : result.fibres()) {
              double[] wavelength = result.frame().wavelength()[f.fibreIndex()];
              TruthStatistics t =
                  TruthStatistics.of(
                      f.skies().get(Method.SMI).sky(), truth[f.fibreIndex()], wavelength);
              errors.add(t.rms()[0]);
            }
          }
        });
    return RobustStatistics.median(errors.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Test
  void aModelsNetworksAdaptToThePlateInEveryFold() throws IOException {
    PlateReduction reduction = new PlateReduction(SmallPlates.quick(), Optional.of(model));
    List<Integer> networkSteps = new ArrayList<>();
    List<TrainingStep> steps =
        reduction.reduce(
            SmallPlates.plate(9, 400),
            r -> r.fibres().forEach(f -> networkSteps.add(f.verdict().networkSteps())));
    assertThat(steps).extracting(TrainingStep::arm).containsOnly("b", "r");
    assertThat(steps).extracting(TrainingStep::fold).contains(-1, 0, 1);
    assertThat(steps)
        .filteredOn(s -> s.fold() == -1 && s.arm().equals("r"))
        .extracting(TrainingStep::stage)
        .containsExactly("base", "sky", "faint", "bright");
    assertThat(networkSteps.stream().mapToInt(n -> n).max().orElse(0))
        .isEqualTo(
            steps.stream()
                .filter(TrainingStep::isProgress)
                .collect(Collectors.groupingBy(s -> s.fold() + s.arm(), Collectors.counting()))
                .values()
                .stream()
                .mapToInt(Long::intValue)
                .max()
                .orElse(0));
  }

  @Test
  void nothingToLearnFromAndMixedPixelsAreRefused() throws IOException {
    TrainingShard shard = new TrainingShard(2, Map.of());
    assertThatThrownBy(() -> train(shard)).isInstanceOf(InputException.class);
    shard.add(0, "P1", "", SmallPlates.plate(1, 400));
    shard.add(1, "P2", "", SmallPlates.plate(2, 500));
    assertThatThrownBy(() -> train(shard))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("different pixels");
  }

  private static void train(TrainingShard shard) throws IOException {
    SmallPlates.pretrain(
        SmallPlates.here(List.of(shard)), SmallPlates.quick(), new SmallPlates.Saved());
  }
}
