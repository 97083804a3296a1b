package org.skymi.plate;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Quarantined;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FitsRejection;
import org.skymi.fits.FrameReader;
import org.skymi.plate.InputReader.Refused;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames of a plate in the archive; a rejected one goes to the account. Several threads may
 * read, no two of them frames of the same spectrograph and exposure.
 */
public final class ArchiveFrames implements ArchivedFrames {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveFrames.class);

  /** By frame, the files that may hold it, the one to be read first. */
  private final Map<FrameId, List<PlannedInput>> candidates = new TreeMap<>();

  /** By frame likewise: the survey's own sky. */
  private final Map<FrameId, List<PlannedInput>> skies = new TreeMap<>();

  /** Truths of frames as long as somebody holds these: they need no other look at the file. */
  private final Map<Frame, Truth> truths = Collections.synchronizedMap(new WeakHashMap<>());

  private final Map<FrameId, Double> seconds = new ConcurrentHashMap<>();

  /** Of the first arms' frames that were read, what each fibre was pointed at. */
  private final Map<FrameId, Map<Integer, FibreType>> types = new ConcurrentHashMap<>();

  private final InputReader reader;
  private final Account account;

  /**
   * A truth.
   *
   * @param sky electron, {@code [nFibre][nPixel]}; empty if there is none
   * @param why it was set aside
   */
  private record Truth(Optional<float[][]> sky, String why) {}

  public ArchiveFrames(PlannedUnit unit, InputReader reader, Account account) {
    this.reader = reader;
    this.account = account;
    unit.candidates(FitsKind.FRAME)
        .forEach((id, inputs) -> candidates.put(id.frameId().orElseThrow(), inputs));
    unit.candidates(FitsKind.FRAME_SKY)
        .forEach((id, inputs) -> skies.put(id.frameId().orElseThrow(), inputs));
    if (!reader.takesFlatsOut()) {
      skies.values().forEach(inputs -> inputs.forEach(this::quarantineSky));
      skies.clear();
    }
  }

  private void quarantineSky(PlannedInput input) {
    account.quarantine(
        new Quarantined(
            input.path(),
            InputReader.kind(input),
            FitsRejection.Reason.NOT_READ.name(),
            "",
            "a sky of flat-fielded frames: give the flats, run.fiberflat"));
  }

  /** The frames of a unit, without any being read. */
  public static List<FrameId> ids(PlannedUnit unit) {
    return unit.candidates(FitsKind.FRAME).keySet().stream()
        .map(id -> id.frameId().orElseThrow())
        .sorted()
        .toList();
  }

  @Override
  public List<FrameId> ids() {
    return List.copyOf(candidates.keySet());
  }

  @Override
  public Optional<Frame> read(FrameId id) throws IOException {
    List<PlannedInput> files = candidates.get(id);
    long start = System.nanoTime();
    try {
      while (!files.isEmpty()) {
        try {
          FrameReader.Content content = reader.content(files.get(0));
          requireTypes(files.get(0), content.frame());
          Frame frame = withSky(content.frame());
          truths.put(frame, new Truth(content.truth(), content.why()));
          return Optional.of(frame);
        } catch (Refused e) {
          account.refuse(files, e.why());
        }
      }
      return Optional.empty();
    } finally {
      seconds.merge(id, (System.nanoTime() - start) / 1e9, Double::sum);
    }
  }

  /** With the survey's own sky, if there is one that can be read and fits. */
  private Frame withSky(Frame frame) throws IOException {
    List<PlannedInput> files = skies.getOrDefault(frame.id(), List.of());
    while (!files.isEmpty()) {
      try {
        float[][] sky = reader.frameSky(files.get(0));
        if (sky.length == frame.fibreCount() && sky[0].length == frame.pixelCount()) {
          return frame.withSurveySky(sky);
        }
        throw new Refused(
            new Quarantined(
                files.get(0).path(),
                InputReader.kind(files.get(0)),
                FitsRejection.Reason.BAD_SHAPE.name(),
                "HDU 0 SKY",
                "not of its frame's shape"));
      } catch (Refused e) {
        account.refuse(files, e.why());
      }
    }
    return frame;
  }

  @Override
  public void setAside(FrameId id, String reason, String why) {
    List<PlannedInput> files = candidates.get(id);
    PlannedInput input = files.get(0);
    account.quarantine(new Quarantined(input.path(), InputReader.kind(input), reason, "", why));
    files.clear();
  }

  /**
   * Fibres go to all arms, so what they are pointed at is the same; the first arm's word counts.
   */
  private void requireTypes(PlannedInput input, Frame frame) throws Refused, IOException {
    FrameId id = frame.id();
    Arm leading = Instrument.of(id.plate()).arms().get(0);
    FrameId first = new FrameId(id.plate(), id.lmjm(), id.spectrograph(), leading);
    Map<Integer, FibreType> own = new TreeMap<>();
    for (int i = 0; i < frame.fibreCount(); i++) {
      own.put(frame.fibres().fibreId()[i], frame.fibres().type()[i]);
    }
    if (id.arm() == leading) {
      types.put(id, own);
    } else if (candidates.containsKey(first)) {
      if (!types.containsKey(first)) {
        read(first);
      }
      for (Map.Entry<Integer, FibreType> fibre : own.entrySet()) {
        FibreType other = types.getOrDefault(first, Map.of()).get(fibre.getKey());
        if (other != null && other != fibre.getValue()) {
          throw new Refused(
              new Quarantined(
                  input.path(),
                  InputReader.kind(input),
                  FitsRejection.Reason.BAD_FIBERMAP.name(),
                  "HDU 4 FIBERMAP",
                  String.format(
                      Locale.ROOT,
                      "fibre %d is %s, but %s in %s",
                      fibre.getKey(),
                      fibre.getValue().label(),
                      other.label(),
                      first)));
        }
      }
    }
  }

  @Override
  public Scratch scratch() {
    return reader.scratch();
  }

  @Override
  public Optional<float[][]> truth(Frame frame) {
    Truth truth = truths.get(frame);
    if (!truth.why().isEmpty()) {
      LOG.warn("{}: the truth is set aside: {}", input(frame.id()).path(), truth.why());
    }
    return truth.sky();
  }

  @Override
  public List<PlannedInput> inputs(FrameId id) {
    List<PlannedInput> sky = skies.getOrDefault(id, List.of());
    return sky.isEmpty() ? List.of(input(id)) : List.of(input(id), sky.get(0));
  }

  private PlannedInput input(FrameId id) {
    return candidates.get(id).get(0);
  }

  @Override
  public double secondsOf(FrameId id) {
    return seconds.getOrDefault(id, 0.0);
  }
}
