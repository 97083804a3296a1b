package org.skymi.campaign;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.survey.InputException;
import org.skymi.table.FileReport;

/**
 * Makes an older state of a campaign its newest, by one more manifest that is equal to it. What was
 * rolled back stays on disk and in the chain; the next run does it again if its archive still says
 * so.
 */
public final class Rollback {
  private Rollback() {}

  /**
   * Rolls back.
   *
   * @param to number of the manifest to return to
   * @param software version of the program
   * @return the campaign now
   * @throws InputException if there is no such manifest, if it is the newest, if files of it were
   *     cleaned away, or if a run committed meanwhile
   */
  public static Manifest publish(FileSystem fs, CampaignFolder campaign, int to, String software)
      throws IOException {
    ManifestStore store = new ManifestStore(fs, campaign);
    Manifest old = store.numbered(to);
    Manifest latest = store.latest().orElseThrow();
    if (latest.number() == to) {
      throw new InputException("manifest " + to + " is what the campaign is now");
    }
    for (FileReport file : old.files()) {
      requireThere(fs, new Path(campaign.path(), file.path()), file, to);
    }
    Manifest next = latest.followedBy(old, "rollback to " + to, software);
    if (!store.publish(next)) {
      throw new InputException("another run committed meanwhile; nothing was rolled back");
    }
    return next;
  }

  private static void requireThere(FileSystem fs, Path path, FileReport file, int number)
      throws IOException {
    try {
      if (fs.getFileStatus(path).getLen() == file.bytes()) {
        return;
      }
    } catch (FileNotFoundException e) {
      throw new InputException(
          "manifest " + number + " can't be returned to: " + file.path() + " is gone", e);
    }
    throw new InputException(
        "manifest " + number + " can't be returned to: " + file.path() + " has another length");
  }
}
