package org.skymi.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Merge;
import org.skymi.campaign.SharedFile;
import org.skymi.survey.InputException;
import org.skymi.table.RowCopy;
import org.skymi.table.Table;
import org.skymi.table.TableFiles;
import org.skymi.table.Tables;

/** Files made of parts of others, one task each. */
final class MergeJob implements Merge.Writer {
  private final SparkSession spark;
  private final CampaignFolder campaign;

  MergeJob(SparkSession spark, CampaignFolder campaign) {
    this.spark = spark;
    this.campaign = campaign;
  }

  /**
   * {@inheritDoc}
   *
   * @throws InputException if a file can't be read or written
   */
  @Override
  public List<SharedFile> write(List<Merge> merges) throws IOException {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    context.setJobDescription(merges.size() + " files to write anew");
    CampaignFolder folder = campaign;
    List<SharedFile> made;
    try {
      made =
          context
              .parallelize(merges, merges.size())
              .map(merge -> merged(folder, merge, SparkSessions.configurationOfTask()))
              .collect();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // SparkException, which Scala does not declare
      throw new InputException("files could not be written anew: " + root(e).getMessage(), e);
    }
    Configuration configuration = context.hadoopConfiguration();
    for (int k = 0; k < made.size(); k++) {
      long rows = TableFiles.rows(path(made.get(k)), configuration);
      if (rows != merges.get(k).rows()) {
        throw new IOException(
            path(made.get(k)) + ": " + rows + " rows, not " + merges.get(k).rows());
      }
    }
    return new ArrayList<>(made);
  }

  private static Throwable root(Throwable e) {
    return e.getCause() == null ? e : root(e.getCause());
  }

  private Path path(SharedFile file) {
    return new Path(campaign.path(), file.file().path());
  }

  /** Does one merge. */
  static SharedFile merged(CampaignFolder campaign, Merge merge, Configuration configuration) {
    Table<?> table =
        Tables.ALL.stream().filter(t -> t.name().equals(merge.table())).findFirst().orElseThrow();
    List<RowCopy.Stretch> stretches =
        merge.slices().stream()
            .map(s -> new RowCopy.Stretch(s.path(), s.first(), s.part().rows()))
            .toList();
    String path = CampaignFolder.sharedPath(merge.table(), UUID.randomUUID().toString());
    List<Merge.Slice> slices = merge.slices();
    try {
      return merge.made(
          new RowCopy(table, campaign.fileSystem(configuration), campaign.path())
              .copy(
                  stretches,
                  path,
                  slices.get(0).part().firstKey(),
                  slices.get(slices.size() - 1).part().lastKey()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
