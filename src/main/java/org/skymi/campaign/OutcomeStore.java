package org.skymi.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.table.FileReport;

/**
 * Outcomes of finished units, kept until they are committed, so that a run that was stopped is
 * resumed where it was. Losing one costs the unit's time and nothing else.
 */
public final class OutcomeStore {
  private final FileSystem fs;
  private final CampaignFolder campaign;

  public OutcomeStore(FileSystem fs, CampaignFolder campaign) {
    this.fs = fs;
    this.campaign = campaign;
  }

  /** Keeps an outcome; call it when all the unit's files are complete. */
  public void keep(UnitOutcome outcome) throws IOException {
    Path temporary = new Path(campaign.work(), "." + outcome.workId() + "." + UUID.randomUUID());
    try (FSDataOutputStream out = fs.create(temporary, false)) {
      Json.MAPPER.writeValue((OutputStream) out, outcome);
    }
    // Of two attempts' outcomes either is good, so it does not matter which stays.
    if (!fs.rename(temporary, path(outcome.workId()))) {
      fs.delete(temporary, false);
    }
  }

  /** The outcome of a unit's work, if it is kept and all its files are there. */
  public Optional<UnitOutcome> find(String workId) throws IOException {
    try (InputStream in = fs.open(path(workId))) {
      UnitOutcome outcome = Json.MAPPER.readValue(in, UnitOutcome.class);
      for (FileReport file : outcome.files()) {
        FileStatus status = fs.getFileStatus(new Path(campaign.path(), file.path()));
        if (status.getLen() != file.bytes()) {
          return Optional.empty();
        }
      }
      return Optional.of(outcome);
    } catch (FileNotFoundException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The files that a kept outcome refers to; none if it is no outcome. */
  List<FileReport> filesOf(Path outcome) throws IOException {
    try (InputStream in = fs.open(outcome)) {
      return Json.MAPPER.readValue(in, UnitOutcome.class).files();
    } catch (FileNotFoundException | JsonProcessingException e) {
      return List.of();
    }
  }

  /** Forgets an outcome that was committed. */
  public void forget(String workId) throws IOException {
    fs.delete(path(workId), false);
  }

  private Path path(String workId) {
    return new Path(campaign.work(), workId + ".json");
  }
}
