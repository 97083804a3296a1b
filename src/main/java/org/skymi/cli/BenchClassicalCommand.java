package org.skymi.cli;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.sky.ArmSky;
import org.skymi.sky.CleanFrame;
import org.skymi.sky.Folds;
import org.skymi.sky.SpectrographSky;
import org.skymi.sky.SuperSky;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skymi bench classical}: seconds of the classical stage per frame. */
@Command(
    name = "classical",
    description = "Times the classical sky estimate of simulated frames, in one thread.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Both arms of one spectrograph and exposure are simulated in memory, then",
      "cleaned, analysed once for every fold and once from everything, and given",
      "a Super Sky for every fibre. Figures are for one frame, half of the pair;",
      "one pass before those measured warms up.",
      "Example:",
      "  skymi bench classical --repeat 7"
    })
final class BenchClassicalCommand implements Callable<Integer> {
  private static final String[] STEPS = {"clean", "analyse, all folds", "super skies", "total"};
  private static final String HEAD = "%-18s  %24s  %9s%n";
  private static final String ROW = "%-18s  %9.3f (%6.3f-%6.3f)  %9.3f%n";

  @Option(
      names = "--repeat",
      defaultValue = "5",
      description = "Measured passes (${DEFAULT-VALUE}).")
  private int repeat;

  @Option(
      names = "--fibres",
      defaultValue = "250",
      description = "Fibres of a frame (${DEFAULT-VALUE}).")
  private int fibres;

  @Option(
      names = "--moon",
      defaultValue = "grey",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Moon moon;

  @Option(names = "--seed", defaultValue = "1", description = "Of the frames (${DEFAULT-VALUE}).")
  private long seed;

  @Spec private CommandSpec spec;

  private final ThreadMXBean thread = ManagementFactory.getThreadMXBean();

  @Override
  public Integer call() {
    if (repeat < 1) {
      throw new InputException("--repeat must be 1 or more");
    }
    Frame[] frames = simulate();
    double[][] elapsed = new double[STEPS.length][repeat];
    double[][] ofCpu = new double[STEPS.length][repeat];
    for (int pass = -1; pass < repeat; pass++) {
      double[][] seconds = time(frames);
      for (int step = 0; step < STEPS.length && pass >= 0; step++) {
        elapsed[step][pass] = seconds[0][step];
        ofCpu[step][pass] = seconds[1][step];
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(HEAD, "step", "s/frame median (range)", "CPU s");
    for (int step = 0; step < STEPS.length; step++) {
      Arrays.sort(elapsed[step]);
      Arrays.sort(ofCpu[step]);
      out.printf(
          Locale.ROOT,
          ROW,
          STEPS[step],
          elapsed[step][repeat / 2],
          elapsed[step][0],
          elapsed[step][repeat - 1],
          ofCpu[step][repeat / 2]);
    }
    out.printf(
        "%d fibres x %d and %d pixels, %d folds and everything; "
            + "%d passes after one to warm up, 1 thread, Java %s%n",
        fibres,
        frames[0].pixelCount(),
        frames[1].pixelCount(),
        folds(frames[0]).count(),
        repeat,
        Runtime.version());
    out.flush();
    return Main.DONE;
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
    Frame[] frames = new Frame[Arm.values().length];
    for (FrameId id : simulator.ids()) {
      frames[id.arm().ordinal()] = simulator.frame(id).frame();
    }
    return frames;
  }

  private static Folds folds(Frame frame) {
    return Folds.blocks(frame.fibreCount(), frame.fibres().indicesOf(FibreType.SKY));
  }

  /** Seconds per frame by the clock and of CPU, step by step. */
  private double[][] time(Frame[] frames) {
    double[][] marks = new double[STEPS.length][];
    marks[0] = now();
    CleanFrame[] clean = new CleanFrame[frames.length];
    Arrays.setAll(clean, a -> CleanFrame.of(frames[a]));
    marks[1] = now();
    Folds folds = folds(frames[0]);
    SpectrographSky sky = null;
    for (int fold = 0; fold <= folds.count(); fold++) {
      int heldOut = fold < folds.count() ? fold : -1;
      sky = SpectrographSky.analyse(clean, frames[0].fibres(), folds.mayTrain(heldOut));
    }
    marks[2] = now();
    for (Arm arm : Arm.values()) {
      ArmSky own = sky.arm(arm).orElseThrow();
      for (int i = 0; i < fibres; i++) {
        SuperSky.pipeline(own, i, clean[arm.ordinal()].wavelength(i));
      }
    }
    marks[3] = now();
    double[][] seconds = new double[2][STEPS.length];
    for (int clock = 0; clock < seconds.length; clock++) {
      for (int step = 0; step < STEPS.length; step++) {
        boolean total = step == STEPS.length - 1;
        double from = marks[total ? 0 : step][clock];
        double to = marks[total ? step : step + 1][clock];
        seconds[clock][step] = (to - from) / frames.length;
      }
    }
    return seconds;
  }

  private double[] now() {
    return new double[] {System.nanoTime() / 1e9, thread.getCurrentThreadCpuTime() / 1e9};
  }
}
