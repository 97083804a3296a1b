package org.skymi.query;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.report.Digits;
import org.skymi.report.qa.FibrePlot;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Method;
import org.skymi.spark.Engine;
import org.skymi.survey.InputException;

/** Finds one fibre's spectra in a campaign. */
public final class CampaignFibre {
  private static final int NAMED = 8;

  private final SparkSession spark;
  private final CampaignFolder campaign;

  public CampaignFibre(Engine engine, CampaignFolder campaign, Manifest manifest) {
    this.spark = engine.session();
    this.campaign = campaign;
    CampaignTables.register(spark, campaign, manifest);
  }

  /**
   * Which fibre.
   *
   * @param planId plan of the plate
   * @param spectrograph from 1
   * @param fibreId from 1
   * @param lmjm the exposure's local modified Julian minute; 0 for released spectra
   */
  public record Id(String planId, int spectrograph, int fibreId, int lmjm) {
    /**
     * Reads {@code PLAN/SP/FIBER/LMJM}; the plan may hold slashes itself.
     *
     * @throws IllegalArgumentException if it is written otherwise
     */
    public static Id parse(String text) {
      String[] parts = text.split("/");
      int n = parts.length;
      try {
        return new Id(
            text.substring(0, text.length() - tail(parts)),
            Integer.parseInt(parts[n - 3]),
            Integer.parseInt(parts[n - 2]),
            Integer.parseInt(parts[n - 1]));
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            "a fibre is written PLAN/SP/FIBER/LMJM, like GAC081N28B1/3/127/83452190, not '"
                + text
                + "'",
            e);
      }
    }

    private static int tail(String[] parts) {
      int n = parts.length;
      return parts[n - 1].length() + parts[n - 2].length() + parts[n - 3].length() + 3;
    }
  }

  /**
   * A fibre's picture.
   *
   * @throws InputException if there is no such fibre, or its spectrum is not stored
   */
  public FibrePlot plot(Id id) {
    Row site = site(id);
    List<FibrePlot.Spectrum> spectra =
        spark
            .table("fibre_spectrum")
            .where(functions.col("planid").equalTo(id.planId()))
            .where(functions.col("lmjd").equalTo(site.getInt(0)))
            .where(ofFibre(id))
            .where("flux IS NOT NULL")
            .selectExpr(("0 AS night, " + PixelRow.COLUMNS).split(", "))
            .as(Encoders.bean(PixelRow.class))
            .collectAsList()
            .stream()
            .map(
                r ->
                    new FibrePlot.Spectrum(
                        r.getArm(), r.getWave(), r.getFlux(), r.getIvar(), r.skies()))
            .toList();
    if (spectra.isEmpty()) {
      spectra = drawn(id, site.getInt(0));
    }
    if (spectra.isEmpty()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "no spectrum of fibre %s is stored in %s, its type is %s: 'skymi reprocess --spectra"
                  + " model --campaign OTHER' stores the skies of all fibres",
              named(id),
              campaign.uri(),
              site.getString(1)));
    }
    return new FibrePlot(title(id, site), spectra);
  }

  /** A fibre whose skies are drawn anew; what it recorded is known of sky fibres. */
  private List<FibrePlot.Spectrum> drawn(Id id, int lmjd) {
    return spark
        .sql(
            "SELECT struct(frame_model.*) AS m, struct(fibre_model.*) AS f FROM fibre_model JOIN"
                + " frame_model USING (planid, lmjd, lmjm, spid, arm, fold)")
        .where(functions.col("f.planid").equalTo(id.planId()))
        .where(functions.col("f.lmjd").equalTo(lmjd))
        .where(ofFibre(id).replaceAll("(\\w+) =", "f.$1 ="))
        .where("f.classical IS NOT NULL")
        .collectAsList()
        .stream()
        .map(r -> drawn(r.getStruct(0), r.getStruct(1)))
        .toList();
  }

  private static FibrePlot.Spectrum drawn(Row frame, Row fibre) {
    ModelRows model = new ModelRows(frame);
    Map<Method, Sky> skies = model.skies(fibre);
    Map<Method, float[]> drawn = new EnumMap<>(Method.class);
    skies.forEach((method, sky) -> drawn.put(method, sky.flux()));
    Optional<FibreResult.Recorded> recorded =
        ModelRows.isRecorded(fibre) ? Optional.of(model.recorded(fibre, skies)) : Optional.empty();
    return new FibrePlot.Spectrum(
        fibre.getAs("arm"),
        model.wavelength(fibre),
        recorded.map(FibreResult.Recorded::flux).orElse(new float[0]),
        recorded.map(FibreResult.Recorded::ivar).orElse(new float[0]),
        drawn);
  }

  private static String ofFibre(Id id) {
    return String.format(
        Locale.ROOT,
        "spid = %d AND fiberid = %d AND lmjm = %d",
        id.spectrograph(),
        id.fibreId(),
        id.lmjm());
  }

  private static String named(Id id) {
    return id.planId() + "/" + id.spectrograph() + "/" + id.fibreId() + "/" + id.lmjm();
  }

  private static String title(Id id, Row site) {
    String held = site.getBoolean(2) && site.getString(1).equals("Sky") ? ", held out" : "";
    return String.format(
        Locale.ROOT,
        "%s, spectrograph %d, fibre %d (%s%s), LMJM %d",
        id.planId(),
        id.spectrograph(),
        id.fibreId(),
        site.getString(1),
        held,
        id.lmjm());
  }

  /** What the fibre is; an error that says which part of the name is unknown. */
  private Row site(Id id) {
    String name = "no fibre " + named(id) + " in " + campaign.uri() + ": ";
    var plate = spark.table("fibre_sky").where(functions.col("planid").equalTo(id.planId()));
    List<Row> found =
        plate.where(ofFibre(id)).select("lmjd", "fibertype", "held_out").distinct().collectAsList();
    List<Integer> days = found.stream().map(r -> r.getInt(0)).distinct().toList();
    if (days.size() == 1) {
      return found.get(0);
    }
    if (days.size() > 1) {
      throw new InputException("more than one plate has a fibre " + named(id) + ": LMJD " + days);
    }
    if (plate.isEmpty()) {
      throw new InputException(
          name + "no plan " + id.planId() + "; there are: " + of("planid", "fibre_sky"));
    }
    plate.createOrReplaceTempView("plate");
    if (plate.where("lmjm = " + id.lmjm()).isEmpty()) {
      throw new InputException(name + "exposures (LMJM) of the plan: " + of("lmjm", "plate"));
    }
    throw new InputException(
        String.format(
            Locale.ROOT,
            "%sthe exposure has fibres 1 to %d of spectrographs %s",
            name,
            plate.agg(functions.max("fiberid")).first().getInt(0),
            of("spid", "plate")));
  }

  private String of(String column, String from) {
    List<Row> rows =
        spark
            .sql(
                String.format(
                    Locale.ROOT,
                    "SELECT DISTINCT %1$s FROM %2$s ORDER BY %1$s LIMIT %3$d",
                    column,
                    from,
                    NAMED + 1))
            .collectAsList();
    return Digits.some(rows.stream().map(r -> r.get(0)).toList(), NAMED);
  }
}
