package org.skymi.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.skymi.archive.Archive;
import org.skymi.archive.ArchiveFile;
import org.skymi.archive.ArchiveListing;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsHeaders;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.FitsRejection;
import org.skymi.fits.FrameReader;
import org.skymi.fits.MediumSpectrumReader;
import org.skymi.fits.ReleaseSpectrumReader;
import org.skymi.fits.SdssSpectrumReader;
import org.skymi.survey.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi inspect FILE...}: what a file is, or why it cannot be used. */
@Command(
    name = "inspect",
    description = "Prints what each file is: kind, identity, shape, wavelengths, fibres, problems.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code 2 if any of the files cannot be used.",
      "Example:",
      "  skymi inspect archive/20190401/HD103621N361936B01/*.fits.gz"
    })
final class InspectCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "FITS files, or folders of them; paths or URIs.")
  private List<String> files;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Configuration configuration = new Configuration();
    int unusable = 0;
    List<String> all = files.stream().flatMap(f -> below(f, configuration)).toList();
    for (String file : all) {
      out.println(file);
      try {
        FileSummary summary = summary(file, Archive.readFile(file, configuration));
        summary.lines().forEach((name, value) -> line(out, name, value));
        line(out, "problems", summary.problems().isEmpty() ? "none" : summary.problems());
      } catch (FitsRejection e) {
        unusable++;
        String location = e.location().isEmpty() ? "" : " at " + e.location();
        line(out, "rejected", e.reason() + location + ": " + e.detail());
      } catch (InputException | UncheckedIOException e) {
        unusable++;
        line(out, "rejected", FitsRejection.Reason.UNREADABLE + ": " + e.getMessage());
      }
    }
    if (unusable > 0) {
      out.printf(Locale.ROOT, "%d of %d files cannot be used%n", unusable, all.size());
    }
    out.flush();
    return unusable > 0 ? Main.INPUT : Main.DONE;
  }

  /** A file, or the FITS files below a folder. */
  private static Stream<String> below(String path, Configuration configuration) {
    if (!Archive.isFolder(path, configuration)) {
      return Stream.of(path);
    }
    Archive folder = Archive.open(path, configuration);
    List<ArchiveFile> found = ArchiveListing.of(folder, 1).files();
    if (found.isEmpty()) {
      throw new InputException("no FITS files below " + path);
    }
    return found.stream().map(f -> folder.uri(f.path()));
  }

  private static FileSummary summary(String file, byte[] raw) throws FitsRejection {
    FileIdentity identity = FitsHeaders.sniff(file, raw);
    return switch (identity.kind()) {
      case FRAME ->
          FileSummary.of(FrameReader.read(file, raw)).with(FrameReader.sideProblems(file, raw));
      case FRAME_SKY ->
          FileSummary.ofSky(identity, FrameReader.readSky(file, raw, FitsLimits.DEFAULT));
      case MEDIUM_SPECTRUM ->
          FileSummary.of(MediumSpectrumReader.read(file, raw, FitsLimits.DEFAULT));
      case SKY_SPECTRUM -> FileSummary.of(SdssSpectrumReader.read(file, raw, FitsLimits.DEFAULT));
      default -> FileSummary.of(ReleaseSpectrumReader.read(file, raw));
    };
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf(Locale.ROOT, "  %-12s %s%n", name, value);
  }
}
