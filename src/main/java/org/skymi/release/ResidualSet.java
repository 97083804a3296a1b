package org.skymi.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.skymi.math.NormalEquations;
import org.skymi.release.ResidualSkyModel.Parts;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.Prediction;
import org.skymi.smi.CrossFit;
import org.skymi.smi.Shuffle;
import org.skymi.survey.Instrument;
import org.skymi.survey.ReleaseSpectrum;

/** The released spectra of one plate, spectrograph and version of the survey's pipeline. */
final class ResidualSet {
  /** Folds of spectra that are held out together. */
  static final int FOLDS = 5;

  /** Parts of the windows, each foretold by the others. */
  static final int PARTS = 4;

  /** No fold. */
  static final int NONE = -1;

  private final List<ReleaseSpectrum> spectra;
  private final GriddedSpectrum[] gridded;

  /** Fold of each spectrum, 0 .. {@link #FOLDS} - 1. */
  private final int[] fold;

  /** By the folds that they have not seen. */
  private final Map<Integer, ResidualSkyModel> models = new HashMap<>();

  /**
   * @param seed of what is held out together
   */
  ResidualSet(List<ReleaseSpectrum> spectra, long seed) {
    this.spectra = spectra;
    this.gridded = spectra.stream().map(GriddedSpectrum::new).toArray(GriddedSpectrum[]::new);
    this.fold = folds(gridded.length, seed);
  }

  /** A fold for each of n. */
  static int[] folds(int n, long seed) {
    int[] order = Shuffle.permutation(n, new Random(seed));
    int[] fold = new int[n];
    for (int k = 0; k < n; k++) {
      fold[order[k]] = k % FOLDS;
    }
    return fold;
  }

  int size() {
    return gridded.length;
  }

  /** Fold of each spectrum; not to be changed. */
  int[] folds() {
    return fold;
  }

  /** Each spectrum taken apart by a model of other folds. */
  Parts[] parts() {
    Parts[] parts = new Parts[gridded.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = model(fold[i], fold[i]).predict(gridded[i], PARTS);
    }
    return parts;
  }

  /**
   * The most components of the sky that its spectra have been taken apart by; 0 before they are.
   */
  int components() {
    return models.values().stream().mapToInt(ResidualSkyModel::components).max().orElse(0);
  }

  /** Its spectra; not to be changed. */
  GriddedSpectrum[] spectra() {
    return gridded;
  }

  /** As it was released. */
  ReleaseSpectrum released(int i) {
    return spectra.get(i);
  }

  GriddedSpectrum spectrum(int i) {
    return gridded[i];
  }

  /** Whether a spectrum is held out in a fold. */
  boolean isHeld(int i, int heldFold) {
    return fold[i] == heldFold;
  }

  /**
   * A set as memory and networks see it.
   *
   * @param placed what its spectra say; nothing of those that are held out
   * @param columns what is spoken of, learnt from the others
   * @param model component model, learnt from the others
   * @param parts of each spectrum by a component model that did not see it
   * @param own what each spectrum says, by part of the windows
   */
  record Frame(
      CrossFit.Placed placed,
      ResidualColumns columns,
      ResidualSkyModel model,
      Parts[] parts,
      NormalEquations[][] own) {
    /** By the component model, a spectrum in the place of one that is held out. */
    Parts components(GriddedSpectrum other) {
      return model.predict(other, PARTS);
    }

    /** The same with what is expected in addition. */
    Parts with(GriddedSpectrum other, Prediction expected) {
      Parts components = components(other);
      return with(components, columns.equations(other, components, PARTS), expected);
    }

    /**
     * A spectrum with what is expected of it in addition to the component model, each window by the
     * spectrum's other windows.
     */
    Parts with(int spectrum, Prediction expected) {
      return with(parts[spectrum], own[spectrum], expected);
    }

    private Parts with(Parts components, NormalEquations[] says, Prediction expected) {
      Prediction[] z = new Prediction[PARTS];
      for (int part = 0; part < z.length; part++) {
        z[part] = expected.posterior(without(says, part));
      }
      double[] sky = components.sky().clone();
      double[] variance = components.variance().clone();
      for (int k = 0; k < sky.length; k++) {
        if (TopocentricGrid.window(k) >= 0) {
          Prediction known = z[part(k)];
          sky[k] = columns.bounded(sky[k] + columns.sky(known.mean(), k), k);
          variance[k] += columns.skyVariance(known.covariance(), k);
        }
      }
      return new Parts(sky, variance, components.star());
    }

    /** What a spectrum says in all windows but one part. */
    NormalEquations without(int spectrum, int part) {
      return without(own[spectrum], part);
    }

    private static NormalEquations without(NormalEquations[] says, int part) {
      NormalEquations sum = new NormalEquations(ResidualColumns.COUNT);
      for (int p = 0; p < says.length; p++) {
        if (p != part) {
          sum.add(says[p]);
        }
      }
      return sum;
    }
  }

  /** Part of the windows that a cell is of. */
  static int part(int cell) {
    return ResidualColumns.window(cell) % PARTS;
  }

  /**
   * The set with a fold, or {@link #NONE}, held out.
   *
   * <p>What is taught with is taken apart by models of others, too, or networks would learn what is
   * left of spectra that a model has seen.
   */
  Frame frame(int heldFold) {
    int n = gridded.length;
    int[] taught = IntStream.range(0, n).filter(i -> !isHeld(i, heldFold)).toArray();
    Parts[] parts = new Parts[n];
    for (int i : taught) {
      parts[i] = model(heldFold, fold[i]).predict(gridded[i], PARTS);
    }
    ResidualSkyModel model = model(heldFold, heldFold);
    List<GriddedSpectrum> known = Arrays.stream(taught).mapToObj(i -> gridded[i]).toList();
    ResidualColumns columns = new ResidualColumns(known, model.stated());
    FrameEquations.Fibre[] fibres = new FrameEquations.Fibre[n];
    NormalEquations[][] own = new NormalEquations[n][];
    for (int i = 0; i < n; i++) {
      boolean held = isHeld(i, heldFold);
      parts[i] = held ? model.predict(gridded[i], PARTS) : parts[i];
      own[i] = columns.equations(gridded[i], parts[i], PARTS);
      NormalEquations all = new NormalEquations(ResidualColumns.COUNT);
      Arrays.stream(own[i]).forEach(all::add);
      fibres[i] =
          new FrameEquations.Fibre(spectra.get(i).fibreId(), !held, 0, 0, held ? null : all);
    }
    ReleaseSpectrum any = spectra.get(0);
    // Plans of one night, and one plan by two pipelines, are exposures of their own.
    long exposure = 31L * any.plate().planId().hashCode() + any.pipelineVersion().hashCode();
    FrameEquations.When when = new FrameEquations.When(any.plate().lmjd(), exposure);
    FrameEquations frame = new FrameEquations(when, any.spectrograph(), 0, fibres);
    int slit = Instrument.LAMOST.fibres();
    return new Frame(CrossFit.Placed.alongSlit(frame, slit), columns, model, parts, own);
  }

  /** A model of what is in neither of two folds, which may be one. */
  private ResidualSkyModel model(int a, int b) {
    return models.computeIfAbsent(
        Math.min(a, b) * FOLDS + Math.max(a, b),
        k -> {
          List<GriddedSpectrum> own = new ArrayList<>();
          for (int i = 0; i < gridded.length; i++) {
            if (!isHeld(i, a) && !isHeld(i, b)) {
              own.add(gridded[i]);
            }
          }
          return ResidualSkyModel.learn(own);
        });
  }
}
