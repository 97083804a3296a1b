package org.skymi.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.Method;
import org.skymi.survey.InputException;

/**
 * Functions of Spark SQL that draw skies: {@code sky(frame, fibre, method)}, {@code sky_ivar},
 * {@code sky_wave(frame, fibre)} and {@code sky_noise(frame, fibre)}, the inverse variance of what
 * a sky fibre recorded, of {@code struct(m.*)} of a row of {@code frame_model} and {@code
 * struct(f.*)} of one of {@code fibre_model}; and the view {@link #VIEW} of all skies, drawn or
 * stored.
 */
final class SkyFunctions {
  /**
   * Wavelengths and skies of all fibres, and what sky fibres recorded: what is kept pixel by pixel,
   * and what is drawn.
   */
  static final String VIEW = "skies";

  private static final String KEYS = "planid, lmjd, lmjm, spid, arm, fiberid";

  private SkyFunctions() {}

  /** Makes the functions and the view; the tables are views already. */
  static void register(SparkSession spark) {
    DataType floats = DataTypes.createArrayType(DataTypes.FloatType, false);
    DataType doubles = DataTypes.createArrayType(DataTypes.DoubleType, false);
    UDF3<Row, Row, String, float[]> sky =
        (frame, fibre, method) -> drawn(frame, fibre, method, Sky::flux);
    UDF3<Row, Row, String, float[]> ivar =
        (frame, fibre, method) -> drawn(frame, fibre, method, Sky::ivar);
    UDF2<Row, Row, double[]> wave = (frame, fibre) -> new ModelRows(frame).wavelength(fibre);
    UDF2<Row, Row, float[]> noise =
        (frame, fibre) -> {
          if (!ModelRows.isRecorded(fibre)) {
            return null;
          }
          ModelRows model = new ModelRows(frame);
          return model.recorded(fibre, model.skies(fibre)).ivar();
        };
    spark.udf().register("sky", sky, floats);
    spark.udf().register("sky_noise", noise, floats);
    spark.udf().register("sky_ivar", ivar, floats);
    spark.udf().register("sky_wave", wave, doubles);
    spark.sql(view()).createOrReplaceTempView(VIEW);
  }

  private static String view() {
    String methods =
        Arrays.stream(Method.values())
            .map(m -> "sky_" + m.key() + ", sky_" + m.key() + "_ivar")
            .collect(Collectors.joining(", "));
    String drawn =
        Arrays.stream(Method.values())
            .map(
                m ->
                    String.format(
                        Locale.ROOT,
                        "sky(m, f, '%1$s') AS sky_%1$s, sky_ivar(m, f, '%1$s') AS sky_%1$s_ivar",
                        m.key()))
            .collect(Collectors.joining(", "));
    return "SELECT "
        + KEYS
        + ", wave, flux, flux_ivar, "
        + methods
        + " FROM fibre_spectrum UNION ALL SELECT "
        + KEYS.replaceAll("(\\w+)", "f.$1")
        + ", sky_wave(m, f) AS wave, f.flux, sky_noise(m, f) AS flux_ivar, "
        + drawn
        + " FROM (SELECT struct(frame_model.*) AS m, struct(fibre_model.*) AS f FROM fibre_model"
        + " JOIN frame_model USING (planid, lmjd, lmjm, spid, arm, fold))";
  }

  private static float[] drawn(Row frame, Row fibre, String method, Function<Sky, float[]> part) {
    Method asked =
        Arrays.stream(Method.values())
            .filter(m -> m.key().equals(method))
            .findFirst()
            .orElseThrow(() -> new InputException("there is no method '" + method + "'"));
    return new ModelRows(frame).sky(fibre, asked).map(part).orElse(null);
  }
}
