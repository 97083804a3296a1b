package org.skymi.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileUtil;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Selection;
import org.skymi.campaign.Settings;
import org.skymi.smi.Backend;
import org.skymi.spark.Engine;
import org.skymi.spark.LearningProgress;
import org.skymi.spark.ReprocessJob;
import org.skymi.spark.RunProgress;
import org.skymi.spark.TaskTimes;
import org.skymi.survey.InputException;
import org.skymi.table.FileReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi bench scale}: what Spark costs, and what more slots and plates bring. */
@Command(
    name = "scale",
    description = "Reprocesses an archive with one number of slots after the other.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Nothing is learnt; a base model is given by --conf.",
      "One JSON object for each number of slots, embedded, into a temporary folder, after",
      "a run that warms up and is not shown. wall_s is from the plan to the manifest;",
      "overhead is what of wall x slots was not spent in tasks; speedup is of wall_s,",
      "against the first; rows are spectra, and rows_per_s counts those a second of wall;",
      "load is the machine's before the run. --memory adds what driver and tasks together",
      "have when each quarter of the plates is done: heap in use, ND4J's arrays, memory",
      "of the process, open files; of many plates, so that no run warms up.",
      "Example: skymi bench scale /data/archive --slots 1,2"
    })
final class BenchScaleCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int QUARTERS = 4;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ARCHIVE", description = "Folder of frames or released spectra.")
  private String archive;

  @Option(
      names = "--slots",
      split = ",",
      defaultValue = "1,2",
      description = "Numbers of slots (${DEFAULT-VALUE}).")
  private List<Integer> slots;

  @Option(names = "--conf", paramLabel = "FILE", description = "Settings, HOCON; may be repeated.")
  private List<Path> files = List.of();

  @Option(
      names = "--memory",
      description = "Collect garbage and tell what is in use at each quarter, which takes time.")
  private boolean memory;

  @Override
  public Integer call() throws IOException {
    if (slots.stream().anyMatch(n -> n < 1)) {
      throw new InputException("--slots must be 1 or more");
    }
    String master = System.getProperty("spark.master");
    Path folder = Files.createTempDirectory("skymi-scale");
    try {
      if (!memory) {
        measure(slots.get(slots.size() - 1), folder.resolve("warm-up"));
      }
      double first = 0;
      for (int n : slots) {
        ObjectNode measured = measure(n, folder.resolve("slots-" + n));
        double wall = measured.get("wall_s").asDouble();
        first = first == 0 ? wall : first;
        spec.commandLine().getOut().println(measured.put("speedup", first / wall));
        spec.commandLine().getOut().flush();
      }
    } finally {
      FileUtil.fullyDelete(folder.toFile());
      if (master == null) {
        System.clearProperty("spark.master");
      } else {
        System.setProperty("spark.master", master);
      }
    }
    return Main.DONE;
  }

  private ObjectNode measure(int n, Path out) throws IOException {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    System.setProperty("spark.master", "local[" + n + "]");
    // What plates take: learning is another question.
    Settings settings = Reprocessing.settings(files, Map.of("run.learning", false));
    CampaignFolder folder = CampaignFolder.of(out.toUri().toString(), "main");
    ObjectNode measured = JSON.createObjectNode().put("slots", n);
    TaskTimes tasks;
    double wall;
    long rows;
    try (Engine engine = Engine.start("skymi bench", (int) settings.number("run.attempts"))) {
      Reprocessing run =
          new Reprocessing(engine, archive, folder, settings, Selection.ALL, false).requireWork();
      measured
          .put("plates", run.plan().units().size())
          .put("input_mb", run.plan().units().stream().mapToLong(PlannedUnit::bytes).sum() / 1e6);
      tasks = engine.timeTasks();
      long start = System.nanoTime();
      Manifest manifest = run.run(new Quarters(measured.putArray("quarters"), memory));
      wall = (System.nanoTime() - start) / 1e9;
      rows = manifest.filesOf("fibre_sky").stream().mapToLong(FileReport::rows).sum();
      measured
          .put("manifests", manifest.number())
          .put("output_mb", manifest.files().stream().mapToLong(FileReport::bytes).sum() / 1e6)
          .put("rows", rows);
    }
    return measured
        .put("wall_s", wall)
        .put("task_s", tasks.seconds())
        .put("task_cpu_s", tasks.cpuSeconds())
        .put("rows_per_s", rows / wall)
        .put("rows_per_cpu_s", rows / tasks.cpuSeconds())
        .put("task_gc_s", tasks.gcSeconds())
        .put("overhead", 1 - tasks.seconds() / (n * wall))
        .put("load", load);
  }

  /** Notes when each quarter of the plates is done. */
  private static final class Quarters extends RunReport {
    private final ArrayNode quarters;
    private final boolean memory;

    Quarters(ArrayNode quarters, boolean memory) {
      this.quarters = quarters;
      this.memory = memory;
    }

    @Override
    public void accept(RunProgress progress) {
      int due = quarters.size() + 1;
      if (progress.plates() * QUARTERS >= progress.of() * due) {
        ObjectNode quarter =
            quarters
                .addObject()
                .put("plates", progress.plates())
                .put("seconds", progress.seconds());
        if (memory) {
          System.gc();
          Runtime runtime = Runtime.getRuntime();
          Backend backend = Backend.now();
          quarter
              .put("heap_mb", (runtime.totalMemory() - runtime.freeMemory()) / 1e6)
              .put("nd4j_mb", backend.offHeapBytes() / 1e6)
              .put("process_mb", backend.processBytes() / 1e6)
              .put("open_files", openFiles());
        }
      }
    }

    private static long openFiles() {
      return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
          ? unix.getOpenFileDescriptorCount()
          : -1;
    }

    @Override
    public void learning(String line) {}

    @Override
    public void learning(LearningProgress progress) {}

    @Override
    void note(String line) {}

    @Override
    void result(ReprocessJob.Result result, Counts counts, CampaignFolder folder) {}
  }
}
