package org.skymi.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.skymi.release.ResidualBase;
import org.skymi.smi.ModelCard;
import org.skymi.smi.SkyModel;
import org.skymi.survey.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi model FILE}: a base model's card. */
@Command(
    name = "model",
    description = "Prints what a base model is and what it was learnt from.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: skymi model /data/base.model"})
final class ModelCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A base model, path or URI.")
  private String file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    print(spec.commandLine().getOut(), read(file, new Configuration()).orElseThrow());
    return Main.DONE;
  }

  /**
   * A base model's file.
   *
   * @param file path or URI; null or empty for none
   * @throws org.skymi.survey.InputException if it is no base model
   */
  static Optional<SkyModel> read(String file, Configuration configuration) {
    if (file == null || file.isEmpty()) {
      return Optional.empty();
    }
    Path path = new Path(file);
    try (InputStream in = path.getFileSystem(configuration).open(path)) {
      return Optional.of(SkyModel.read(file, in));
    } catch (FileNotFoundException e) {
      throw new InputException(file + " does not exist", e);
    } catch (IOException e) {
      throw new InputException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  static void print(PrintWriter out, SkyModel model) {
    ModelCard card = model.card();
    line(out, "sha256", model.digest());
    line(out, "format", card.format());
    line(out, "software", card.software());
    line(out, "generation", card.generation());
    if (card.generation() > 0) {
      line(out, "parent", card.ancestors().get(card.generation() - 1));
    }
    ModelCard.Training t = card.training();
    line(out, "plates", t.plates().size() + ", held out " + t.heldOut().size());
    line(out, "exposures", t.exposures() + ", " + t.masters() + " with spectrographs");
    line(out, "fibres", t.skyFibres() + " sky, " + t.objectFibres() + " object");
    line(out, "inventory", t.inventory());
    for (ModelCard.Grid g : card.grids()) {
      line(
          out,
          "grid",
          String.format(
              Locale.ROOT,
              "%s: %d × %.3f Å, %d components, %d line windows",
              g.arm().toLowerCase(Locale.ROOT),
              g.size(),
              g.step(),
              g.components(),
              g.windows()));
    }
    model
        .released()
        .map(ResidualBase::of)
        .ifPresent(base -> base.lines().forEach(known -> line(out, "released", known)));
    new TreeMap<>(card.metrics())
        .forEach((name, v) -> line(out, name, String.format(Locale.ROOT, "%.4g", v)));
    line(
        out,
        "options",
        new TreeMap<>(card.options())
            .entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(", ")));
    line(out, "learnt from", String.join(" ", t.plates()));
    line(out, "held out", String.join(" ", t.heldOut()));
    out.flush();
  }

  private static void line(PrintWriter out, String name, Object value) {
    out.printf(Locale.ROOT, "  %-15s %s%n", name, value);
  }
}
