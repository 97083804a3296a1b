package org.skymi.spark;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Quarantined;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FrameReader;
import org.skymi.smi.PlateFrames;
import org.skymi.spark.InputReader.Refused;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The frames of a plate in the archive; a rejected one goes to the account. */
final class ArchiveFrames implements PlateFrames {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveFrames.class);

  private final Map<FrameId, PlannedInput> inputs = new TreeMap<>();
  private final Map<FrameId, Double> seconds = new HashMap<>();
  private final InputReader reader;
  private final Account account;

  ArchiveFrames(PlannedUnit unit, InputReader reader, Account account) {
    this.reader = reader;
    this.account = account;
    inputs.putAll(inputs(unit));
  }

  private static Map<FrameId, PlannedInput> inputs(PlannedUnit unit) {
    Map<FrameId, PlannedInput> inputs = new TreeMap<>();
    for (PlannedInput input : unit.inputs()) {
      if (input.isUsable() && input.identity().kind() == FitsKind.FRAME) {
        inputs.put(input.identity().frameId().orElseThrow(), input);
      }
    }
    return inputs;
  }

  /** The frames of a unit, without any being read. */
  static List<FrameId> ids(PlannedUnit unit) {
    return List.copyOf(inputs(unit).keySet());
  }

  @Override
  public List<FrameId> ids() {
    return List.copyOf(inputs.keySet());
  }

  @Override
  public Optional<Frame> read(FrameId id) throws IOException {
    PlannedInput input = inputs.get(id);
    if (account.isQuarantined(input)) {
      return Optional.empty();
    }
    long start = System.nanoTime();
    try {
      return Optional.of(reader.frame(input));
    } catch (Refused e) {
      account.quarantine(e.why());
      return Optional.empty();
    } finally {
      seconds.merge(id, (System.nanoTime() - start) / 1e9, Double::sum);
    }
  }

  @Override
  public void setAside(FrameId id, String reason, String why) {
    PlannedInput input = inputs.get(id);
    account.quarantine(new Quarantined(input.path(), InputReader.kind(input), reason, "", why));
  }

  /** A simulation's truth, to judge an estimate that is made. */
  Optional<float[][]> truth(FrameId id) throws IOException {
    try {
      return reader.read(inputs.get(id), FrameReader::readTruth);
    } catch (Refused e) {
      LOG.warn("{}: its truth can't be used: {}", id, e.getMessage());
      return Optional.empty();
    }
  }

  PlannedInput input(FrameId id) {
    return inputs.get(id);
  }

  /** Time spent on reading a frame so far. */
  double secondsOf(FrameId id) {
    return seconds.getOrDefault(id, 0.0);
  }

  /** Time spent on reading frames so far. */
  double seconds() {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
