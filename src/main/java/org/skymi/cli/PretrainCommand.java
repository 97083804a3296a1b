package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skymi.archive.Archive;
import org.skymi.archive.Inventory;
import org.skymi.campaign.Quarantined;
import org.skymi.campaign.Settings;
import org.skymi.spark.Engine;
import org.skymi.spark.PretrainJob;
import org.skymi.spark.TimedLog;
import org.skymi.survey.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi pretrain}: from an archive to a base model. */
@Command(
    name = "pretrain",
    mixinStandardHelpOptions = true,
    description = "Learns a base model from an archive's frames and released spectra.",
    footer = {
      "",
      "Plates that a model has learnt from should not be judged with it.",
      "A training that was stopped goes on from FILE.checkpoint.",
      "Example: skymi pretrain /data/archive --model-out /data/base.model --sample 40"
    })
final class PretrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ARCHIVE", description = "Folder of frames or released spectra.")
  private String archive;

  @Option(
      names = "--model-out",
      paramLabel = "FILE",
      required = true,
      description = "The model, a path or URI; must not be there yet.")
  private String out;

  @Option(
      names = {"--sample", "--plates"},
      paramLabel = "N",
      description = "Plates to learn from, spread over the nights (default: 60).")
  private Integer plates;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "Shares of the plates that train at once; part of the result (default: 8).")
  private Integer shards;

  @Option(
      names = "--fiberflat",
      paramLabel = "DIR",
      description = "Folder of DESI's fiberflat files; its frames are extracted without.")
  private String flats;

  @Option(names = "--seed", description = "Of every random choice (default: 1).")
  private Long seed;

  @Option(names = "--conf", paramLabel = "FILE", description = "Settings, HOCON; may be repeated.")
  private List<Path> files = List.of();

  @Override
  public Integer call() throws IOException {
    if (plates != null && plates < 1) {
      throw new ParameterException(spec.commandLine(), "--sample must be at least 1");
    }
    Map<String, Object> given = new HashMap<>();
    given.put("reduction.seed", seed);
    given.put("run.fiberflat", flats);
    given.put("pretrain.plates", plates);
    given.put("pretrain.shards", shards);
    Settings settings = Reprocessing.settings(files, given);
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(out);
    try (Engine engine = Engine.start("skymi pretrain", (int) settings.number("run.attempts"))) {
      if (file.getFileSystem(engine.configuration()).exists(file)) {
        throw new InputException(out + " is there already");
      }
      Archive opened = Archive.open(archive, engine.configuration());
      Inventory inventory = Inventory.build(opened, Inventory.Options.DEFAULT, n -> {});
      CommandLine command = spec.commandLine();
      TimedLog log = new TimedLog(new TextReport(command.getOut(), command.getErr(), false));
      PretrainJob job = new PretrainJob(opened, inventory, settings, Main.version(), log);
      int most = Math.toIntExact(settings.number("pretrain.plates"));
      print(job.run(engine, job.sample(most), file));
      return Main.DONE;
    }
  }

  private void print(PretrainJob.Result result) {
    PrintWriter err = spec.commandLine().getErr();
    for (Quarantined q : result.unused()) {
      err.printf(Locale.ROOT, "not used: %s: %s %s%n", q.path(), q.reason(), q.message());
    }
    err.flush();
    PrintWriter console = spec.commandLine().getOut();
    console.printf(Locale.ROOT, "%s%n", out);
    ModelCommand.print(console, result.model());
    console.flush();
  }
}
