package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.FitsRejection;
import org.skymi.fits.ReleaseSpectrumReader;
import org.skymi.release.ReleaseReduction;
import org.skymi.release.ResidualComparison;
import org.skymi.release.ResidualComparison.Way;
import org.skymi.report.Digits;
import org.skymi.report.TextTable;
import org.skymi.survey.InputException;
import org.skymi.survey.ReleaseSpectrum;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi experiment released}: memory and networks for the sky left in released spectra. */
@Command(
    name = "released",
    description = "Foretells the sky that is left in real released spectra, by networks, too.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Each spectrum is held out of what is learnt, and each window is foretold from the",
      "spectrum's other windows. The networks are those of frames; they learn from all",
      "sets of 12 spectra or more that are given.",
      "Example: skymi experiment released ../shared/data/lamost"
    })
final class ExperimentReleasedCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER", description = "With released spectra of low resolution.")
  private String folder;

  @Option(names = "--epochs", description = "Of the networks' training, at the most.")
  private int epochs = 20;

  @Option(names = "--seed", description = "Of weights, and of what is held out together.")
  private long seed = 1;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, List<ReleaseSpectrum>> sets = sets();
    ResidualComparison comparison =
        new ResidualComparison(List.copyOf(sets.values()), epochs, seed);
    int number = 0;
    for (Map.Entry<String, List<ReleaseSpectrum>> set : sets.entrySet()) {
      out.printf(
          Locale.ROOT,
          "%s: %d spectra; rms over noise, median, and gain over components in faint spectra,"
              + " standard errors%n",
          set.getKey(),
          set.getValue().size());
      ResidualComparison.Judged judged = comparison.judge(number++);
      out.print(table(judged.scores()));
      out.println("lines and bands added to spectra of S/N 5-100, share taken for sky, %");
      out.print(leaks(judged.leaks()));
      out.println("as if each were the only one of its spectrograph: " + line(judged.alone()));
      out.flush();
    }
    return Main.DONE;
  }

  private static String line(ResidualComparison.Alone alone) {
    return alone.corrected() == 0
        ? "none of " + alone.spectra() + " corrected, others' spectra gain nothing"
        : String.format(
            Locale.ROOT,
            "%d of %d corrected, rms over noise %s -> %s; of %d faint ones %d better",
            alone.corrected(),
            alone.spectra(),
            Digits.three(alone.before()),
            Digits.three(alone.after()),
            alone.faint(),
            alone.better());
  }

  private static TextTable table(List<ResidualComparison.Score> scores) {
    List<String> heads = new ArrayList<>(List.of("windows"));
    for (Way way : Way.values()) {
      heads.add(way.title());
    }
    heads.addAll(
        List.of("memory's gain", "networks' gain", "better, %", "with memory", "networks"));
    TextTable table = new TextTable(heads.toArray(String[]::new));
    for (ResidualComparison.Score score : scores) {
      List<String> cells = new ArrayList<>(List.of(score.group()));
      for (double rms : score.rms()) {
        cells.add(Digits.three(rms));
      }
      cells.add(Digits.three(score.gain()[Way.MEMORY.ordinal()]));
      cells.add(Digits.three(score.gain()[Way.NETWORKS.ordinal()]));
      for (int way = 1; way < score.better().length; way++) {
        cells.add(Digits.three(score.better()[way]));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  private static TextTable leaks(List<ResidualComparison.Leak> leaks) {
    List<String> heads = new ArrayList<>(List.of("added", "number"));
    for (Way way : Way.values()) {
      if (way != Way.RELEASED) {
        heads.addAll(List.of(way.title(), "95 % below"));
      }
    }
    TextTable table = new TextTable(heads.toArray(String[]::new));
    for (ResidualComparison.Leak leak : leaks) {
      List<String> cells = new ArrayList<>(List.of(leak.kind(), String.valueOf(leak.features())));
      for (int way = 1; way < leak.median().length; way++) {
        cells.add(Digits.three(leak.median()[way]));
        cells.add(Digits.three(leak.most()[way]));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  /** By plate, spectrograph and version of the survey's pipeline; those that are large enough. */
  private Map<String, List<ReleaseSpectrum>> sets() throws IOException {
    Map<String, List<ReleaseSpectrum>> sets = new TreeMap<>();
    for (FitsInput input :
        FitsInput.byKind(List.of(folder), spec.commandLine().getErr()::println)
            .getOrDefault(FitsKind.RELEASE_SPECTRUM, List.of())) {
      try {
        ReleaseSpectrum s =
            ReleaseSpectrumReader.read(input.file().path(), input.read(), FitsLimits.DEFAULT);
        String name = s.plate() + ", spectrograph " + s.spectrograph() + ", " + s.pipelineVersion();
        sets.computeIfAbsent(name, k -> new ArrayList<>()).add(s);
      } catch (FitsRejection e) {
        throw new InputException(e.getMessage(), e);
      }
    }
    sets.values().removeIf(set -> set.size() < ReleaseReduction.FEWEST);
    sets.values().forEach(set -> set.sort(Comparator.comparingInt(ReleaseSpectrum::fibreId)));
    if (sets.size() < 2) {
      throw new InputException(
          "networks need two sets of "
              + ReleaseReduction.FEWEST
              + " released spectra, of different plates or spectrographs; "
              + folder
              + " has "
              + sets.size());
    }
    return sets;
  }
}
