package org.skymi.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.skymi.experiment.Benchmark;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.judge.Folds;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.PipelineSky;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.sky.supersky.SuperSkyOptions;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.InputException;
import org.skymi.survey.Instrument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skymi bench classical}: seconds of the classical stage per frame. */
@Command(
    name = "classical",
    description = "Times the classical sky estimate of simulated frames, in one thread.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Both arms of one spectrograph and exposure are simulated in memory, then",
      "cleaned, analysed once for every fold and once from everything, and given",
      "a Super Sky for every fibre. Figures are for one frame, half of the pair.",
      "Example:",
      "  skymi bench classical --repeat 7"
    })
final class BenchClassicalCommand implements Callable<Integer> {
  private static final String UNIT = "frame";

  @Option(names = "--fibres", description = "Fibres of a frame (${DEFAULT-VALUE}).")
  private int fibres = Instrument.LAMOST.fibres();

  @Option(
      names = "--moon",
      defaultValue = "grey",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Moon moon;

  @Option(names = "--seed", defaultValue = "1", description = "Of the frames (${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private BenchOptions options;

  @Override
  public Integer call() throws IOException {
    Frame[] frames = simulate();
    String conditions =
        String.format(
            Locale.ROOT,
            "%d fibres x %d and %d pixels, %d folds and everything",
            fibres,
            frames[0].pixelCount(),
            frames[1].pixelCount(),
            folds(frames[0]).count());
    return options.run(conditions, benchmark -> pass(frames, benchmark));
  }

  private Frame[] simulate() {
    PlateSimulator simulator;
    try {
      simulator =
          new PlateSimulator(
              PlateDesign.of("BENCH", 58000, seed).withFibres(fibres).withMoon(moon));
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
    Frame[] frames = new Frame[Instrument.LAMOST.arms().size()];
    for (FrameId id : simulator.ids()) {
      frames[id.arm().ordinal()] = simulator.frame(id).frame();
    }
    return frames;
  }

  private static Folds folds(Frame frame) {
    return Folds.blocks(frame.fibreCount(), frame.fibres().indicesOf(FibreType.SKY));
  }

  private void pass(Frame[] frames, Benchmark benchmark) {
    CleanFrame[] clean = new CleanFrame[frames.length];
    Arrays.setAll(clean, a -> CleanFrame.of(frames[a]));
    benchmark.done("clean", UNIT, frames.length);
    Folds folds = folds(frames[0]);
    SpectrographSky sky = null;
    for (int fold = 0; fold <= folds.count(); fold++) {
      int heldOut = fold < folds.count() ? fold : -1;
      sky = SpectrographSky.analyse(clean, frames[0].fibres(), folds.mayTrain(heldOut));
    }
    benchmark.done("analyse, all folds", UNIT, frames.length);
    for (Arm arm : Instrument.LAMOST.arms()) {
      ArmSky own = sky.arm(arm).orElseThrow();
      CleanFrame corrected = clean[arm.ordinal()].corrected(own.crossTalk());
      PipelineSky pipeline = PipelineSky.learn(own, corrected, SuperSkyOptions.pipeline());
      for (int i = 0; i < fibres; i++) {
        pipeline.sky(i, corrected.wavelength(i));
      }
    }
    benchmark.done("super skies", UNIT, frames.length);
  }
}
