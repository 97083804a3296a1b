package org.skymi.plate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsKind;
import org.skymi.fits.ReleaseSpectrumReader;
import org.skymi.plate.InputReader.Refused;
import org.skymi.survey.ReleaseSpectrum;

/** The files of a plate's released spectra. */
final class ReleaseFiles {
  private final InputReader reader;
  private final Account account;

  /**
   * @param account told of files that can't be used
   */
  ReleaseFiles(InputReader reader, Account account) {
    this.reader = reader;
    this.account = account;
  }

  /** By spectrograph, for each fibre in order the files that may hold it. */
  static TreeMap<Integer, List<List<PlannedInput>>> bySpectrograph(PlannedUnit unit) {
    return unit.candidates(FitsKind.RELEASE_SPECTRUM).entrySet().stream()
        .sorted(Comparator.comparingInt(e -> e.getKey().fibreId()))
        .collect(
            Collectors.groupingBy(
                e -> e.getKey().spectrograph(),
                TreeMap::new,
                Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  /**
   * A spectrograph's spectra.
   *
   * @param spectra by fibre
   * @param inputs their files
   * @param seconds that reading them took
   */
  record Spectra(List<ReleaseSpectrum> spectra, List<PlannedInput> inputs, double seconds) {
    /** By version of the survey's pipeline, each of which leaves a sky of its own. */
    TreeMap<String, Spectra> byVersion() {
      TreeMap<String, List<Integer>> indices =
          IntStream.range(0, spectra.size())
              .boxed()
              .collect(
                  Collectors.groupingBy(
                      i -> spectra.get(i).pipelineVersion(), TreeMap::new, Collectors.toList()));
      TreeMap<String, Spectra> parts = new TreeMap<>();
      indices.forEach(
          (version, own) ->
              parts.put(
                  version,
                  new Spectra(
                      own.stream().map(spectra::get).toList(),
                      own.stream().map(inputs::get).toList(),
                      seconds)));
      return parts;
    }
  }

  /** Reads a spectrograph's spectra, those that can be used. */
  Spectra read(List<List<PlannedInput>> fibres) throws IOException {
    long start = System.nanoTime();
    List<ReleaseSpectrum> spectra = new ArrayList<>();
    List<PlannedInput> used = new ArrayList<>();
    for (List<PlannedInput> candidates : fibres) {
      boolean got = false;
      while (!got && !candidates.isEmpty()) {
        try {
          spectra.add(read(candidates.get(0)));
          used.add(candidates.get(0));
          got = true;
        } catch (Refused e) {
          account.refuse(candidates, e.why());
        }
      }
    }
    return new Spectra(spectra, used, (System.nanoTime() - start) / 1e9);
  }

  private ReleaseSpectrum read(PlannedInput input) throws Refused, IOException {
    ReleaseSpectrum s = reader.read(input, ReleaseSpectrumReader::read);
    reader.requireIdentity(
        input, FileIdentity.releaseSpectrum(s.plate(), s.spectrograph(), s.fibreId()));
    return s;
  }
}
