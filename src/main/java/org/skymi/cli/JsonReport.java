package org.skymi.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import org.skymi.campaign.CampaignFolder;
import org.skymi.spark.LearningProgress;
import org.skymi.spark.ReprocessJob;
import org.skymi.spark.RunProgress;

/** A report in lines for programs: each a JSON object with its {@code event}. */
final class JsonReport extends RunReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final boolean quiet;

  /**
   * @param quiet whether to leave out progress
   */
  JsonReport(PrintWriter out, boolean quiet) {
    this.out = out;
    this.quiet = quiet;
  }

  @Override
  public void accept(RunProgress progress) {
    if (!quiet) {
      print(
          event("progress")
              .put("plates", progress.plates())
              .put("of", progress.of())
              .put("fibres", progress.fibres())
              .put("fibres_per_second", progress.fibresPerSecond())
              .put("files", progress.files())
              .put("quarantined", progress.quarantined())
              .put("seconds", progress.seconds())
              .put("seconds_left", progress.secondsLeft()));
    }
  }

  @Override
  public void learning(LearningProgress progress) {
    if (!quiet) {
      print(
          event("learning")
              .put("what", progress.what())
              .put("done", progress.done())
              .put("of", progress.of())
              .put("per_second", progress.perSecond())
              .put("seconds_left", progress.secondsLeft()));
    }
  }

  @Override
  public void learning(String line) {
    if (!quiet) {
      print(event("learning").put("what", line));
    }
  }

  @Override
  void note(String line) {
    print(event("note").put("message", line));
  }

  @Override
  void result(ReprocessJob.Result result, Counts counts, CampaignFolder folder) {
    ObjectNode event =
        event("result")
            .put("campaign", folder.uri())
            .put("manifest", result.manifest().number())
            .put("plates", result.units())
            .put("resumed", result.resumed())
            .put("failed", result.failed().size())
            .put("files", counts.files())
            .put("processed", counts.processed())
            .put("quarantined", counts.quarantined());
    ObjectNode reasons = event.putObject("reasons");
    counts.reasons().forEach(reasons::put);
    print(event);
  }

  private static ObjectNode event(String name) {
    return JSON.createObjectNode().put("event", name);
  }

  private void print(ObjectNode event) {
    out.println(event);
    out.flush();
  }
}
