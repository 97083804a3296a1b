package org.skymi.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skymi.campaign.Manifest;
import org.skymi.spark.CompactJob;
import org.skymi.spark.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skymi compact}: few large files instead of many small ones. */
@Command(
    name = "compact",
    mixinStandardHelpOptions = true,
    description = "Puts a campaign's small files together; the rows stay the same.",
    footer = {
      "",
      "Plates reprocessed later leave the file they share, which is written anew.",
      "Example: skymi compact /data/sky --file-size 256"
    })
final class CompactCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CampaignOption which;

  @Option(
      names = "--file-size",
      paramLabel = "MB",
      description = "Size of the files, 128 to 512 (default: 256).")
  private Integer size;

  @Option(names = "--conf", paramLabel = "FILE", description = "Settings, HOCON; may be repeated.")
  private List<Path> files = List.of();

  @Override
  public Integer call() throws IOException {
    Map<String, Object> given = new HashMap<>();
    given.put("compact.file-size", size);
    long megabytes = Reprocessing.settings(files, given).number("compact.file-size");
    if (megabytes < 128 || megabytes > 512) {
      throw new ParameterException(
          spec.commandLine(), "--file-size (compact.file-size) is 128 to 512 MB, not " + megabytes);
    }
    try (Engine engine = Engine.start("skymi compact", 1)) {
      Manifest before = which.manifest(engine.configuration());
      Manifest after =
          new CompactJob(engine, which.folder(), Main.version()).run(before, megabytes * 1_000_000);
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%d files, were %d; campaign %s, manifest %d%n",
              after.files().size(),
              before.files().size(),
              which.folder().uri(),
              after.number());
      spec.commandLine().getOut().flush();
      return Main.DONE;
    }
  }
}
