package org.skymi.smi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.sky.FibreFlag;
import org.skymi.sky.FibreResult;
import org.skymi.sky.FrameResult;
import org.skymi.sky.RobustStatistics;
import org.skymi.sky.SkyEstimate;
import org.skymi.sky.SuperSkyOptions;
import org.skymi.sky.TruthStatistics;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.SkyBand;

/**
 * What a base model is worth: {@code BaseModelExperiment PLATES JUDGED [MODEL]} learns from
 * simulated plates of mixed moon, two spectrographs each, and prints how far the skies of other
 * plates' objects are from the truth, with the model and without. Figures are in
 * docs/experiments.md.
 */
public final class BaseModelExperiment {
  private final Map<String, List<Double>> bias = new TreeMap<>();
  private final Map<String, List<Double>> rms = new TreeMap<>();

  private BaseModelExperiment() {}

  public static void main(String[] args) throws IOException {
    int plates = Integer.parseInt(args[0]);
    int judged = Integer.parseInt(args[1]);
    Path kept = args.length > 2 ? Path.of(args[2]) : null;
    ReductionOptions options = ReductionOptions.defaults().with(1, true);
    SkyModel model;
    if (kept != null && Files.exists(kept)) {
      model = SkyModel.read(kept.toString(), Files.readAllBytes(kept));
    } else {
      Pretraining pretraining = new Pretraining(options, "experiment");
      for (int k = 0; k < plates; k++) {
        pretraining.plates().add("TRAIN" + k, "", frames(simulated("TRAIN" + k, k, 5000 + k)));
      }
      Pretraining.Result trained = pretraining.train();
      trained.steps().forEach(System.out::println);
      model = trained.model();
      if (kept != null) {
        Files.write(kept, model.bytes());
      }
    }
    System.out.println(new TreeMap<>(model.card().metrics()));
    BaseModelExperiment experiment = new BaseModelExperiment();
    for (int k = 0; k < judged; k++) {
      Map<FrameId, SimulatedFrame> plate = simulated("JUDGED" + k, 301 + 4 * k, 9000 + k);
      experiment.judge("smi", plate, new PlateReduction(options));
      PlateReduction based = new PlateReduction(options, Optional.of(model));
      experiment.judge("smi+model", plate, based);
      ReductionOptions untrained =
          new ReductionOptions(
              1, true, 0, 0, 0, true, true, true, true, true, SuperSkyOptions.pipeline());
      experiment.judge("prior only", plate, new PlateReduction(untrained, Optional.of(model)));
      experiment.print(k + 1 + " plates judged");
    }
  }

  private static Map<FrameId, SimulatedFrame> simulated(String plan, int number, long seed) {
    Moon moon = Moon.values()[number % Moon.values().length];
    int first = 1 + 2 * number % 16;
    PlateSimulator simulator =
        new PlateSimulator(
            new PlateDesign(
                plan,
                58000 + 7 * number,
                new int[] {first, first + 1},
                FrameId.FIBRES,
                1,
                moon,
                1800,
                seed,
                PlateDesign.BLUE_PIXELS,
                PlateDesign.RED_PIXELS,
                Set.of()));
    Map<FrameId, SimulatedFrame> frames = new TreeMap<>();
    simulator.ids().forEach(id -> frames.put(id, simulator.frame(id)));
    return frames;
  }

  private static PlateFrames frames(Map<FrameId, SimulatedFrame> plate) {
    return new PlateFrames() {
      @Override
      public List<FrameId> ids() {
        return List.copyOf(plate.keySet());
      }

      @Override
      public Optional<Frame> read(FrameId id) {
        return Optional.of(plate.get(id).frame());
      }
    };
  }

  private void judge(String name, Map<FrameId, SimulatedFrame> plate, PlateReduction reduction)
      throws IOException {
    long start = System.nanoTime();
    List<TrainingStep> steps =
        reduction.reduce(frames(plate), r -> judge(name, r, plate.get(r.frame().id())));
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f s; steps accepted %s%n",
        name,
        (System.nanoTime() - start) / 1e9,
        accepted(steps));
  }

  private static Map<String, String> accepted(List<TrainingStep> steps) {
    Map<String, int[]> counts = new LinkedHashMap<>();
    for (TrainingStep s : steps) {
      int[] count = counts.computeIfAbsent(s.stage(), k -> new int[2]);
      count[0] += s.accepted() ? 1 : 0;
      count[1]++;
    }
    Map<String, String> shares = new LinkedHashMap<>();
    counts.forEach((stage, c) -> shares.put(stage, c[0] + "/" + c[1]));
    return shares;
  }

  private void judge(String name, FrameResult result, SimulatedFrame simulated) {
    Frame frame = result.frame();
    for (SkyBand band : SkyBand.values()) {
      if (band.arm() != frame.id().arm()) {
        continue;
      }
      Map<String, List<TruthStatistics>> all = new TreeMap<>();
      for (FibreResult fibre : result.fibres()) {
        int i = fibre.fibreIndex();
        if (!frame.fibres().type()[i].isTarget() || fibre.flag() == FibreFlag.DEAD) {
          continue;
        }
        Map<String, SkyEstimate> skies = new TreeMap<>(Map.of(name, fibre.smi()));
        if (name.equals("smi")) {
          skies.put("super", fibre.superSky());
          skies.put("super_full", fibre.superSkyFull().orElseThrow());
        }
        skies.forEach(
            (method, sky) ->
                all.computeIfAbsent(method, m -> new ArrayList<>())
                    .add(
                        TruthStatistics.of(
                            sky.sky(), simulated.truthSky()[i], frame.wavelength()[i])));
      }
      all.forEach(
          (method, statistics) -> {
            double[] b = statistics.stream().mapToDouble(t -> t.bias()[band.ordinal()]).toArray();
            double[] r = statistics.stream().mapToDouble(t -> t.rms()[band.ordinal()]).toArray();
            String key = band + " " + method;
            bias.computeIfAbsent(key, m -> new ArrayList<>()).add(RobustStatistics.nmad(b));
            rms.computeIfAbsent(key, m -> new ArrayList<>()).add(RobustStatistics.median(r));
          });
    }
  }

  /** Means over frames of the medians over fibres. */
  private void print(String title) {
    System.out.println(title + ": band-mean error (NMAD over fibres) / per-pixel rms, %");
    rms.forEach(
        (key, values) ->
            System.out.printf(
                Locale.ROOT,
                "%-24s %6.2f / %6.2f  (by frame:%s)%n",
                key,
                mean(bias.get(key)),
                mean(values),
                values.stream()
                    .map(v -> String.format(Locale.ROOT, " %.2f", v))
                    .reduce("", String::concat)));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
