package org.skymi.sky.supersky;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.skymi.math.BSpline;
import org.skymi.math.BandedNormal;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.survey.FibreMap;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;

/** Kernels of the classical stage; {@code docs/bench-kernels}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SkyBenchmark {
  private Frame frame;
  private CleanFrame clean;
  private CleanFrame[] both;
  private BSpline spline;
  private BandedNormal normal;
  private double[] coefficients;
  private double[] strength;

  @Setup
  public void simulate() {
    PlateSimulator simulator = new PlateSimulator(PlateDesign.ideal("BENCH", 58000, 1));
    both = new CleanFrame[Instrument.LAMOST.arms().size()];
    for (FrameId id : simulator.ids()) {
      frame = simulator.frame(id).frame();
      both[id.arm().ordinal()] = CleanFrame.of(frame);
    }
    clean = both[frame.id().arm().ordinal()];
    spline = clean.grid().spline();
    coefficients = new Random(1).doubles(spline.size()).toArray();
    strength = new double[spline.size()];
    Arrays.fill(strength, 1e-3);
    normal = new BandedNormal(spline.size());
    fill(normal);
  }

  private void fill(BandedNormal into) {
    double[] values = new double[BSpline.ORDER];
    for (int fibre = 0; fibre < 20; fibre++) {
      double[] wavelength = clean.wavelength(fibre);
      for (double x : wavelength) {
        int first = spline.first(x);
        spline.values(x, first, values);
        into.add(first, values, 1, 100);
      }
    }
    into.addSmoothing(strength);
  }

  @Benchmark
  public CleanFrame cleanFrame() {
    return CleanFrame.of(frame);
  }

  @Benchmark
  public SpectrographSky analyseOnce() {
    FibreMap map = frame.fibres();
    boolean[] all = new boolean[map.size()];
    Arrays.fill(all, true);
    return SpectrographSky.analyse(both, map, all);
  }

  @Benchmark
  public BandedNormal masterNormalOfTwentyFibres() {
    BandedNormal into = new BandedNormal(spline.size());
    fill(into);
    return into;
  }

  @Benchmark
  public double[] bandedSolve() {
    return normal.solve();
  }

  @Benchmark
  public double splineAtEveryPixelOfAFrame() {
    double sum = 0;
    for (int fibre = 0; fibre < clean.fibres(); fibre++) {
      for (double x : clean.wavelength(fibre)) {
        sum += spline.evaluate(coefficients, x);
      }
    }
    return sum;
  }

  /** The ceiling of a pass over a frame's pixels: reading flux and wavelengths and adding them. */
  @Benchmark
  public double pixelsCeiling() {
    double sum = 0;
    for (int fibre = 0; fibre < clean.fibres(); fibre++) {
      double[] wavelength = clean.wavelength(fibre);
      float[] flux = clean.flux(fibre);
      for (int p = 0; p < flux.length; p++) {
        sum += flux[p] + wavelength[p];
      }
    }
    return sum;
  }
}
