package org.skymi.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.util.Progressable;
import org.skymi.cli.HaltPoint.Moment;

/** HDFS with points at which the process ends. */
public final class HaltingHdfs extends DistributedFileSystem {
  /** What makes it Spark's HDFS. */
  static final Map<String, String> PROPERTIES =
      Map.of(
          "spark.hadoop.fs.hdfs.impl",
          HaltingHdfs.class.getName(),
          "spark.hadoop.fs.AbstractFileSystem.hdfs.impl",
          InContexts.class.getName());

  /** The same for file contexts, through which the renames that commit go. */
  public static final class InContexts extends DelegateToFileSystem {
    public InContexts(URI uri, Configuration configuration) throws IOException, URISyntaxException {
      super(uri, new HaltingHdfs(), configuration, "hdfs", true);
    }

    @Override
    public int getUriDefaultPort() {
      return 8020;
    }
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    HaltPoint.pass(Moment.BEFORE_CREATE, path);
    return HaltPoint.watched(
        super.create(path, permission, overwrite, buffer, replication, blockSize, progress), path);
  }

  @Override
  @SuppressWarnings("deprecation") // that is how contexts rename
  public void rename(Path from, Path to, Options.Rename... options) throws IOException {
    HaltPoint.pass(Moment.BEFORE_RENAME, to);
    super.rename(from, to, options);
    HaltPoint.pass(Moment.AFTER_RENAME, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    boolean done = super.delete(path, recursive);
    HaltPoint.pass(Moment.AFTER_DELETE, path);
    return done;
  }
}
