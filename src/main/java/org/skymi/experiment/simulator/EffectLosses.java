package org.skymi.experiment.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skymi.math.RobustStatistics;
import org.skymi.simulate.Effect;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.simulate.Site;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.TruthStatistics;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.sky.supersky.SuperSky;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.SkyBand;

/** What each effect costs an estimate when it is the only one, against the truth. */
final class EffectLosses {
  /** In every world: without them there would be nothing to estimate, or no errors. */
  private static final Set<Effect> ALWAYS = EnumSet.of(Effect.NOISE, Effect.OBJECTS);

  private EffectLosses() {}

  /**
   * Errors over object fibres, %, averaged over bands and spectrographs.
   *
   * @param blue scatter (NMAD) of the band-mean sky in the blue
   * @param red the same in the red
   * @param bluePixel rms error of a pixel in the blue: its median over fibres
   * @param redPixel the same in the red
   */
  record Errors(double blue, double red, double bluePixel, double redPixel) {
    static Errors of(double[] v) {
      return new Errors(v[0], v[1], v[2], v[3]);
    }
  }

  /**
   * Errors of Super Sky and {@code full} by effect; without any under null.
   *
   * @param spectrographs how many of them
   * @param seed of the plates
   */
  static Map<Effect, Errors[]> measure(int spectrographs, long seed) {
    List<Effect> effects = new ArrayList<>();
    effects.add(null);
    effects.addAll(EnumSet.complementOf(EnumSet.copyOf(ALWAYS)));
    List<Errors[]> errors =
        effects.parallelStream().map(e -> only(e, spectrographs, seed)).toList();
    Map<Effect, Errors[]> result = new LinkedHashMap<>();
    for (int k = 0; k < errors.size(); k++) {
      result.put(effects.get(k), errors.get(k));
    }
    return result;
  }

  private static Errors[] only(Effect effect, int spectrographs, long seed) {
    Set<Effect> without = EnumSet.complementOf(EnumSet.copyOf(ALWAYS));
    without.remove(effect);
    Site site = Site.lamost().without(without.toArray(Effect[]::new));
    double[][] sum = new double[2][4];
    for (int spectrograph = 1; spectrograph <= spectrographs; spectrograph++) {
      PlateDesign design =
          PlateDesign.of("EFFECT" + spectrograph, 58200 + spectrograph, seed)
              .withSpectrographs(new int[] {spectrograph})
              .withMoon(Moon.GREY)
              .withSite(site);
      add(sum, errors(design));
    }
    return Arrays.stream(sum)
        .map(s -> Errors.of(Arrays.stream(s).map(v -> v / spectrographs).toArray()))
        .toArray(Errors[]::new);
  }

  private static void add(double[][] sum, double[][] more) {
    for (int k = 0; k < sum.length; k++) {
      for (int j = 0; j < sum[k].length; j++) {
        sum[k][j] += more[k][j];
      }
    }
  }

  /** Of one exposure of a spectrograph: {@code [method][as Errors]}. */
  private static double[][] errors(PlateDesign design) {
    PlateSimulator simulator = new PlateSimulator(design);
    List<Arm> arms = Instrument.LAMOST.arms();
    SimulatedFrame[] simulated = new SimulatedFrame[arms.size()];
    CleanFrame[] frames = new CleanFrame[arms.size()];
    for (FrameId id : simulator.ids()) {
      simulated[id.arm().ordinal()] = simulator.frame(id);
      frames[id.arm().ordinal()] = CleanFrame.of(simulated[id.arm().ordinal()].frame());
    }
    FibreMap fibres = simulated[0].frame().fibres();
    boolean[] train = new boolean[fibres.size()];
    Arrays.fill(train, true);
    SpectrographSky sky = SpectrographSky.analyse(frames, fibres, train);
    int[] objects = fibres.where(i -> fibres.type()[i].isTarget());
    double[][] result = new double[2][4];
    for (int method = 0; method < 2; method++) {
      TruthStatistics[][] ofFibres = new TruthStatistics[arms.size()][objects.length];
      for (Arm arm : arms) {
        for (int k = 0; k < objects.length; k++) {
          int i = objects[k];
          double[] wavelength = frames[arm.ordinal()].wavelength(i);
          ArmSky own = sky.arm(arm).orElseThrow();
          Sky estimate =
              method == 0
                  ? SuperSky.pipeline(own, i, wavelength)
                  : SuperSky.full(sky, own, i, wavelength);
          float[] truth = simulated[arm.ordinal()].truthSky()[i];
          ofFibres[arm.ordinal()][k] = TruthStatistics.of(estimate.flux(), truth, wavelength);
        }
      }
      for (SkyBand band : Instrument.LAMOST.bands()) {
        int column = Instrument.LAMOST.arm(band).orElseThrow().ordinal();
        TruthStatistics[] of = ofFibres[column];
        double share = 3; // bands of an arm
        result[method][column] += RobustStatistics.nmad(column(of, band, true)) / share;
        result[method][2 + column] += RobustStatistics.median(column(of, band, false)) / share;
      }
    }
    return result;
  }

  private static double[] column(TruthStatistics[] of, SkyBand band, boolean bias) {
    return Arrays.stream(of)
        .mapToDouble(t -> bias ? t.bias()[band.ordinal()] : t.rms()[band.ordinal()])
        .toArray();
  }
}
