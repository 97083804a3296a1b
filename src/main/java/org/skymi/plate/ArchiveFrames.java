package org.skymi.plate;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FrameReader;
import org.skymi.plate.InputReader.Refused;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

/** The frames of a plate in the archive; a rejected one goes to the account. */
public final class ArchiveFrames implements PlateFrames {
  private final Map<FrameId, PlannedInput> inputs = new TreeMap<>();
  private final Map<FrameId, Double> seconds = new HashMap<>();
  private final InputReader reader;
  private final Account account;

  public ArchiveFrames(PlannedUnit unit, InputReader reader, Account account) {
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
  public static List<FrameId> ids(PlannedUnit unit) {
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

  /** A simulation's truth, to judge an estimate that is made. */
  Optional<float[][]> truth(FrameId id) throws IOException {
    try {
      return reader.read(inputs.get(id), FrameReader::readTruth);
    } catch (Refused e) {
      throw new IOException(id + " was readable a moment ago", e);
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
