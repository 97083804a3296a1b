package org.skymi.query;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.Method;

/**
 * The skies of a frame's fibres from a row of {@link FitsExport}: those that are stored, and those
 * that are drawn.
 */
final class FrameSkies {
  /** Columns after the frame's keys. */
  private static final int STORED = 5;

  private static final int DRAWN = 6;
  private static final int MODELS = 7;

  /** Field of a stored sky that only spectra of more than a frame's pixels ask for. */
  private static final int WAVELENGTH = 6;

  private final Map<Integer, Fibre> fibres = new TreeMap<>();

  /** A fibre's sky, wherever it is asked for. */
  private interface Drawing {
    Sky at(double[] wavelength);
  }

  /**
   * What is known of a fibre.
   *
   * @param flag a name of {@link org.skymi.sky.calibrate.FibreFlag}
   * @param source the method whose sky it is, after fallbacks
   * @param throughput NaN if unknown
   */
  record Fibre(String flag, String source, float throughput, Drawing drawing) {
    /**
     * Its sky.
     *
     * @param wavelength of its pixels in the frame, or some of them; Angstrom, increasing
     * @return NaN, ivar 0, where there is none
     */
    Sky sky(double[] wavelength) {
      return drawing.at(wavelength);
    }

    private static Fibre of(Row row, Drawing drawing) {
      float throughput = row.isNullAt(3) ? Float.NaN : row.getFloat(3);
      return new Fibre(row.getString(1), row.getString(2), throughput, drawing);
    }
  }

  /**
   * @param row a frame's keys, fibres whose skies are stored, fibres whose skies are drawn, and
   *     what these share
   * @param best the method whose skies are drawn
   */
  FrameSkies(Row row, Method best) {
    for (Row stored : rows(row, STORED)) {
      fibres.put(stored.getInt(0), Fibre.of(stored, wavelength -> stored(stored, wavelength)));
    }
    Map<Integer, ModelRows> models = new HashMap<>();
    rows(row, MODELS).forEach(m -> models.put(m.getAs("fold"), new ModelRows(m)));
    for (Row drawn : rows(row, DRAWN)) {
      Row model = drawn.getStruct(4);
      ModelRows own = models.get(model.<Integer>getAs("fold"));
      fibres.put(
          drawn.getInt(0),
          Fibre.of(drawn, wavelength -> own.sky(model, best, wavelength).orElseThrow()));
    }
  }

  private static List<Row> rows(Row row, int column) {
    return row.isNullAt(column) ? List.of() : row.getList(column);
  }

  /** A stored sky: at the frame's own pixels, or at those that its wavelengths name. */
  private static Sky stored(Row fibre, double[] wavelength) {
    float[] flux = floats(fibre.getList(4));
    float[] ivar = floats(fibre.getList(5));
    if (fibre.size() <= WAVELENGTH) {
      return new Sky(flux, ivar);
    }
    double[] own = fibre.<Double>getList(WAVELENGTH).stream().mapToDouble(x -> x).toArray();
    Sky sky = Sky.unknown(wavelength.length);
    for (int p = 0; p < wavelength.length; p++) {
      int at = Arrays.binarySearch(own, wavelength[p]);
      if (at >= 0) {
        sky.flux()[p] = flux[at];
        sky.ivar()[p] = ivar[at];
      }
    }
    return sky;
  }

  /** Numbers of the fibres, in order. */
  Set<Integer> fibreIds() {
    return fibres.keySet();
  }

  /** A fibre of the frame. */
  Fibre fibre(int fibreId) {
    return fibres.get(fibreId);
  }

  /** Numbers as the writers take them; NaN for none. */
  static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int p = 0; p < floats.length; p++) {
      floats[p] = values.get(p) == null ? Float.NaN : values.get(p);
    }
    return floats;
  }
}
