package org.skymi.campaign;

import java.io.IOException;
import java.io.Serializable;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.survey.InputException;
import org.skymi.survey.PlateId;

/**
 * Where things are in a campaign's folder: {@code manifests/}, {@code data/TABLE/night=YYYYMMDD/},
 * and {@code work/} with the outcomes of units that are not committed yet.
 *
 * @param uri of the folder
 */
public record CampaignFolder(String uri) implements Serializable {
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
    FileSystem fs = path().getFileSystem(configuration);
    // Not setWriteChecksum(false): the filesystem is shared with everyone in this JVM.
    return fs instanceof LocalFileSystem local ? local.getRaw() : fs;
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
   * Path of a table's file, relative to the folder.
   *
   * @param plate null for rows of no plate
   * @param name of the file, unique to the attempt
   */
  public static String dataPath(String table, PlateId plate, String name) {
    String night = plate == null ? "none" : plate.night().label();
    return "data/" + table + "/night=" + night + "/" + name + ".parquet";
  }

  Path manifests() {
    return new Path(path(), "manifests");
  }

  Path work() {
    return new Path(path(), "work");
  }
}
