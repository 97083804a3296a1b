package org.skymi.query;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.skymi.archive.Archive;
import org.skymi.archive.Inventory;
import org.skymi.campaign.ArchiveInputs;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.Plan;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Selection;
import org.skymi.campaign.Setting;
import org.skymi.campaign.Settings;
import org.skymi.campaign.Units;
import org.skymi.fits.FitsKind;
import org.skymi.fits.SubtractedFrameWriter.Provenance;
import org.skymi.sky.judge.Method;
import org.skymi.spark.Engine;
import org.skymi.spark.ReductionSettings;
import org.skymi.spark.SparkFailure;
import org.skymi.survey.Arm;
import org.skymi.survey.FrameId;
import org.skymi.survey.InputException;
import org.skymi.survey.Night;
import org.skymi.survey.PlateId;

/** A campaign's frames less its most demanding method's skies as FITS, one Spark task each. */
public final class FitsExport {
  private static final String KEYS = "planid, lmjd, lmjm, spid, arm";

  private static final String SELECTED =
      "(SELECT * FROM fibre_sky WHERE kind = 'frame' AND (:lmjd < 0 OR lmjd = :lmjd)"
          + " AND (:planid = '' OR planid = :planid))";

  private final SparkSession spark;
  private final CampaignFolder campaign;
  private final String name;
  private final Manifest manifest;
  private final Settings settings;
  private final Method best;

  /**
   * @param name of the campaign
   */
  public FitsExport(Engine engine, CampaignFolder campaign, String name, Manifest manifest) {
    this.spark = engine.session();
    this.campaign = campaign;
    this.name = name;
    this.manifest = manifest;
    // Only what finds and limits the input: older campaigns may have settings that are gone.
    Map<String, Object> run =
        manifest.settings().stream()
            .filter(s -> List.of("run.archive", "run.file-limit").contains(s.name()))
            .collect(Collectors.toMap(Setting::name, Setting::value));
    this.settings = Settings.resolve(List.of(), run);
    this.best = CampaignMethods.best(manifest);
  }

  /** Where the newest run found its frames. */
  public String archive() {
    return settings.text("run.archive");
  }

  /**
   * Writes the frames of a selection.
   *
   * @param from the archive that they were reprocessed from
   * @param to a folder, by path or URI: {@code NIGHT/PLANID/sframe-*.fits.gz} in it
   * @param replace whether files that are there may be replaced
   * @return the number of frames
   * @throws InputException if there are none, the campaign has not all their skies, the archive's
   *     files are not those that were reprocessed, or files would be replaced
   */
  public int write(String from, Selection selection, String to, boolean replace)
      throws IOException {
    CampaignTables.register(spark, campaign, manifest);
    List<FrameId> frames = frames(selection);
    requireAllSpectra(selection);
    Archive archive = Archive.open(from, spark.sparkContext().hadoopConfiguration());
    Map<FrameId, List<PlannedInput>> inputs = inputs(archive, selection, frames);
    FrameTask task =
        new FrameTask(archive.root(), ReductionSettings.limits(settings), to, inputs, origins());
    requireFree(task, frames, replace);
    try {
      return spectra(selection).toJavaRDD().map(task).reduce(Integer::sum);
    } catch (Exception e) { // among them SparkException, which Scala does not declare
      throw SparkFailure.of(
          e, new JavaSparkContext(spark.sparkContext()), "the export failed in Spark");
    }
  }

  /** The rows of a selection, {@link #SELECTED} in what is asked. */
  private Dataset<Row> ask(String sql, Selection selection) {
    Map<String, Object> values =
        Map.of(
            "lmjd", selection.night().map(Night::lmjd).orElse(-1),
            "planid", selection.planId().orElse(""));
    return spark.sql(sql, values);
  }

  private List<FrameId> frames(Selection selection) {
    List<FrameId> frames =
        ask("SELECT DISTINCT " + KEYS + " FROM " + SELECTED, selection).collectAsList().stream()
            .map(FitsExport::frameId)
            .sorted()
            .toList();
    if (frames.isEmpty()) {
      throw new InputException("no such frames in " + campaign.uri());
    }
    return frames;
  }

  /** The frame of a row that begins with its keys. */
  static FrameId frameId(Row row) {
    return new FrameId(
        new PlateId(row.getString(0), row.getInt(1)),
        row.getInt(2),
        row.getInt(3),
        Arm.ofLetter(row.getString(4).charAt(0)));
  }

  private void requireAllSpectra(Selection selection) {
    Row counts =
        ask(
                "SELECT count(*), count(s.fiberid) FROM "
                    + SELECTED
                    + " LEFT JOIN (SELECT "
                    + KEYS
                    + ", fiberid FROM fibre_spectrum) s USING ("
                    + KEYS
                    + ", fiberid)",
                selection)
            .first();
    if (counts.getLong(1) < counts.getLong(0)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s stores the sky of %d of %d fibres, and FITS needs all: reprocess with"
                  + " --spectra all into another --campaign",
              campaign.uri(),
              counts.getLong(1),
              counts.getLong(0)));
    }
  }

  /** The archive's files of the frames, which must still be those that the campaign was made of. */
  private Map<FrameId, List<PlannedInput>> inputs(
      Archive archive, Selection selection, List<FrameId> frames) {
    Inventory inventory = Inventory.build(archive, Inventory.Options.DEFAULT, n -> {});
    Plan plan =
        new Plan(
            Units.of(archive.root(), ArchiveInputs.of(inventory), selection),
            manifest.settingsDigest(),
            manifest.modelDigest());
    List<String> changed = plan.open(Optional.of(manifest)).stream().map(PlannedUnit::key).toList();
    Map<FrameId, List<PlannedInput>> inputs = new HashMap<>();
    for (PlannedUnit unit : plan.units()) {
      if (!changed.contains(unit.key())) {
        unit.candidates(FitsKind.FRAME)
            .forEach((id, files) -> inputs.put(id.frameId().orElseThrow(), files));
      }
    }
    for (FrameId frame : frames) {
      if (!inputs.containsKey(frame)) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s of plate %s is not in %s as it was when its sky was estimated: give the"
                    + " --archive, or reprocess first",
                frame,
                frame.plate(),
                archive.root()));
      }
    }
    inputs.keySet().retainAll(frames);
    return inputs;
  }

  /** What goes into the headers, by plate. */
  private Map<PlateId, Provenance> origins() {
    Map<String, String> software = new TreeMap<>();
    spark
        .sql("SELECT run_id, software FROM runs")
        .collectAsList()
        .forEach(r -> software.put(r.getString(0), r.getString(1)));
    Map<PlateId, Provenance> origins = new HashMap<>();
    for (Manifest.Unit unit : manifest.units()) {
      int at = unit.key().lastIndexOf('@');
      if (at > 0 && unit.key().substring(at + 1).matches("\\d+")) {
        origins.put(
            new PlateId(
                unit.key().substring(0, at), Integer.parseInt(unit.key().substring(at + 1))),
            new Provenance(
                name,
                manifest.number(),
                unit.runId(),
                unit.modelDigest() == null ? manifest.modelDigest() : unit.modelDigest(),
                "skymi " + software.getOrDefault(unit.runId(), manifest.software()),
                best.key()));
      }
    }
    return origins;
  }

  private void requireFree(FrameTask task, List<FrameId> frames, boolean replace)
      throws IOException {
    for (FrameId frame : frames) {
      Path file = task.file(frame);
      if (!replace && file.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(file)) {
        throw new InputException(file + " is there already: --replace replaces it");
      }
    }
  }

  /** One row per frame: its keys and its fibres. */
  private Dataset<Row> spectra(Selection selection) {
    return ask(
        "SELECT "
            + KEYS
            + ", collect_list(struct(fiberid, sky_"
            + best.key()
            + ", sky_"
            + best.key()
            + "_ivar, flag, smi_source, throughput)) FROM "
            + SELECTED
            + " JOIN fibre_spectrum USING ("
            + KEYS
            + ", fiberid) GROUP BY "
            + KEYS,
        selection);
  }
}
