package org.skymi.campaign;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file that is there as a whole or not at all, and never overwritten. */
public final class NewFile {
  private NewFile() {}

  /**
   * Writes it under another name and gives it its own in one step.
   *
   * @return false if the name is taken; nothing has changed then
   */
  public static boolean write(FileSystem fs, Path path, byte[] content) throws IOException {
    Path temporary = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
    try (FSDataOutputStream out = fs.create(temporary, false)) {
      out.write(content);
      out.hsync();
    }
    try {
      ExclusiveRename.on(fs).rename(temporary, path);
      return true;
    } catch (FileAlreadyExistsException e) {
      fs.delete(temporary, false);
      return false;
    }
  }
}
