package org.skymi.table;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** Digests and counts the bytes of a file while they are written; the file is new or it fails. */
final class DigestingOutputFile implements OutputFile {
  private final FileSystem fs;
  private final Path path;
  private final MessageDigest digest;
  private long bytes;

  DigestingOutputFile(FileSystem fs, Path path) {
    this.fs = fs;
    this.path = path;
    this.digest = newSha256();
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** Digest of what was written, hexadecimal; ends the digest. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Number of bytes written. */
  long bytes() {
    return bytes;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    PositionOutputStream out = HadoopStreams.wrap(fs.create(path, false));
    return new PositionOutputStream() {
      @Override
      public long getPos() throws IOException {
        return out.getPos();
      }

      @Override
      public void write(int b) throws IOException {
        out.write(b);
        digest.update((byte) b);
        bytes++;
      }

      @Override
      public void write(byte[] b, int offset, int length) throws IOException {
        out.write(b, offset, length);
        digest.update(b, offset, length);
        bytes += length;
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public String getPath() {
    return path.toString();
  }
}
