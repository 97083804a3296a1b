package org.skymi.release;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.skymi.math.RobustStatistics;
import org.skymi.release.ResidualSkyModel.Parts;

/**
 * What one version of a survey's pipeline leaves of the sky, whatever the plate, in units of the
 * sky under a spectrum: for spectrographs with too few spectra to have a model of their own.
 */
final class PipelineResidual {
  private final ResidualSkyModel model;

  /** How bright the sky of those that taught is in the model's unit, told as it is of others. */
  private final double unit;

  /** Windows in which spectra gain that did not teach; null if too few of them do. */
  private final boolean[] windows;

  /** Share of the residual sky that is wrong. */
  private final double error;

  private PipelineResidual(ResidualSkyModel model, double unit, boolean[] windows, double error) {
    this.model = model;
    this.unit = unit;
    this.windows = windows;
    this.error = error;
  }

  /**
   * Learns from sets, and judges what was learnt on spectra that did not teach: of other sets, or,
   * of one set, of other folds; each as if it were alone.
   *
   * @return null if there is too little to learn from
   */
  static PipelineResidual learn(List<SetLesson> sets, long seed) {
    List<Sample> samples = new ArrayList<>();
    for (SetLesson set : sets) {
      set.sample().forEach(s -> samples.add(new Sample(s, set)));
    }
    int n = samples.size();
    if (n < ReleaseReduction.FEWEST) {
      return null;
    }
    boolean bySet = sets.size() > 1;
    int[] fold = ResidualSet.folds(bySet ? sets.size() : n, seed);
    Parts[] parts = new Parts[n];
    Arrays.setAll(parts, i -> Parts.none());
    for (int f = 0; f < ResidualSet.FOLDS; f++) {
      List<Sample> taught = new ArrayList<>();
      List<Integer> held = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        if (fold[bySet ? sets.indexOf(samples.get(i).set) : i] == f) {
          held.add(i);
        } else {
          taught.add(samples.get(i));
        }
      }
      if (!held.isEmpty() && taught.size() >= ReleaseReduction.FEWEST) {
        PipelineResidual others = of(taught);
        held.forEach(
            i -> parts[i] = others.predict(new GriddedSpectrum[] {samples.get(i).spectrum})[0]);
      }
    }
    HeldOutGain gain =
        new HeldOutGain(
            samples.stream().map(Sample::spectrum).toArray(GriddedSpectrum[]::new), parts);
    boolean[] windows = gain.windows(new boolean[n]);
    boolean[][] corrected = new boolean[n][];
    Arrays.fill(corrected, windows);
    double error = gain.shareInError(windows);
    // Some of a hundred windows gain by chance, but what is all wrong is no residual sky.
    boolean holds = gain.better(corrected) >= HeldOutGain.SHARE && error < 1;
    PipelineResidual all = of(samples);
    return new PipelineResidual(all.model, all.unit, holds ? windows : null, error);
  }

  /** A spectrum that teaches, and its set. */
  private record Sample(GriddedSpectrum spectrum, SetLesson set) {}

  /** Learns without a judgement. */
  private static PipelineResidual of(List<Sample> samples) {
    Map<SetLesson, List<GriddedSpectrum>> bySet =
        samples.stream()
            .collect(
                Collectors.groupingBy(
                    Sample::set,
                    LinkedHashMap::new,
                    Collectors.mapping(Sample::spectrum, Collectors.toList())));
    StatedSky stated = StatedSky.median(bySet.keySet().stream().map(SetLesson::stated).toList());
    double[] units =
        bySet.values().stream()
            .mapToDouble(own -> under(stated, own.toArray(GriddedSpectrum[]::new)))
            .toArray();
    ResidualSkyModel model =
        ResidualSkyModel.learn(samples.stream().map(Sample::spectrum).toList(), stated);
    return new PipelineResidual(model, RobustStatistics.median(units), null, 0);
  }

  /** Each spectrum tells by itself, and rather badly: the median does better. */
  private static double under(StatedSky stated, GriddedSpectrum[] spectra) {
    return RobustStatistics.median(Arrays.stream(spectra).mapToDouble(stated::under).toArray());
  }

  /** Whether spectra that did not teach gain by it. */
  boolean holds() {
    return windows != null;
  }

  /** Components of the sky in its model. */
  int components() {
    return model.components();
  }

  /** In words. */
  String line() {
    if (!holds()) {
      return "nothing that spectra which did not teach gain by";
    }
    int gains = 0;
    for (boolean window : windows) {
      gains += window ? 1 : 0;
    }
    return String.format(
        Locale.ROOT, "%d of %d windows, to %.0f %%", gains, windows.length, 100 * error);
  }

  /** By window, whether spectra gain there. */
  boolean[] windows() {
    return windows.clone();
  }

  /**
   * Takes spectra of one spectrograph apart, in their own unit.
   *
   * @return by spectrum; nothing known if the spectra don't tell how bright their sky is
   */
  Parts[] predict(GriddedSpectrum[] spectra) {
    double scale = under(model.stated(), spectra) / unit;
    Parts[] parts = new Parts[spectra.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] =
          scale > 0 && Double.isFinite(scale)
              ? model
                  .predictOther(spectra[i].scaled(1 / scale), ResidualSet.PARTS)
                  .scaled(scale)
                  .withError(error)
              : Parts.none();
    }
    return parts;
  }

  /** Writes what {@link #read} reads. */
  void write(DataOutputStream out) throws IOException {
    out.writeBoolean(windows != null);
    for (int w = 0; windows != null && w < windows.length; w++) {
      out.writeBoolean(windows[w]);
    }
    out.writeDouble(unit);
    out.writeDouble(error);
    model.write(out);
  }

  /**
   * Reads what was learnt.
   *
   * @throws IOException if the stream ends too soon
   */
  static PipelineResidual read(DataInputStream in) throws IOException {
    boolean[] windows = in.readBoolean() ? new boolean[TopocentricGrid.lines().size()] : null;
    for (int w = 0; windows != null && w < windows.length; w++) {
      windows[w] = in.readBoolean();
    }
    double unit = in.readDouble();
    double error = in.readDouble();
    return new PipelineResidual(ResidualSkyModel.read(in), unit, windows, error);
  }
}
