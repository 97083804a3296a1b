package org.skymi.spark;

import java.io.IOException;
import java.util.List;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Compaction;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.ManifestStore;
import org.skymi.campaign.Merge;
import org.skymi.campaign.SharedFile;
import org.skymi.table.Table;
import org.skymi.table.Tables;

/**
 * Puts a campaign's small files together, table by table. Each table is a commit of its own: what
 * was committed before the job is killed stays, what was not is done by the next.
 */
public final class CompactJob {
  private final Merge.Writer writer;
  private final ManifestStore store;
  private final String software;

  /**
   * @param software version of the program, for the record
   * @throws IOException if the campaign's filesystem can't be reached
   */
  public CompactJob(Engine engine, CampaignFolder campaign, String software) throws IOException {
    this.writer = new MergeJob(engine.session(), campaign);
    this.store = new ManifestStore(campaign.fileSystem(engine.configuration()), campaign);
    this.software = software;
  }

  /**
   * Compacts.
   *
   * @param base the campaign's newest manifest
   * @param target bytes of a file
   * @return the campaign now, {@code base} if there was nothing to do
   * @throws org.skymi.survey.InputException if another run committed meanwhile
   */
  public Manifest run(Manifest base, long target) throws IOException {
    Manifest now = base;
    for (Table<?> table : Tables.ALL) {
      Compaction compaction = new Compaction(now, table.name(), target);
      List<Merge> merges = compaction.merges();
      if (!merges.isEmpty()) {
        List<SharedFile> made = writer.write(merges);
        now = compaction.publish(store, made, software);
      }
    }
    return now;
  }
}
