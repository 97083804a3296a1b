package org.skymi.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** A file on any filesystem that is to be there as a whole, or as it was before. */
public final class WholeFile {
  private final FileSystem fs;
  private final Path path;

  /** What fills a file. */
  @FunctionalInterface
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** A file, which need not exist. */
  public WholeFile(Path path, Configuration configuration) throws IOException {
    this.fs = withoutChecksums(path.getFileSystem(configuration));
    this.path = fs.makeQualified(path);
  }

  /** A local filesystem without the hidden files of checksums that Hadoop leaves beside others. */
  public static FileSystem withoutChecksums(FileSystem fs) {
    // Not setWriteChecksum(false): the filesystem is shared with everyone in this JVM.
    return fs instanceof LocalFileSystem local ? local.getRaw() : fs;
  }

  /** Whether there is a folder of that name. */
  public boolean isFolder() throws IOException {
    return fs.exists(path) && fs.getFileStatus(path).isDirectory();
  }

  /** Writes it under another name and then replaces what there was. */
  public void write(Content content) throws IOException {
    replace(
        temporary -> {
          try (OutputStream out = fs.create(temporary, false)) {
            content.write(out);
          }
          return temporary;
        });
  }

  /** What makes something at a temporary path, and returns the file that is wanted of it. */
  @FunctionalInterface
  public interface Maker {
    Path make(Path temporary) throws IOException;
  }

  /** Replaces what there was by a file that is made at a temporary path beside it. */
  public void replace(Maker maker) throws IOException {
    Path temporary = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
    try {
      Path made = maker.make(temporary);
      fs.delete(path, false);
      if (!fs.rename(made, path)) {
        throw new IOException("cannot rename " + made + " to " + path);
      }
    } finally {
      fs.delete(temporary, true);
    }
  }
}
