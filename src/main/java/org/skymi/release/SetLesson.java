package org.skymi.release;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.smi.CrossFit;
import org.skymi.survey.Instrument;
import org.skymi.survey.ReleaseSpectrum;

/**
 * What a base model needs to know of one set of released spectra, those of one plate, spectrograph
 * and version of the survey's pipeline.
 */
public final class SetLesson implements Serializable {
  private static final long serialVersionUID = 1;

  private final String version;
  private final FrameEquations frame;

  /** Some of its spectra and the sky under all, in units of that sky. */
  private final List<GriddedSpectrum> sample;

  private final StatedSky stated;

  private SetLesson(
      String version, FrameEquations frame, List<GriddedSpectrum> sample, StatedSky stated) {
    this.version = version;
    this.frame = frame;
    this.sample = sample;
    this.stated = stated;
  }

  /**
   * Of a set's spectra.
   *
   * @param spectra {@link ReleaseReduction#FEWEST} or more
   * @param sampled how many of them are kept, at the most
   * @param seed of what is held out together
   */
  public static SetLesson of(List<ReleaseSpectrum> spectra, int sampled, long seed) {
    ResidualSet set = new ResidualSet(spectra, seed);
    StatedSky stated = new StatedSky(Arrays.asList(set.spectra()));
    double level = stated.level();
    List<GriddedSpectrum> sample = new ArrayList<>();
    // Evenly of all brightness.
    List<GriddedSpectrum> sorted =
        Arrays.stream(set.spectra())
            .sorted(Comparator.comparingDouble(GriddedSpectrum::signalToNoise))
            .toList();
    int size = Math.min(sampled, sorted.size());
    for (int k = 0; k < size && level > 0; k++) {
      sample.add(sorted.get((int) ((k + 0.5) * sorted.size() / size)).scaled(1 / level));
    }
    return new SetLesson(
        spectra.get(0).pipelineVersion(),
        set.frame(ResidualSet.NONE).placed().frame(),
        sample,
        level > 0 ? stated.scaled(1 / level) : stated);
  }

  String version() {
    return version;
  }

  List<GriddedSpectrum> sample() {
    return sample;
  }

  StatedSky stated() {
    return stated;
  }

  CrossFit.Placed placed() {
    return CrossFit.Placed.alongSlit(frame, Instrument.LAMOST.fibres());
  }

  /** Number of its spectra. */
  public int spectra() {
    return frame.fibres().length;
  }
}
