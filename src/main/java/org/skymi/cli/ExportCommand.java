package org.skymi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.TableLists;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skymi export}: a campaign for other programs. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes what other programs need to open a campaign's tables.",
    footer = {
      "",
      "views.sql is for DuckDB, catalog.sql for Spark SQL and Hive catalogs, files.json for",
      "pyarrow, pandas and Polars. They list the files of one state; nothing is copied.",
      "Example: skymi export /data/sky --to /data/views && duckdb -init /data/views/views.sql"
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private StateOption which;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      required = true,
      description = "Where the files go; those of an earlier export are replaced.")
  private Path to;

  @Override
  public Integer call() throws IOException {
    Configuration configuration = new Configuration();
    CampaignFolder folder = which.folder();
    Manifest manifest = which.manifest(configuration);
    TableLists lists = new TableLists(folder, manifest, folder.fileSystem(configuration));
    Files.createDirectories(to);
    Files.writeString(to.resolve("views.sql"), lists.duckDb());
    Files.writeString(to.resolve("catalog.sql"), lists.spark());
    Files.writeString(to.resolve("files.json"), lists.json());
    spec.commandLine()
        .getOut()
        .printf(
            "manifest %d: views.sql, catalog.sql and files.json stored in %s%n",
            manifest.number(), to);
    spec.commandLine().getOut().flush();
    return Main.DONE;
  }
}
