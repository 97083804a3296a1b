package org.skymi.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.skymi.plate.Checkpoints;

/** A checkpoint beside the file that is to be made. */
final class CheckpointFile implements Checkpoints {
  private final Path path;
  private final FileContext files;

  /**
   * @param made the file to be made
   */
  CheckpointFile(Path made, Configuration configuration) throws IOException {
    this.path = made.suffix(".checkpoint");
    this.files = FileContext.getFileContext(made.toUri(), configuration);
  }

  @Override
  public Optional<byte[]> load() throws IOException {
    try (InputStream in = files.open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public void save(byte[] state) throws IOException {
    Path temporary = path.suffix("." + UUID.randomUUID());
    try (FSDataOutputStream out = files.create(temporary, EnumSet.of(CreateFlag.CREATE))) {
      out.write(state);
      out.hsync();
    }
    files.rename(temporary, path, Options.Rename.OVERWRITE);
  }

  /** Removes it, when what it was for is there. */
  void remove() throws IOException {
    try {
      files.delete(path, false);
    } catch (FileNotFoundException e) {
      return; // a rival that makes the same has removed it
    }
  }
}
