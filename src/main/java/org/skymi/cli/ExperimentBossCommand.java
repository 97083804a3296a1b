package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.skymi.experiment.CoaddExperiment;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.FitsRejection;
import org.skymi.fits.SdssSpectrumReader;
import org.skymi.report.Digits;
import org.skymi.report.TextTable;
import org.skymi.sky.judge.Method;
import org.skymi.survey.InputException;
import org.skymi.survey.PlateId;
import org.skymi.survey.SkySpectrum;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi experiment boss}: skies against the light that real fibres recorded. */
@Command(
    name = "boss",
    description = "Leaves each fibre of real SDSS plates out and foretells what it recorded.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Flux and sky of spec-PLATE-MJD-FIBER files together are what was recorded. The",
      "sky of each fibre comes from the others of its spectrograph, and is held against",
      "the recorded light above the object's own, in bright pixels of sky lines.",
      "Example: skymi experiment boss ../shared/data/boss"
    })
final class ExperimentBossCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER", description = "With the files of one or more plates.")
  private String folder;

  @Option(names = "--low", description = "Begin of the range that judges, Angstrom.")
  private double low = 7200;

  @Option(names = "--high", description = "Its end.")
  private double high = 9000;

  @Option(
      names = "--bright",
      description = "A pixel is bright if the sky is that many times the range's median.")
  private double bright = 3;

  @Option(
      names = "--foretold",
      description =
          "Judge each sky once more in pixels that its fibre did not show: eleven times as long.")
  private boolean foretold;

  @Option(names = "--smi", description = "Networks, too: minutes.")
  private boolean smi;

  @Option(names = "--seed", description = "Of what is trained.")
  private long seed = 1;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Set<Method> methods = EnumSet.of(Method.SUPER, Method.FULL, Method.MEMORY);
    if (smi) {
      methods.add(Method.SMI);
    }
    CoaddExperiment.Band band = new CoaddExperiment.Band(low, high, bright);
    CoaddExperiment experiment = new CoaddExperiment(band, methods, seed, foretold);
    for (Map.Entry<PlateId, Map<Integer, List<SkySpectrum>>> plate : spectra().entrySet()) {
      List<CoaddExperiment.Outcome> outcomes = new ArrayList<>();
      for (Map.Entry<Integer, List<SkySpectrum>> set : plate.getValue().entrySet()) {
        String name = plate.getKey() + ", spectrograph " + set.getKey();
        Optional<CoaddExperiment.Outcome> outcome = experiment.judge(set.getValue());
        if (outcome.isPresent()) {
          print(out, name, outcome.get());
          outcomes.add(outcome.get());
        } else {
          out.printf(Locale.ROOT, "%s: no bright pixel of a sky line%n", name);
        }
      }
      if (outcomes.size() > 1) {
        outcomes.stream()
            .reduce(CoaddExperiment.Outcome::and)
            .ifPresent(all -> print(out, plate.getKey() + ", all spectrographs", all));
      }
    }
    out.flush();
    return Main.DONE;
  }

  private static void print(PrintWriter out, String name, CoaddExperiment.Outcome o) {
    out.printf(
        Locale.ROOT,
        "%s: %d fibres, %d bright pixels, stated noise %.2f %% of the sky%n",
        name,
        o.fibres(),
        o.pixels(),
        o.typicalNoise());
    TextTable table =
        new TextTable(
            "all pixels, %",
            "a fibre's, median, %", "worst, %", "of all exposures, %", "whose sky is subtracted");
    table.endingInProse();
    o.scores()
        .forEach(
            (sky, s) ->
                table.row(
                    Digits.three(s.pooled()),
                    Digits.three(s.typical()),
                    Digits.three(s.worst()),
                    Digits.three(s.whole()),
                    sky));
    out.print(table);
  }

  /** By plate and spectrograph, in order of fibre. */
  private Map<PlateId, Map<Integer, List<SkySpectrum>>> spectra() throws IOException {
    List<FitsInput> inputs =
        FitsInput.byKind(List.of(folder), spec.commandLine().getErr()::println)
            .getOrDefault(FitsKind.SKY_SPECTRUM, List.of());
    if (inputs.isEmpty()) {
      throw new InputException("no spectra with their skies below " + folder);
    }
    Map<PlateId, Map<Integer, List<SkySpectrum>>> plates = new TreeMap<>();
    for (FitsInput input : inputs) {
      try {
        SkySpectrum s =
            SdssSpectrumReader.read(input.file().path(), input.read(), FitsLimits.DEFAULT);
        plates
            .computeIfAbsent(s.plate(), k -> new TreeMap<>())
            .computeIfAbsent(s.spectrograph(), k -> new ArrayList<>())
            .add(s);
      } catch (FitsRejection e) {
        throw new InputException(e.getMessage(), e);
      }
    }
    for (Map<Integer, List<SkySpectrum>> sets : plates.values()) {
      sets.values().forEach(set -> set.sort(Comparator.comparingInt(SkySpectrum::fibreId)));
    }
    return plates;
  }
}
