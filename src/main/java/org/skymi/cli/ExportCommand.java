package org.skymi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.Selection;
import org.skymi.campaign.TableLists;
import org.skymi.query.FitsExport;
import org.skymi.spark.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skymi export}: a campaign for other programs. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes what other programs need to open a campaign's tables, or FITS.",
    footer = {
      "",
      "views.sql is for DuckDB, catalog.sql for Spark SQL and Hive catalogs,",
      "files.json for pyarrow, pandas and Polars. They list the files of one state;",
      "nothing is copied.",
      "With --fits: each frame less SMI's sky, as NIGHT/PLAN/sframe-*.fits.gz, each",
      "released spectrum less what sky was left, as NIGHT/PLAN/spec-*.fits.gz, and",
      "each SDSS spectrum that came with its sky less another sky instead, as",
      "NIGHT/PLAN/spec-*.fits.gz, too; docs/fits-out.md.",
      "Examples: skymi export /data/sky --to /data/views",
      "          duckdb -init /data/views/views.sql",
      "          skymi export /data/sky --fits --to /data/subtracted --night 20171018"
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private StateOption which;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      required = true,
      description = "Where the files go; lists of an earlier export are replaced.")
  private String to;

  @Option(
      names = "--fits",
      description =
          "Spectra without sky; of frames and SDSS spectra it needs --spectra model or all in the"
              + " runs.")
  private boolean fits;

  @Mixin private SelectionOption part;

  @Option(
      names = "--archive",
      paramLabel = "ARCHIVE",
      description = "With --fits: where the files are now (default: where the last run read them)")
  private String archive;

  @Option(names = "--replace", description = "With --fits: files that are there are replaced.")
  private boolean replace;

  @Override
  public Integer call() throws IOException {
    boolean whole = part.selection().equals(Selection.ALL) && archive == null && !replace;
    if (!fits && !whole) {
      throw new ParameterException(
          spec.commandLine(), "--night, --plate, --archive and --replace are for --fits");
    }
    String done = fits ? frames() : lists();
    spec.commandLine().getOut().println(done + " stored in " + to);
    spec.commandLine().getOut().flush();
    return Main.DONE;
  }

  private String lists() throws IOException {
    Configuration configuration = new Configuration();
    CampaignFolder folder = which.folder();
    Manifest manifest = which.manifest(configuration);
    TableLists lists = new TableLists(folder, manifest, folder.fileSystem(configuration));
    Path target = Path.of(to);
    Files.createDirectories(target);
    Files.writeString(target.resolve("views.sql"), lists.duckDb());
    Files.writeString(target.resolve("catalog.sql"), lists.spark());
    Files.writeString(target.resolve("files.json"), lists.json());
    return "manifest " + manifest.number() + ": views.sql, catalog.sql and files.json";
  }

  private String frames() throws IOException {
    try (Engine engine = Engine.start("skymi export", 1)) {
      Manifest manifest = which.manifest(engine.configuration());
      FitsExport export = new FitsExport(engine, which.folder(), which.name(), manifest);
      String from = archive == null ? export.archive() : archive;
      FitsExport.Written written = export.write(from, part.selection(), to, replace);
      List<String> parts = new ArrayList<>();
      if (written.frames() > 0) {
        parts.add(written.frames() + " frames");
      }
      if (written.spectra() > 0) {
        parts.add(written.spectra() + " spectra");
      }
      return "manifest " + manifest.number() + ": " + String.join(", ", parts);
    }
  }
}
