package org.skymi.campaign;

import java.io.IOException;
import java.io.Serializable;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.archive.WholeFile;
import org.skymi.survey.InputException;
import org.skymi.survey.PlateId;

/**
 * Where things are in a campaign's folder: {@code manifests/}, {@code data/TABLE/}, {@code
 * models/}, and {@code work/} with the outcomes of units that are not committed yet.
 *
 * @param uri of the folder
 */
public record CampaignFolder(String uri) implements Serializable {
  static final String MANIFESTS = "manifests";
  static final String WORK = "work";

  /** Also as campaigns of earlier versions have it. */
  private static final Pattern NIGHT = Pattern.compile("data/\\w+/(?:night=)?(\\d{8})[-/]");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /**
   * The folder of a campaign.
   *
   * @param out folder of all campaigns
   * @throws InputException if the name is not fit for a folder
   */
  public static CampaignFolder of(String out, String campaign) {
    if (!NAME.matcher(campaign).matches()) {
      throw new InputException(
          "a campaign's name is made of letters, digits, '.', '_' and '-', not '" + campaign + "'");
    }
    return new CampaignFolder(new Path(out, campaign).toString());
  }

  /** The folder itself. */
  public Path path() {
    return new Path(uri);
  }

  /** Its filesystem; a local one without checksum files, as manifests hold digests. */
  public FileSystem fileSystem(Configuration configuration) throws IOException {
    return WholeFile.withoutChecksums(path().getFileSystem(configuration));
  }

  /**
   * Tries to write.
   *
   * @throws InputException if that is not possible
   */
  public void requireWritable(FileSystem fs) {
    Path probe = new Path(work(), ".probe." + UUID.randomUUID());
    try {
      fs.create(probe, false).close();
      fs.delete(probe, false);
    } catch (IOException e) {
      throw new InputException("cannot write to " + uri + ": " + e.getMessage(), e);
    }
  }

  /**
   * Removes the campaign: its manifests first, so that no reader sees half of it.
   *
   * @throws IOException if it can't be removed as a whole; what is left can be dropped again
   */
  public void drop(FileSystem fs) throws IOException {
    fs.delete(manifests(), true);
    fs.delete(data(), true);
    fs.delete(path(), true);
  }

  /**
   * Path of a table's file, relative to the folder. All files of a table are side by side: a night
   * in a folder's name would be one more column {@code night} to pyarrow, of another type than that
   * in the files.
   *
   * @param plate null for rows of no plate
   * @param name of the file, unique to the attempt
   */
  public static String dataPath(String table, PlateId plate, String name) {
    String night = plate == null ? "none" : plate.night().label();
    return "data/" + table + "/" + night + "-" + name + ".parquet";
  }

  /**
   * The night, YYYYMMDD, that all rows of a table's file are of, as its path says; empty if not.
   */
  public static OptionalInt nightOf(String path) {
    Matcher night = NIGHT.matcher(path);
    return night.lookingAt()
        ? OptionalInt.of(Integer.parseInt(night.group(1)))
        : OptionalInt.empty();
  }

  /**
   * Path of a file that units share, relative to the folder.
   *
   * @param name of the file, unique to the attempt
   */
  public static String sharedPath(String table, String name) {
    return "data/" + table + "/shared-" + name + ".parquet";
  }

  /** Base models that the campaign made. */
  Path models() {
    return new Path(path(), "models");
  }

  Path data() {
    return new Path(path(), "data");
  }

  Path manifests() {
    return new Path(path(), MANIFESTS);
  }

  Path work() {
    return new Path(path(), WORK);
  }
}
