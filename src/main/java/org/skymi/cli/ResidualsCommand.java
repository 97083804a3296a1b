package org.skymi.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FitsRejection;
import org.skymi.fits.ReleaseSpectrumReader;
import org.skymi.release.ResidualScatter;
import org.skymi.report.plot.ResidualPlot;
import org.skymi.survey.InputException;
import org.skymi.survey.ReleaseSpectrum;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi residuals PATH...}: what survey pipelines left of the sky, by wavelength. */
@Command(
    name = "residuals",
    mixinStandardHelpOptions = true,
    description = "Shows what a survey's pipeline left of the sky in released spectra.",
    footer = {
      "",
      "Each spectrum less its running median, over its stated noise; then the",
      "scatter over spectra, by wavelength in the observatory's frame, where",
      "the sky's lines stand still, and as a control by wavelength as released.",
      "Example: skymi residuals /data/dr7/20180901 --out residuals.png"
    })
final class ResidualsCommand implements Callable<Integer> {
  /** Where lines of the sky are many, Angstrom. */
  private static final double[] OH = {7200, 9000};

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Folders, as paths or URIs.")
  private List<String> paths;

  @Option(names = "--out", paramLabel = "FILE", description = "A picture, PNG; replaced.")
  private Path out;

  @Option(names = "--title", defaultValue = "Released spectra", description = "Of the picture.")
  private String title;

  @Option(
      names = "--max-snr",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Only spectra of at most this median S/N per pixel (default: ${DEFAULT-VALUE}): in others"
              + " lines of stars hide what is left of the sky.")
  private double most;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ResidualScatter still = new ResidualScatter(true);
    ResidualScatter moving = new ResidualScatter(false);
    PrintWriter err = spec.commandLine().getErr();
    List<FitsInput> inputs =
        FitsInput.byKind(paths, err::println).getOrDefault(FitsKind.RELEASE_SPECTRUM, List.of());
    for (FitsInput input : inputs) {
      try {
        ReleaseSpectrum spectrum = ReleaseSpectrumReader.read(input.file().path(), input.read());
        if (ResidualScatter.signalToNoise(spectrum) <= most) {
          still.add(spectrum);
          moving.add(spectrum);
        }
      } catch (FitsRejection e) {
        err.println("skymi: left out: " + e.getMessage());
      }
    }
    if (still.spectra() == 0) {
      throw new InputException(
          "no released spectra of S/N up to " + most + " below " + String.join(", ", paths));
    }
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        Locale.ROOT,
        "scatter over stated noise, %.0f-%.0f Å, %d spectra: in windows of sky lines / between%n",
        OH[0],
        OH[1],
        still.spectra());
    tell(console, "observatory's frame", still);
    tell(console, "as released", moving);
    if (out != null) {
      try (OutputStream stream = Files.newOutputStream(out)) {
        new ResidualPlot(still, title).picture().writePng(stream);
      }
      console.println("stored in " + out);
    }
    console.flush();
    return Main.DONE;
  }

  private static void tell(PrintWriter console, String frame, ResidualScatter scatter) {
    double in = scatter.mean(OH[0], OH[1], true);
    double between = scatter.mean(OH[0], OH[1], false);
    console.printf(Locale.ROOT, "  %-20s %.2f / %.2f = %.2f%n", frame, in, between, in / between);
  }
}
