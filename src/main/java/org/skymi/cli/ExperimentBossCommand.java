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
    CoaddExperiment experiment = new CoaddExperiment(band, methods, seed);
    for (Map.Entry<String, List<SkySpectrum>> set : spectra().entrySet()) {
      Optional<CoaddExperiment.Outcome> outcome = experiment.judge(set.getValue());
      if (outcome.isEmpty()) {
        out.printf(Locale.ROOT, "%s: no bright pixel of a sky line%n", set.getKey());
        continue;
      }
      CoaddExperiment.Outcome o = outcome.get();
      out.printf(
          Locale.ROOT,
          "%s: %d fibres, %d bright pixels, stated noise %.2f %% of the sky%n",
          set.getKey(),
          o.fibres(),
          o.pixels(),
          o.noise());
      TextTable table =
          new TextTable(
              "all pixels, %", "a fibre's, median, %", "worst, %", "whose sky is subtracted");
      table.endingInProse();
      o.scores()
          .forEach(
              (name, s) ->
                  table.row(
                      Digits.three(s.pooled()),
                      Digits.three(s.typical()),
                      Digits.three(s.worst()),
                      name));
      out.print(table);
    }
    out.flush();
    return Main.DONE;
  }

  /** By plate and spectrograph, in order of fibre. */
  private Map<String, List<SkySpectrum>> spectra() throws IOException {
    List<FitsInput> inputs =
        FitsInput.byKind(List.of(folder), spec.commandLine().getErr()::println)
            .getOrDefault(FitsKind.SKY_SPECTRUM, List.of());
    if (inputs.isEmpty()) {
      throw new InputException("no spectra with their skies below " + folder);
    }
    Map<String, List<SkySpectrum>> sets = new TreeMap<>();
    for (FitsInput input : inputs) {
      try {
        SkySpectrum s =
            SdssSpectrumReader.read(input.file().path(), input.read(), FitsLimits.DEFAULT);
        sets.computeIfAbsent(
                s.plate() + ", spectrograph " + s.spectrograph(), k -> new ArrayList<>())
            .add(s);
      } catch (FitsRejection e) {
        throw new InputException(e.getMessage(), e);
      }
    }
    sets.values().forEach(set -> set.sort(Comparator.comparingInt(SkySpectrum::fibreId)));
    return sets;
  }
}
