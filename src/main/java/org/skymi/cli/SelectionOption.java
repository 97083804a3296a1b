package org.skymi.cli;

import java.util.Optional;
import org.skymi.campaign.Selection;
import org.skymi.survey.Night;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --night YYYYMMDD --plate ID}: a part of an archive or campaign. */
final class SelectionOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--night", paramLabel = "YYYYMMDD", description = "This night only.")
  private String night;

  @Option(names = "--plate", paramLabel = "ID", description = "Plates of this plan only.")
  private String plate;

  /**
   * The selection.
   *
   * @throws ParameterException if the night is no date
   */
  Selection selection() {
    try {
      return new Selection(
          Optional.ofNullable(night).map(Night::parse), Optional.ofNullable(plate));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--night: " + e.getMessage(), e);
    }
  }
}
