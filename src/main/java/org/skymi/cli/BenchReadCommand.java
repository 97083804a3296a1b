package org.skymi.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skymi.fits.AnyReader;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FitsRejection;
import org.skymi.survey.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi bench read}: how fast files become spectra. */
@Command(
    name = "read",
    description = "Reads all FITS files of folders again and again, in one thread.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A pass reads each file from its file system, inflates, checks and",
      "decodes it. MB are as stored.",
      "Example:",
      "  skymi bench read ../shared/data/lamost ../shared/data/frames --repeat 7"
    })
final class BenchReadCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Folders, as paths or URIs.")
  private List<String> paths;

  @Mixin private BenchOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Map<FitsKind, List<FitsInput>> inputs =
        FitsInput.byKind(paths, spec.commandLine().getErr()::println);
    String conditions = String.join(" ", paths);
    return options.run(
        conditions,
        benchmark -> {
          for (Map.Entry<FitsKind, List<FitsInput>> kind : inputs.entrySet()) {
            String name = kind.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            double bytes = kind.getValue().stream().mapToLong(i -> i.file().length()).sum();
            String each =
                String.format(Locale.ROOT, "file of %.2g MB", bytes / kind.getValue().size() / 1e6);
            benchmark.restart();
            for (FitsInput item : kind.getValue()) {
              read(kind.getKey(), item);
            }
            benchmark.done("read " + name, each, kind.getValue().size());
          }
        });
  }

  private static void read(FitsKind kind, FitsInput item) throws IOException {
    String path = item.file().path();
    try {
      AnyReader.read(kind, path, item.read());
    } catch (FitsRejection e) {
      throw new InputException(e.getMessage(), e);
    }
  }
}
