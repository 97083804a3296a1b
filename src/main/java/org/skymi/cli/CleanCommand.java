package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.skymi.campaign.Cleaning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skymi clean}: removes what no reader and no run needs. */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    description = "Finds files that no state of a campaign lists; --delete removes them.",
    footer = {
      "",
      "Runs may go on meanwhile if --age is longer than any of them takes.",
      "Example: skymi clean /data/sky --age 30d --delete"
    })
final class CleanCommand implements Callable<Integer> {
  private static final Pattern AGE = Pattern.compile("(\\d{1,6})([dhms])");

  @Spec private CommandSpec spec;

  @Mixin private CampaignOption which;

  @Option(
      names = "--age",
      paramLabel = "AGE",
      description = "Of what may go, like 30d, 12h, 0s (${DEFAULT-VALUE}).")
  private String age = "7d";

  @Option(
      names = "--history",
      paramLabel = "N",
      description = "Keep the last N states only, with the files they list (default: all).")
  private int history = Integer.MAX_VALUE;

  @Option(names = "--delete", description = "Remove what is found.")
  private boolean delete;

  @Override
  public Integer call() throws IOException {
    if (history < 1) {
      throw new ParameterException(spec.commandLine(), "--history must be at least 1");
    }
    Configuration configuration = new Configuration();
    which.manifest(configuration);
    Cleaning cleaning =
        new Cleaning(which.folder().fileSystem(configuration), which.folder(), age(), history);
    List<Cleaning.Waste> waste = cleaning.find();
    PrintWriter out = spec.commandLine().getOut();
    waste.forEach(w -> out.println("  " + w.path()));
    if (delete) {
      cleaning.remove(waste);
    }
    out.printf(
        Locale.ROOT,
        "%d files, %.1f MB%s%n",
        waste.size(),
        waste.stream().mapToLong(Cleaning.Waste::bytes).sum() / 1e6,
        delete ? " deleted" : " would be deleted; --delete deletes them");
    out.flush();
    return Main.DONE;
  }

  private Duration age() {
    Matcher m = AGE.matcher(age);
    if (!m.matches()) {
      throw new ParameterException(
          spec.commandLine(), "--age is a number with d, h, m or s, not '" + age + "'");
    }
    long number = Long.parseLong(m.group(1));
    return switch (m.group(2)) {
      case "d" -> Duration.ofDays(number);
      case "h" -> Duration.ofHours(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }
}
