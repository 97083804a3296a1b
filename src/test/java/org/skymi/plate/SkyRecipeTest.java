package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.FrameResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.SkyEstimate;
import org.skymi.sky.recipe.FibreRecipe;
import org.skymi.sky.recipe.SkyDrawing;
import org.skymi.sky.recipe.SkyRecipe;
import org.skymi.sky.supersky.SuperSkyOptions;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.survey.Arm;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.LineWidths;

/** Skies drawn from recipes against those that the methods themselves drew. */
class SkyRecipeTest {
  /** Numbers of a sky may differ in their last digit. */
  private static final double ROUNDING = 3e-7;

  /** Where a sky's coefficients cancel to less. */
  private static final double ELECTRON = 1;

  private final Map<Method, Integer> compared = new EnumMap<>(Method.class);

  private static List<FrameResult> reduce(
      PlateFrames frames, ReductionOptions options, Optional<SkyModel> model) throws IOException {
    List<FrameResult> results = new ArrayList<>();
    new PlateReduction(options, model).reduce(frames, results::add);
    return results;
  }

  @Test
  void everyMethodsSkiesOfBothArmsAreDrawnAgain() throws IOException {
    PlateFrames plate = SmallPlates.plate(10, 400);
    Map<FrameId, Frame> frames = new TreeMap<>();
    for (FrameId id : plate.ids()) {
      Frame frame = plate.read(id).orElseThrow();
      // One spectrograph's widths are stated.
      frames.put(id, id.spectrograph() == 1 ? frame : frame.withWidths(widths(frame)));
    }
    List<FrameResult> results =
        reduce(
            PlateFrames.of(frames),
            SmallPlates.quick().with(3, EnumSet.allOf(Method.class)),
            Optional.of(SmallPlates.pretrain(4)));
    assertThat(results).extracting(r -> r.frame().id().arm()).contains(Arm.BLUE, Arm.RED);
    results.forEach(this::compare);
    for (Method method : EnumSet.complementOf(EnumSet.of(Method.SURVEY))) {
      assertThat(compared.get(method))
          .as(method.key())
          .isGreaterThan(method == Method.SMI ? 15 : 60);
    }
    // Enough coefficients that something is corrected, and a covariance with them.
    assertThat(results.get(0).recipes().get(0).fibres().values())
        .allSatisfy(
            fibre ->
                assertThat(fibre.orElseThrow().corrections().get("memory").correlation())
                    .hasSizeGreaterThan(400));
  }

  @Test
  void coAddedSpectraHaveARecipeForEveryFold() throws IOException {
    Frame frame = FrameAssemblyTest.assembled();
    List<FrameResult> results =
        reduce(
            PlateFrames.of(Map.of(frame.id(), frame)),
            ReductionOptions.defaults()
                .with(1, EnumSet.of(Method.SUPER, Method.FULL, Method.MEMORY)),
            Optional.empty());
    FrameResult result = results.get(0);
    assertThat(result.recipes()).hasSizeGreaterThan(1).noneMatch(r -> r.fold() < 0);
    assertThat(result.recipes().get(0).frame().components()).isNotEmpty();
    assertThat(result.recipes().stream().mapToInt(r -> r.fibres().size()).sum())
        .isEqualTo(frame.fibreCount());
    compare(result);
    assertThat(compared.get(Method.MEMORY)).isEqualTo(frame.fibreCount());
  }

  @Test
  void superSkiesThatAreMoreThanAScaleHaveNone() throws IOException {
    ReductionOptions plain = ReductionOptions.defaults();
    ReductionOptions options =
        new ReductionOptions(
            1,
            EnumSet.of(Method.SUPER),
            plain.training(),
            plain.parts(),
            plain.holdOut(),
            new SuperSkyOptions(true, 1, 0, false));
    assertThat(reduce(SmallPlates.plate(10, 400), options, Optional.empty()))
        .allSatisfy(r -> assertThat(r.recipes()).isEmpty());
  }

  private static LineWidths widths(Frame frame) {
    float[][] moment = new float[frame.fibreCount()][5];
    for (int i = 0; i < moment.length; i++) {
      for (int k = 0; k < moment[i].length; k++) {
        moment[i][k] = 2 + 0.02f * i + 0.05f * k * k;
      }
    }
    double first = frame.wavelength()[0][0] + 100;
    return new LineWidths(first, 450, moment);
  }

  private void compare(FrameResult result) {
    for (SkyRecipe recipe : result.recipes()) {
      SkyDrawing drawing = new SkyDrawing(recipe.frame());
      recipe
          .fibres()
          .forEach(
              (row, fibre) -> {
                FibreResult of =
                    result.fibres().stream()
                        .filter(f -> f.fibreIndex() == row)
                        .findFirst()
                        .orElseThrow();
                fibre.ifPresent(f -> compare(result.frame(), of, drawing, f));
              });
    }
  }

  private void compare(Frame frame, FibreResult of, SkyDrawing drawing, FibreRecipe fibre) {
    double[] wavelength = frame.wavelength()[of.fibreIndex()];
    for (Method method : List.of(Method.SUPER, Method.FULL, Method.MEMORY, Method.SMI)) {
      Optional<SkyEstimate> expected = of.sky(method);
      Method source = method == Method.SMI ? of.verdict().source() : method;
      if (expected.isPresent()) {
        Sky sky =
            source == Method.SUPER
                ? drawing.scaled(fibre, wavelength)
                : fibre.corrections().containsKey(source.key())
                    ? drawing.corrected(source.key(), fibre, wavelength)
                    : drawing.full(fibre, wavelength);
        assertSame(sky.flux(), expected.get().sky(), ELECTRON);
        assertSame(sky.ivar(), expected.get().ivar(), 0);
        compared.merge(source, 1, Integer::sum);
      }
    }
  }

  private static void assertSame(float[] drawn, float[] expected, double least) {
    assertThat(drawn).hasSameSizeAs(expected);
    for (int p = 0; p < drawn.length; p++) {
      boolean same =
          Float.isNaN(expected[p])
              ? Float.isNaN(drawn[p])
              : Math.abs((double) drawn[p] - expected[p])
                  <= ROUNDING * Math.max(least, Math.abs(expected[p]));
      assertThat(same).as("pixel %d: %s, not %s", p, drawn[p], expected[p]).isTrue();
    }
  }
}
