package org.skymi.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.fits.FitsHeaders;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.FitsRejection;
import org.skymi.survey.InputException;
import org.skymi.survey.RelativePath;

/** A folder of FITS files on any Hadoop file system: {@code file:}, {@code hdfs:}, or a path. */
public final class Archive {
  /** Nothing is a header that has no end within so many bytes. */
  private static final int LONGEST_HEADER = 8 << 20;

  private final FileSystem files;
  private final Path root;

  private Archive(FileSystem files, Path root) {
    this.files = files;
    this.root = root;
  }

  /**
   * Opens an archive.
   *
   * @param root a URI, or a path on the default file system
   * @throws InputException if there is no such folder, or its file system cannot be reached
   */
  public static Archive open(String root, Configuration configuration) {
    try {
      Path path = new Path(root);
      FileSystem files = path.getFileSystem(configuration);
      FileStatus status = files.getFileStatus(path);
      if (!status.isDirectory()) {
        throw new InputException(root + " is no folder");
      }
      return new Archive(files, status.getPath());
    } catch (FileNotFoundException e) {
      throw new InputException(root + " does not exist", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(root + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Whether a URI or path is that of a folder; no if it can't be told. */
  public static boolean isFolder(String path, Configuration configuration) {
    try {
      Path place = new Path(path);
      return place.getFileSystem(configuration).getFileStatus(place).isDirectory();
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /** The root, with scheme and authority. */
  public String root() {
    return root.toString();
  }

  /** The full URI of a file. */
  public String uri(String path) {
    return resolve(path).toString();
  }

  /**
   * The whole of a file, or of one too large for the FITS readers enough that they reject it.
   *
   * @param path relative to the root
   */
  public byte[] read(String path, FitsLimits limits) throws IOException {
    return readPrefix(path, limits.readAtMost());
  }

  /** The first bytes of a file, fewer if it has fewer. */
  public byte[] readPrefix(String path, int most) throws IOException {
    try (FSDataInputStream in = open(path)) {
      return in.readNBytes(most);
    }
  }

  /**
   * A file's primary header, {@link FitsHeaders#primary}, of which no more is read than {@link
   * FitsHeaders#PREFIX} bytes unless it has no end within them.
   *
   * @throws FitsRejection if there is none
   */
  public byte[] header(String path) throws IOException, FitsRejection {
    for (int most = FitsHeaders.PREFIX; ; most *= 8) {
      byte[] prefix = readPrefix(path, most);
      try {
        return FitsHeaders.primary(path, prefix);
      } catch (FitsRejection e) {
        boolean goesOn = e.reason() == FitsRejection.Reason.TRUNCATED && prefix.length == most;
        if (!goesOn || most >= LONGEST_HEADER) {
          throw e;
        }
      }
    }
  }

  /**
   * Hosts that hold a file's blocks, once for each block; none where the file system has no hosts
   * to choose from.
   */
  public List<String> hosts(String path) throws IOException {
    List<String> hosts = new ArrayList<>();
    if (!(files instanceof LocalFileSystem)) {
      for (BlockLocation block : files.getFileBlockLocations(resolve(path), 0, Long.MAX_VALUE)) {
        hosts.addAll(List.of(block.getHosts()));
      }
    }
    return hosts;
  }

  FSDataInputStream open(String path) throws IOException {
    return files.open(resolve(path));
  }

  FileSystem files() {
    return files;
  }

  Path rootPath() {
    return root;
  }

  /** A path below the root, relative to it. */
  String relative(Path path) {
    return root.toUri().relativize(path.toUri()).getPath();
  }

  /** Built from parts, since a plain relative path may not contain a colon. */
  private Path resolve(String path) {
    RelativePath.require(path);
    String base = root.toUri().getPath();
    return new Path(
        root.toUri().getScheme(),
        root.toUri().getAuthority(),
        base.endsWith("/") ? base + path : base + "/" + path);
  }

  /** As {@link #read}, of a file anywhere, by URI or path. */
  public static byte[] readFile(String file, Configuration configuration) {
    try {
      Path path = new Path(file);
      FileSystem files = path.getFileSystem(configuration);
      try (FSDataInputStream in = files.open(path)) {
        return in.readNBytes(FitsLimits.DEFAULT.readAtMost());
      }
    } catch (FileNotFoundException e) {
      throw new InputException(file + " does not exist", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
