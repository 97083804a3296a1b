package org.skymi.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.skymi.math.RobustStatistics;
import org.skymi.report.TextTable;
import org.skymi.survey.InputException;

/**
 * Passes over the same work, timed stage by stage in one thread, after one that warms up. CPU
 * seconds say what a core can do while the machine is busy with something else.
 */
public final class Benchmark {
  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

  private final Map<String, Stage> stages = new LinkedHashMap<>();
  private double clock;
  private double cpu;

  /** The times of one stage. */
  private static final class Stage {
    private final String unit;
    private final int units;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> cpuSeconds = new ArrayList<>();

    Stage(String unit, int units) {
      this.unit = unit;
      this.units = units;
    }

    double[] perUnit(List<Double> times) {
      return times.stream().mapToDouble(t -> t / units).sorted().toArray();
    }
  }

  /** One pass, which calls {@link #done} after every stage. */
  public interface Pass {
    void run(Benchmark benchmark) throws IOException;
  }

  /**
   * Runs all passes.
   *
   * @param repeat measured passes
   */
  public static Benchmark of(int repeat, Pass pass) throws IOException {
    if (repeat < 1) {
      throw new InputException("--repeat must be 1 or more");
    }
    Benchmark benchmark = new Benchmark();
    for (int k = -1; k < repeat; k++) {
      if (k == 0) {
        benchmark.stages.clear();
      }
      benchmark.restart();
      pass.run(benchmark);
    }
    return benchmark;
  }

  /** The next stage begins here: what was done since the last one ended is not measured. */
  public void restart() {
    clock = System.nanoTime() / 1e9;
    cpu = THREAD.getCurrentThreadCpuTime() / 1e9;
  }

  /**
   * A stage ends here, and the next one begins.
   *
   * @param unit that its figures are for, like {@code frame}
   * @param units how many of them the stage took
   */
  public void done(String stage, String unit, int units) {
    Stage times = stages.computeIfAbsent(stage, s -> new Stage(unit, units));
    times.seconds.add(System.nanoTime() / 1e9 - clock);
    times.cpuSeconds.add(THREAD.getCurrentThreadCpuTime() / 1e9 - cpu);
    restart();
  }

  /** A table for reading, seconds per unit. */
  public String text(String conditions) {
    TextTable table =
        new TextTable(
            "stage", "unit", "units", "s/unit", "least", "most", "CPU s/unit", "units/CPU s");
    stages.forEach(
        (name, stage) -> {
          double[] seconds = stage.perUnit(stage.seconds);
          double ofCpu = RobustStatistics.median(stage.perUnit(stage.cpuSeconds));
          table.row(
              name,
              stage.unit,
              String.valueOf(stage.units),
              number(RobustStatistics.median(seconds)),
              number(seconds[0]),
              number(seconds[seconds.length - 1]),
              number(ofCpu),
              number(1 / ofCpu));
        });
    return table
        + conditions
        + "; "
        + passes()
        + " passes after one to warm up, 1 thread; "
        + machine()
        + "\n";
  }

  /** The same for programs, as one JSON object. */
  public String json(String conditions) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("conditions", conditions);
    json.put("passes", passes());
    json.put("machine", machine());
    ArrayNode list = json.putArray("stages");
    stages.forEach(
        (name, stage) -> {
          double[] seconds = stage.perUnit(stage.seconds);
          list.addObject()
              .put("stage", name)
              .put("unit", stage.unit)
              .put("units", stage.units)
              .put("seconds_median", RobustStatistics.median(seconds))
              .put("seconds_least", seconds[0])
              .put("seconds_most", seconds[seconds.length - 1])
              .put("cpu_seconds_median", RobustStatistics.median(stage.perUnit(stage.cpuSeconds)));
        });
    return json.toPrettyString() + "\n";
  }

  private int passes() {
    return stages.values().stream().mapToInt(s -> s.seconds.size()).max().orElse(0);
  }

  private static String machine() {
    Runtime runtime = Runtime.getRuntime();
    return String.format(
        Locale.ROOT,
        "%s %s, %d processors, load %.1f, heap %d MiB, Java %s",
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        runtime.availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        runtime.maxMemory() >> 20,
        Runtime.version());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
