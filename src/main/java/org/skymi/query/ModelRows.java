package org.skymi.query;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.skymi.math.BSpline;
import org.skymi.math.Chebyshev;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.memory.Patterns;
import org.skymi.sky.recipe.FibreRecipe;
import org.skymi.sky.recipe.FibreRecipe.Correction;
import org.skymi.sky.recipe.FrameRecipe;
import org.skymi.sky.recipe.FrameRecipe.CommonSky;
import org.skymi.sky.recipe.SkyDrawing;
import org.skymi.sky.recipe.SkyScale;

/** Skies drawn from rows of {@code frame_model} and {@code fibre_model}. */
final class ModelRows {
  private static final List<Method> CORRECTED = List.of(Method.MEMORY, Method.SMI);

  private final Row frame;
  private final List<String> methods;
  private final SkyDrawing drawing;

  /**
   * @param frame a row of {@code frame_model}
   */
  ModelRows(Row frame) {
    this.frame = frame;
    this.methods = List.of(frame.<String>getAs("methods").split(" "));
    this.drawing = new SkyDrawing(frameRecipe(frame));
  }

  /** The wavelengths of a fibre's pixels, vacuum Angstrom. */
  double[] wavelength(Row fibre) {
    if (!isNull(frame, "wave")) {
      return doubles(frame, "wave");
    }
    return isNull(fibre, "wave_polynomial")
        ? doubles(fibre, "wave")
        : Chebyshev.values(doubles(fibre, "wave_polynomial"), fibre.<Integer>getAs("pixels"));
  }

  /** The same as the input has them, where only the skies are asked for. */
  Optional<Sky> sky(Row fibre, Method method) {
    return sky(fibre, method, wavelength(fibre));
  }

  /**
   * A fibre's sky.
   *
   * @param fibre a row of {@code fibre_model} of the frame
   * @param wavelength of its pixels
   * @return NaN of a fibre that has none; empty if the method was not run
   */
  Optional<Sky> sky(Row fibre, Method method, double[] wavelength) {
    boolean wasRun =
        method == Method.SMI ? !isNull(fibre, "smi_source") : methods.contains(method.key());
    if (!wasRun) {
      return Optional.empty();
    }
    if (isNull(fibre, "classical")) {
      return Optional.of(Sky.unknown(wavelength.length));
    }
    FibreRecipe recipe = fibreRecipe(fibre);
    String source = method == Method.SMI ? fibre.getAs("smi_source") : method.key();
    return Optional.of(
        source.equals(Method.SUPER.key())
            ? drawing.scaled(recipe, wavelength)
            : recipe.corrections().containsKey(source)
                ? drawing.corrected(source, recipe, wavelength)
                : drawing.full(recipe, wavelength));
  }

  /** Whether it is known what a fibre recorded: a sky fibre. */
  static boolean isRecorded(Row fibre) {
    return !isNull(fibre, "flux");
  }

  /**
   * What a sky fibre recorded, and its noise under the most demanding method's sky.
   *
   * @param skies of the fibre, by method
   */
  FibreResult.Recorded recorded(Row fibre, Map<Method, Sky> skies) {
    float[] best = skies.get(Collections.max(skies.keySet())).flux();
    float[] read = floats(fibre, "read_variance");
    float[] photons =
        isNull(frame, "photon_variance") ? new float[0] : floats(frame, "photon_variance");
    float[] ivar = new float[read.length];
    for (int p = 0; p < ivar.length; p++) {
      float photon = photons.length == 0 ? 1 : photons[p];
      float variance = read[p] + photon * Math.max(0, best[p]);
      ivar[p] = variance > 0 ? 1 / variance : 0;
    }
    return new FibreResult.Recorded(floats(fibre, "flux"), ivar, read);
  }

  /** A fibre's skies by all methods that were run. */
  Map<Method, Sky> skies(Row fibre) {
    Map<Method, Sky> skies = new EnumMap<>(Method.class);
    double[] wavelength = wavelength(fibre);
    for (Method method : Method.values()) {
      sky(fibre, method, wavelength).ifPresent(sky -> skies.put(method, sky));
    }
    return skies;
  }

  private static FrameRecipe frameRecipe(Row row) {
    return new FrameRecipe(
        new SkyScale(
            new BSpline.Knots(
                row.getAs("knot_first"),
                row.getAs("knot_step"),
                row.getAs("knot_log"),
                row.getList(row.fieldIndex("master")).size()),
            row.getAs("wave_low"),
            row.getAs("wave_high"),
            row.getAs("pivot"),
            ints(row, "line_group"),
            ints(row, "line_window"),
            List.of(row.<String>getAs("line_groups").split(" ")),
            row.getAs("reach")),
        new FrameRecipe.StatedWidths(row.getAs("width_first"), row.getAs("width_step")),
        common(row, "master"),
        isNull(row, "common") ? Optional.empty() : Optional.of(columns(row)),
        components(row),
        List.of());
  }

  private static double[][] components(Row row) {
    double[] flat = doubles(row, "components");
    return parts(flat, flat.length / row.getList(row.fieldIndex("master")).size());
  }

  private static double[][] transmissions(Row row) {
    return parts(doubles(row, "transmissions"), Patterns.TRANSMISSIONS);
  }

  /** A list in parts of the same length. */
  private static double[][] parts(double[] flat, int count) {
    double[][] parts = new double[count][];
    int size = count == 0 ? 0 : flat.length / count;
    Arrays.setAll(parts, c -> Arrays.copyOfRange(flat, c * size, (c + 1) * size));
    return parts;
  }

  private static CommonSky common(Row row, String name) {
    return new CommonSky(
        doubles(row, name), doubles(row, name + "_lines"), floats(row, name + "_variance"));
  }

  private static FrameRecipe.Columns columns(Row row) {
    Map<String, double[]> slack = new TreeMap<>();
    for (Method method : CORRECTED) {
      if (!isNull(row, "slack_" + method.key())) {
        slack.put(method.key(), doubles(row, "slack_" + method.key()));
      }
    }
    return new FrameRecipe.Columns(
        common(row, "common"),
        doubles(row, "shaped_lines"),
        new FrameRecipe.Patterns(floats(row, "patterns"), transmissions(row)),
        doubles(row, "light"),
        new FrameRecipe.Terms(
            ints(row, "term_part"),
            ints(row, "term_group"),
            ints(row, "term_order"),
            row.getAs("term_intervals")),
        slack);
  }

  private static FibreRecipe fibreRecipe(Row row) {
    Map<String, Correction> corrections = new TreeMap<>();
    for (Method method : CORRECTED) {
      String z = "z_" + method.key();
      if (!isNull(row, z)) {
        corrections.put(
            method.key(),
            new Correction(
                floats(row, z), floats(row, z + "_error"), floats(row, z + "_correlation")));
      }
    }
    return new FibreRecipe(
        new FibreRecipe.Lines(
            row.getAs("shift"),
            row.getAs("shift_slope"),
            row.getAs("width"),
            row.getAs("width_slope"),
            row.getAs("kurtosis"),
            floats(row, "stated_widths")),
        new FibreRecipe.Scale(row.getAs("super_gain"), row.getAs("super_error")),
        doubles(row, "classical"),
        row.<Double>getAs("full_error"),
        doubles(row, "shares"),
        corrections);
  }

  private static boolean isNull(Row row, String column) {
    return row.isNullAt(row.fieldIndex(column));
  }

  private static int[] ints(Row row, String column) {
    return row.<Integer>getList(row.fieldIndex(column)).stream().mapToInt(i -> i).toArray();
  }

  private static double[] doubles(Row row, String column) {
    return row.<Double>getList(row.fieldIndex(column)).stream().mapToDouble(d -> d).toArray();
  }

  private static float[] floats(Row row, String column) {
    return FrameSkies.floats(row.getList(row.fieldIndex(column)));
  }
}
