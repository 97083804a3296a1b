package org.skymi.cli;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.skymi.cli.HaltPoint.Moment;

/**
 * The local file system with points at which the process ends. The link that commits is not made
 * through it: before that is after the temporary manifest was closed, after it before the temporary
 * one is deleted.
 */
public final class HaltingFileSystem extends LocalFileSystem {
  /** What makes it a process's local file system, with a point. */
  static List<String> options(HaltPoint point) {
    return List.of(
        "-Dspark.hadoop.fs.file.impl=" + HaltingFileSystem.class.getName(), point.option());
  }

  public HaltingFileSystem() {
    super(new Raw());
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public FSDataOutputStream create(
        Path path,
        boolean overwrite,
        int buffer,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      HaltPoint.pass(Moment.BEFORE_CREATE, path);
      return HaltPoint.watched(
          super.create(path, overwrite, buffer, replication, blockSize, progress), path);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
      HaltPoint.pass(Moment.BEFORE_RENAME, to);
      boolean done = super.rename(from, to);
      HaltPoint.pass(Moment.AFTER_RENAME, to);
      return done;
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
      HaltPoint.pass(Moment.BEFORE_DELETE, path);
      boolean done = super.delete(path, recursive);
      HaltPoint.pass(Moment.AFTER_DELETE, path);
      return done;
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
      HaltPoint.pass(Moment.BEFORE_MKDIRS, path);
      boolean done = super.mkdirs(path);
      HaltPoint.pass(Moment.AFTER_MKDIRS, path);
      return done;
    }
  }
}
