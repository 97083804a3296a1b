package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FitsRejection;
import org.skymi.fits.FrameReader;
import org.skymi.fits.ReleaseSpectrumReader;
import org.skymi.survey.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi bench read PATH...}: files read, inflated, checked and decoded per second. */
@Command(
    name = "read",
    description = "Reads all FITS files of folders again and again, in one thread.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A pass reads each file from its file system, inflates, checks and",
      "decodes it; one before those measured warms up. MB are as stored.",
      "On a machine that is busy, files per CPU second say what a core can do.",
      "Example:",
      "  skymi bench read ../shared/data/lamost ../shared/data/frames --repeat 7"
    })
final class BenchReadCommand implements Callable<Integer> {
  private static final String HEAD = "%-17s  %6s  %8s  %24s  %9s  %12s%n";
  private static final String ROW = "%-17s  %6d  %8.1f  %9.1f (%6.1f-%6.1f)  %9.1f  %12.1f%n";

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Folders, as paths or URIs.")
  private List<String> paths;

  @Option(
      names = "--repeat",
      defaultValue = "5",
      description = "Measured passes (${DEFAULT-VALUE}).")
  private int repeat;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (repeat < 1) {
      throw new InputException("--repeat must be 1 or more");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(HEAD, "kind", "files", "MB", "files/s median (range)", "MB/s", "files/CPU s");
    Map<FitsKind, List<FitsInput>> inputs =
        FitsInput.byKind(paths, spec.commandLine().getErr()::println);
    for (Map.Entry<FitsKind, List<FitsInput>> kind : inputs.entrySet()) {
      measure(kind.getKey(), kind.getValue(), out);
    }
    out.printf("%d passes after one to warm up, 1 thread, Java %s%n", repeat, Runtime.version());
    out.flush();
    return Main.DONE;
  }

  private void measure(FitsKind kind, List<FitsInput> items, PrintWriter out) throws IOException {
    double megabytes = items.stream().mapToLong(item -> item.file().length()).sum() / 1e6;
    double[] elapsed = new double[repeat];
    double[] ofCpu = new double[repeat];
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    for (int pass = -1; pass < repeat; pass++) {
      long start = System.nanoTime();
      long cpuStart = thread.getCurrentThreadCpuTime();
      for (FitsInput item : items) {
        read(kind, item);
      }
      if (pass >= 0) {
        elapsed[pass] = (System.nanoTime() - start) / 1e9;
        ofCpu[pass] = (thread.getCurrentThreadCpuTime() - cpuStart) / 1e9;
      }
    }
    Arrays.sort(elapsed);
    out.printf(
        Locale.ROOT,
        ROW,
        kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        items.size(),
        megabytes,
        items.size() / median(elapsed),
        items.size() / elapsed[repeat - 1],
        items.size() / elapsed[0],
        megabytes / median(elapsed),
        items.size() / median(ofCpu));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
  }

  private static void read(FitsKind kind, FitsInput item) throws IOException {
    String path = item.file().path();
    try {
      if (kind == FitsKind.FRAME) {
        FrameReader.read(path, item.read());
      } else {
        ReleaseSpectrumReader.read(path, item.read());
      }
    } catch (FitsRejection e) {
      throw new InputException(e.getMessage(), e);
    }
  }
}
