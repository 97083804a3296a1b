package org.skymi.query;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
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
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsKind;
import org.skymi.fits.SubtractedFrameWriter.Provenance;
import org.skymi.sky.judge.Method;
import org.skymi.spark.Engine;
import org.skymi.spark.ReductionSettings;
import org.skymi.spark.SparkFailure;
import org.skymi.survey.FrameId;
import org.skymi.survey.InputException;
import org.skymi.survey.Instrument;
import org.skymi.survey.Night;
import org.skymi.survey.PlateId;

/**
 * A campaign's frames less its most demanding method's skies, and its released spectra less the sky
 * that was left in them, as FITS, one Spark task each. Frames that were assembled from spectra with
 * their skies become those spectra again, less other skies.
 */
public final class FitsExport {
  private static final String KEYS = "planid, lmjd, lmjm, spid, arm";

  /** Whose file a released spectrum is in; those of medium resolution are of one arm. */
  private static final String RELEASE_KEYS = "planid, lmjd, spid, fiberid, arm = 'c' AS low";

  private static final String ALL =
      "(SELECT * FROM fibre_sky WHERE (:lmjd < 0 OR lmjd = :lmjd)"
          + " AND (:planid = '' OR planid = :planid))";

  private static final String SELECTED = "(SELECT * FROM " + ALL + " WHERE kind = 'frame')";

  /** Frames that are files, and those that were assembled: sums of exposures. */
  private static final String RECORDED = " WHERE lmjm > 0";

  private static final String ASSEMBLED = " WHERE lmjm = 0";

  /** Whose file an assembled frame's spectrum is in. */
  private static final String SPECTRUM_KEYS = "planid, lmjd, spid, fiberid";

  private static final String FROM_SELECTED = " FROM " + SELECTED;

  private static final String RELEASED = "(SELECT * FROM " + ALL + " WHERE kind = 'release')";

  /** Medium-resolution spectra that nothing is taken from need no sky. */
  private static final String NEEDED =
      "NOT (kind = 'release' AND arm <> 'c' AND smi_source = 'super')";

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
            .filter(
                s -> List.of("run.archive", "run.file-limit", "run.fiberflat").contains(s.name()))
            .collect(Collectors.toMap(Setting::name, Setting::value));
    this.settings = Settings.resolve(List.of(), run);
    this.best = CampaignMethods.best(manifest);
  }

  /** Where the newest run found its frames. */
  public String archive() {
    return settings.text("run.archive");
  }

  /**
   * How many files were written.
   *
   * @param frames sky-subtracted ones
   * @param spectra released ones (medium resolution: with all their exposures), corrected or left
   *     alone, or less another sky
   */
  public record Written(int frames, int spectra) {}

  /**
   * Writes the frames and released spectra of a selection.
   *
   * @param from the archive that they were reprocessed from
   * @param to a folder, by path or URI: {@code NIGHT/PLANID/sframe-*.fits.gz} and {@code
   *     NIGHT/PLANID/spec-*.fits.gz} in it
   * @param replace whether files that are there may be replaced
   * @throws InputException if there are none, the campaign has not all their skies, the archive's
   *     files are not those that were reprocessed, or files would be replaced
   */
  public Written write(String from, Selection selection, String to, boolean replace)
      throws IOException {
    CampaignTables.register(spark, campaign, manifest);
    List<FrameId> frames =
        ids("SELECT DISTINCT " + KEYS + FROM_SELECTED + RECORDED, selection, FitsExport::frameId);
    List<FileIdentity> coadds =
        ids(
            "SELECT DISTINCT " + SPECTRUM_KEYS + FROM_SELECTED + ASSEMBLED,
            selection,
            FitsExport::coaddId);
    List<FileIdentity> spectra =
        ids(
            "SELECT DISTINCT " + RELEASE_KEYS + " FROM " + RELEASED,
            selection,
            FitsExport::releaseId);
    if (frames.isEmpty() && coadds.isEmpty() && spectra.isEmpty()) {
      throw new InputException("no such frames or spectra in " + campaign.uri());
    }
    requireAllSpectra(selection);
    Archive archive = Archive.open(from, spark.sparkContext().hadoopConfiguration());
    Map<FileIdentity, List<PlannedInput>> inputs = inputs(archive, selection);
    Set<FileIdentity> wanted =
        Stream.of(frames.stream().map(FileIdentity::frame), coadds.stream(), spectra.stream())
            .flatMap(ids -> ids)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    requireUnchanged(archive, wanted, inputs);
    inputs.keySet().retainAll(wanted);
    ExportSource source =
        new ExportSource(archive.root(), ReductionSettings.limits(settings), to, inputs, origins());
    FrameTask frameTask = new FrameTask(source, settings.text("run.fiberflat"), best);
    if (!replace) {
      requireFree(frames.stream().map(frameTask::file));
      requireFree(Stream.concat(coadds.stream(), spectra.stream()).map(source::file));
    }
    return new Written(
        frames.isEmpty() ? 0 : run(ask(frames("") + RECORDED, selection), frameTask),
        (coadds.isEmpty() ? 0 : run(assembled(selection), new CoaddTask(source, best)))
            + (spectra.isEmpty() ? 0 : run(released(selection), new ReleaseTask(source))));
  }

  private int run(Dataset<Row> rows, Function<Row, Integer> task) {
    try {
      return rows.toJavaRDD().map(task).reduce(Integer::sum);
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

  private <T> List<T> ids(String sql, Selection selection, java.util.function.Function<Row, T> of) {
    return ask(sql, selection).collectAsList().stream().map(of).toList();
  }

  /** The frame of a row that begins with its keys. */
  static FrameId frameId(Row row) {
    PlateId plate = new PlateId(row.getString(0), row.getInt(1));
    return new FrameId(
        plate, row.getInt(2), row.getInt(3), Instrument.of(plate).arm(row.getString(4).charAt(0)));
  }

  /** The file of a spectrum with its sky of a row that begins with its keys. */
  static FileIdentity coaddId(Row row) {
    return FileIdentity.skySpectrum(
        new PlateId(row.getString(0), row.getInt(1)), row.getInt(2), row.getInt(3));
  }

  /** The file of released spectra of a row that begins with its keys. */
  static FileIdentity releaseId(Row row) {
    PlateId plate = new PlateId(row.getString(0), row.getInt(1));
    return row.getBoolean(4)
        ? FileIdentity.releaseSpectrum(plate, row.getInt(2), row.getInt(3))
        : FileIdentity.mediumSpectrum(plate, row.getInt(2), row.getInt(3));
  }

  private void requireAllSpectra(Selection selection) {
    Row counts =
        ask(
                "SELECT count(*), count(s.fiberid) FROM "
                    + ALL
                    + " LEFT JOIN (SELECT "
                    + KEYS
                    + ", fiberid FROM fibre_spectrum UNION ALL SELECT "
                    + KEYS
                    + ", fiberid FROM fibre_model) s USING ("
                    + KEYS
                    + ", fiberid) WHERE "
                    + NEEDED,
                selection)
            .first();
    if (counts.getLong(1) < counts.getLong(0)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s stores the sky of %d of %d fibres, and FITS needs all: reprocess with"
                  + " --spectra model into another --campaign",
              campaign.uri(),
              counts.getLong(1),
              counts.getLong(0)));
    }
  }

  /** The archive's files that are still those that the campaign was made of. */
  private Map<FileIdentity, List<PlannedInput>> inputs(Archive archive, Selection selection)
      throws IOException {
    Inventory inventory = Inventory.build(archive, Inventory.Options.DEFAULT, n -> {});
    Plan plan =
        new Plan(
            Units.of(archive.root(), ArchiveInputs.of(inventory), selection),
            manifest.settingsDigest(),
            manifest.modelDigest());
    List<String> changed = plan.open(Optional.of(manifest)).stream().map(PlannedUnit::key).toList();
    Map<FileIdentity, List<PlannedInput>> inputs = new HashMap<>();
    for (PlannedUnit unit : plan.units()) {
      if (!changed.contains(unit.key())) {
        inputs.putAll(unit.candidates(FitsKind.FRAME));
        inputs.putAll(unit.candidates(FitsKind.SKY_SPECTRUM));
        inputs.putAll(unit.candidates(FitsKind.RELEASE_SPECTRUM));
        inputs.putAll(unit.candidates(FitsKind.MEDIUM_SPECTRUM));
      }
    }
    return inputs;
  }

  private static void requireUnchanged(
      Archive archive, Set<FileIdentity> ids, Map<FileIdentity, List<PlannedInput>> inputs) {
    for (FileIdentity id : ids) {
      if (!inputs.containsKey(id)) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s of plate %s is not in %s as it was when its sky was estimated: give the"
                    + " --archive, or reprocess first",
                id,
                id.plate(),
                archive.root()));
      }
    }
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

  private void requireFree(Stream<Path> files) throws IOException {
    for (Path file : files.toList()) {
      if (file.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(file)) {
        throw new InputException(file + " is there already: --replace replaces it");
      }
    }
  }

  /**
   * One row per file of released spectra: its keys, and what was found in its spectra. Those of
   * medium resolution are stored where something is taken.
   */
  private Dataset<Row> released(Selection selection) {
    return ask(
        "SELECT "
            + RELEASE_KEYS
            + ", collect_list(CASE WHEN s.flux IS NOT NULL THEN struct(lmjm, arm, s.flux,"
            + " s.flux_ivar, coalesce(s.sky_smi, s.sky_memory),"
            + " coalesce(s.sky_smi_ivar, s.sky_memory_ivar), smi_source) END) FROM "
            + RELEASED
            + " LEFT JOIN fibre_spectrum s USING (planid, lmjd, lmjm, spid, arm, fiberid)"
            + " GROUP BY planid, lmjd, spid, fiberid, arm = 'c'",
        selection);
  }

  /** One row per spectrograph of assembled frames: its keys, and those as {@link #frames}. */
  private Dataset<Row> assembled(Selection selection) {
    return ask(
        "SELECT planid, lmjd, spid, collect_list(struct(f.*)) FROM ("
            + frames(", s.wave")
            + ASSEMBLED
            + ") f GROUP BY planid, lmjd, spid",
        selection);
  }

  /**
   * Asks for one row per frame: its keys, its fibres whose skies are stored, those whose skies are
   * drawn, and what they share by fold.
   *
   * @param more of what is stored
   */
  private String frames(String more) {
    String notes = "struct(fiberid, flag, fibre_sky.smi_source, throughput, ";
    String from = FROM_SELECTED + " fibre_sky JOIN ";
    String by = " s USING (" + KEYS + ", fiberid) GROUP BY " + KEYS;
    String sky = "s.sky_" + best.key();
    String stored =
        "SELECT "
            + KEYS
            + ", collect_list("
            + notes
            + sky
            + ", "
            + sky
            + "_ivar"
            + more
            + ")) AS stored"
            + from
            + "fibre_spectrum"
            + by;
    String drawn =
        "SELECT "
            + KEYS
            + ", collect_list("
            + notes
            + "struct(s.*))) AS drawn"
            + from
            + "fibre_model"
            + by;
    return "SELECT "
        + KEYS
        + ", stored, drawn, models FROM ("
        + stored
        + ") FULL OUTER JOIN ("
        + drawn
        + ") USING ("
        + KEYS
        + ") LEFT JOIN (SELECT "
        + KEYS
        + ", collect_list(struct(frame_model.*)) AS models FROM frame_model GROUP BY "
        + KEYS
        + ") USING ("
        + KEYS
        + ")";
  }
}
