package org.skymi.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system under another name, {@code faulty:}, with a disk that runs full, files that
 * can't be read for now, and folders that may not be read. (Permissions would not do: a test may
 * run as root.)
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  /** Spark's property that makes it known. */
  static final String PROPERTY = "spark.hadoop.fs.faulty.impl";

  /** The name of folders that can't be listed. */
  static final String FORBIDDEN = "forbidden";

  private static final AtomicLong FREE = new AtomicLong();
  private static volatile Ailment ailing;

  /** Sets how many bytes can be written yet. */
  static void free(long bytes) {
    FREE.set(bytes);
  }

  /**
   * Sets what happens when a file is opened.
   *
   * @param infix of the paths it happens to
   * @param failure made anew each time, none if it makes null; null for never
   */
  static void ail(String infix, Supplier<Throwable> failure) {
    ailing = failure == null ? null : new Ailment(infix, failure);
  }

  private record Ailment(String infix, Supplier<Throwable> failure) {}

  /** A local path on this file system. */
  static String uri(java.nio.file.Path path) {
    return "faulty://" + path.toAbsolutePath();
  }

  @Override
  public URI getUri() {
    return URI.create("faulty:///");
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FSDataInputStream open(Path path, int buffer) throws IOException {
    Ailment now = ailing;
    if (now != null && path.toString().contains(now.infix())) {
      Throwable failure = now.failure().get();
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof IOException io) {
        throw io;
      }
    }
    return super.open(path, buffer);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    if (path.getName().equals(FORBIDDEN)) {
      throw new AccessControlException("Permission denied: " + path);
    }
    return super.listStatus(path);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int buffer,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return full(super.create(path, overwrite, buffer, replication, blockSize, progress));
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
    return full(
        super.create(path, permission, overwrite, buffer, replication, blockSize, progress));
  }

  private static FSDataOutputStream full(OutputStream out) throws IOException {
    return new FSDataOutputStream(new Filling(out), null);
  }

  private static final class Filling extends FilterOutputStream {
    Filling(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (FREE.addAndGet(-length) < 0) {
        throw new IOException("No space left on device");
      }
      out.write(bytes, offset, length);
    }
  }
}
