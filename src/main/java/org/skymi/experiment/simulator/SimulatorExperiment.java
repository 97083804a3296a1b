package org.skymi.experiment.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.skymi.experiment.Benchmark;
import org.skymi.simulate.Effect;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.Preset;
import org.skymi.simulate.Site;
import org.skymi.survey.Instrument;

/** Measures the default site beside published figures and a real instrument. */
public final class SimulatorExperiment {
  private static final int FIRST_NIGHT = 58150;

  private final int plates;
  private final long seed;
  private final Consumer<String> progress;

  /**
   * An experiment.
   *
   * @param plates whose sky is subtracted, dark, grey and bright in turn
   * @param seed of all plates
   * @param progress is told what is done
   */
  public SimulatorExperiment(int plates, long seed, Consumer<String> progress) {
    this.plates = plates;
    this.seed = seed;
    this.progress = progress;
  }

  /** All that docs/simulator.md says. */
  record Result(
      Run run,
      Map<Preset, Map<Moon, Residuals>> residuals,
      Map<Effect, EffectLosses.Errors[]> losses,
      Components components,
      List<InstrumentHabits> habits,
      String cost) {}

  /** What was asked for. */
  record Run(int plates, long seed, Optional<Path> desi) {}

  /**
   * Sky subtraction under one moon.
   *
   * @param exposures of Super Sky and of {@code full}, by exposure
   */
  record Residuals(List<SkyResiduals.Means[]> exposures) {
    /** Mean over exposures; method 0 is Super Sky, 1 {@code full}. */
    SkyResiduals.Means mean(int method) {
      return new SkyResiduals.Means(
          exposures.stream().mapToDouble(e -> e[method].continuum()).average().orElse(0),
          exposures.stream().mapToDouble(e -> e[method].line()).average().orElse(0));
    }

    /** Super Sky's lines in the best quarter of the exposures: their greatest. */
    double bestLines() {
      double[] lines = exposures.stream().mapToDouble(e -> e[0].line()).sorted().toArray();
      return lines[(lines.length - 1) / 4];
    }
  }

  /**
   * Variance components.
   *
   * @param simulated of the default site
   * @param clean of the same without objects in sky fibres
   * @param desi where its data are at hand
   */
  record Components(
      VarianceComponents simulated, VarianceComponents clean, Optional<VarianceComponents> desi) {}

  /**
   * Runs it.
   *
   * @param desi folder of DESI's tables, if they are at hand
   * @return the page, Markdown
   * @throws IOException if a table cannot be read
   */
  public String page(Optional<Path> desi) throws IOException {
    Map<Preset, Map<Moon, Residuals>> residuals = new EnumMap<>(Preset.class);
    for (Preset preset : Preset.values()) {
      int few = Math.max(Moon.values().length, plates / 4);
      residuals.put(preset, residuals(preset, preset == Preset.LAMOST ? plates : few));
      progress.accept("sky subtraction, " + preset);
    }
    Map<Effect, EffectLosses.Errors[]> losses =
        EffectLosses.measure(Math.max(1, plates / 10), seed);
    progress.accept("effects");
    Optional<DesiData> data = desi.map(DesiData::new);
    Components components =
        new Components(
            components(Site.lamost()),
            components(Site.lamost().without(Effect.CONTAMINATION)),
            data.isEmpty()
                ? Optional.empty()
                : Optional.of(VarianceComponents.of(data.get().skyLevels())));
    progress.accept("variance components");
    List<InstrumentHabits> habits = InstrumentHabits.measure(seed, data);
    progress.accept("habits");
    return SimulatorPage.of(
        new Result(new Run(plates, seed, desi), residuals, losses, components, habits, cost()));
  }

  /** Seconds of one exposure of a spectrograph in one thread, nothing written. */
  private String cost() throws IOException {
    PlateSimulator simulator =
        new PlateSimulator(PlateDesign.of("COST", FIRST_NIGHT, seed).withSpectrographs(1));
    return Benchmark.of(
            3,
            benchmark -> {
              simulator.ids().forEach(simulator::frame);
              int exposures = simulator.ids().size() / Instrument.LAMOST.arms().size();
              benchmark.done("frames", "exposure", exposures);
            })
        .text("both arms of a spectrograph, " + Instrument.LAMOST.fibres() + " fibres");
  }

  private VarianceComponents components(Site site) {
    return VarianceComponents.of(SimulatedLevels.of(site, 5, 6, 2, 1, seed));
  }

  private Map<Moon, Residuals> residuals(Preset preset, int number) {
    Map<Moon, Residuals> result = new EnumMap<>(Moon.class);
    Moon[] moons = Moon.values();
    for (Moon moon : moons) {
      List<SkyResiduals.Means[]> exposures =
          IntStream.range(0, number)
              .parallel()
              .filter(plate -> plate % moons.length == moon.ordinal())
              .mapToObj(plate -> SkyResiduals.of(design(preset, moon, plate)))
              .toList();
      result.put(moon, new Residuals(exposures));
    }
    return result;
  }

  private PlateDesign design(Preset preset, Moon moon, int plate) {
    return PlateDesign.of("CHECK" + plate, FIRST_NIGHT + plate, seed)
        .withSpectrographs(new int[] {1 + 5 * plate % Instrument.LAMOST.spectrographs()})
        .withMoon(moon)
        .withSite(Site.of(preset));
  }
}
