package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class HelpTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("(?:Examples?: *|^ +)skymi ([a-z]+ [^\\n]*)", Pattern.MULTILINE);

  private static void collect(CommandLine command, Map<String, CommandLine> all) {
    all.put(command.getCommandSpec().qualifiedName(), command);
    command.getSubcommands().values().forEach(c -> collect(c, all));
  }

  private static Map<String, CommandLine> all() {
    Map<String, CommandLine> all = new TreeMap<>();
    // Wide, so that no example is broken over lines.
    collect(Main.commandLine().setUsageHelpWidth(200), all);
    return all;
  }

  @Test
  void everyCommandHasAnExampleOfItself() {
    assertThat(all()).hasSizeGreaterThan(25);
    all()
        .forEach(
            (name, command) -> {
              String help = command.getUsageMessage();
              String path = name.replaceFirst("^skymi ?", "");
              assertThat(help).as(name).containsPattern("Examples?:");
              assertThat(help.substring(help.lastIndexOf("Example"))).as(name).contains(path);
            });
  }

  /** The commands and options of the examples exist. */
  @Test
  void examplesCanBeParsed() {
    Map<String, CommandLine> all = all();
    int examples = 0;
    for (CommandLine command : all.values()) {
      Matcher example = EXAMPLE.matcher(command.getUsageMessage());
      while (example.find()) {
        String line = example.group(1).replaceFirst(" (&&|\\\\).*", "");
        String[] words = ShellWords.of(line).toArray(String[]::new);
        if (!all.containsKey("skymi " + words[0])) {
          continue;
        }
        Main.commandLine().parseArgs(words);
        examples++;
      }
    }
    assertThat(examples).isGreaterThan(20);
  }

  @Test
  void theShellTakesTheCompletion(@TempDir Path folder) throws IOException, InterruptedException {
    Path script = folder.resolve("completion");
    Files.writeString(script, said(Main.DONE, "completion"));
    String ask =
        "source "
            + script
            + "; COMP_WORDS=(skymi repr); COMP_CWORD=1; COMP_LINE='skymi repr'; _complete_skymi;"
            + " echo \"${COMPREPLY[@]}\"";
    Process bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    assertThat(said.strip()).isEqualTo("reprocess");
  }
}
