package org.skymi.plate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Quarantined;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsKind;
import org.skymi.fits.SdssSpectrumReader;
import org.skymi.plate.InputReader.Refused;
import org.skymi.survey.Arm;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.SkySpectrum;

/**
 * The frames that a plate's spectra with sky are assembled to, one per spectrograph and arm. A
 * spectrograph's files are read once, at the first call for any of its frames. Several threads may
 * read.
 */
final class CoaddFrames implements ArchivedFrames {
  /** Of fewer spectra none has enough others to take its sky from. */
  static final int FEWEST = 6;

  private final PlannedUnit unit;
  private final InputReader reader;
  private final Account account;

  /** By spectrograph, of each fibre the files that may hold it, the one to be read first. */
  private final Map<Integer, List<List<PlannedInput>>> candidates = new TreeMap<>();

  private final Map<Integer, List<PlannedInput>> used = new HashMap<>();
  private final Map<FrameId, Frame> frames = new TreeMap<>();
  private final Set<FrameId> setAside = new HashSet<>();
  private final Map<Integer, Double> seconds = new HashMap<>();

  CoaddFrames(PlannedUnit unit, InputReader reader, Account account) {
    this.unit = unit;
    this.reader = reader;
    this.account = account;
    unit.candidates(FitsKind.SKY_SPECTRUM).entrySet().stream()
        .sorted(Comparator.comparingInt(e -> e.getKey().fibreId()))
        .forEach(
            e ->
                candidates
                    .computeIfAbsent(e.getKey().spectrograph(), s -> new ArrayList<>())
                    .add(e.getValue()));
  }

  @Override
  public List<FrameId> ids() {
    List<FrameId> ids = new ArrayList<>();
    for (int spectrograph : candidates.keySet()) {
      for (Arm arm : Instrument.of(unit.plate()).arms()) {
        ids.add(new FrameId(unit.plate(), 0, spectrograph, arm));
      }
    }
    return ids;
  }

  @Override
  public synchronized Optional<Frame> read(FrameId id) throws IOException {
    if (!used.containsKey(id.spectrograph())) {
      long start = System.nanoTime();
      assemble(id.spectrograph());
      seconds.put(id.spectrograph(), (System.nanoTime() - start) / 1e9);
    }
    return setAside.contains(id) ? Optional.empty() : Optional.ofNullable(frames.get(id));
  }

  private void assemble(int spectrograph) throws IOException {
    List<SkySpectrum> spectra = new ArrayList<>();
    List<PlannedInput> inputs = new ArrayList<>();
    for (List<PlannedInput> files : candidates.get(spectrograph)) {
      boolean got = false;
      while (!got && !files.isEmpty()) {
        try {
          spectra.add(spectrum(files.get(0)));
          inputs.add(files.get(0));
          got = true;
        } catch (Refused e) {
          account.refuse(files, e.why());
        }
      }
    }
    used.put(spectrograph, inputs);
    if (spectra.size() < FEWEST) {
      quarantine(
          inputs,
          String.format(
              Locale.ROOT,
              "%d spectra of spectrograph %d: a sky from the others needs %d",
              spectra.size(),
              spectrograph,
              FEWEST));
      return;
    }
    FrameAssembly assembly = new FrameAssembly(spectra);
    for (Arm arm : Instrument.of(unit.plate()).arms()) {
      assembly.frame(arm).ifPresent(frame -> frames.put(frame.id(), frame));
    }
  }

  private SkySpectrum spectrum(PlannedInput input) throws Refused, IOException {
    SkySpectrum s = reader.read(input, SdssSpectrumReader::read);
    reader.requireIdentity(
        input, FileIdentity.skySpectrum(s.plate(), s.spectrograph(), s.fibreId()));
    return s;
  }

  private void quarantine(List<PlannedInput> inputs, String why) {
    for (PlannedInput input : inputs) {
      account.quarantine(
          new Quarantined(
              input.path(), InputReader.kind(input), PlateReduction.NOT_REDUCED, "", why));
    }
  }

  /** The files count as used as long as one arm of their spectra is. */
  @Override
  public synchronized void setAside(FrameId id, String reason, String why) {
    setAside.add(id);
    boolean none =
        frames.keySet().stream()
            .noneMatch(f -> f.spectrograph() == id.spectrograph() && !setAside.contains(f));
    if (none) {
      quarantine(used.get(id.spectrograph()), why);
    }
  }

  @Override
  public Optional<float[][]> truth(Frame frame) {
    return Optional.empty();
  }

  @Override
  public synchronized List<PlannedInput> inputs(FrameId id) {
    return used.get(id.spectrograph());
  }

  @Override
  public synchronized double secondsOf(FrameId id) {
    return seconds.getOrDefault(id.spectrograph(), 0.0);
  }
}
