package org.skymi.plate;

import java.io.Closeable;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is looked at twice and does not fit into memory: bytes on this machine's disk, in a file
 * without a name, so that nothing is left of it whatever becomes of the process. What it can't keep
 * has to be read again where it came from. Several threads may use it.
 */
final class Scratch implements Closeable {
  /** The setting that nothing is kept. */
  private static final String NONE = "none";

  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

  private final String folder;
  private final Map<String, Place> places = new HashMap<>();
  private FileChannel file;
  private long end;
  private boolean fails;

  /** Where bytes are in the file. */
  private record Place(long offset, int length) {}

  /**
   * Nothing is created before something is kept.
   *
   * @param folder for the file; empty for Java's own, {@code none} for none
   */
  Scratch(String folder) {
    this.folder = folder.isEmpty() ? System.getProperty("java.io.tmpdir") : folder;
    this.fails = folder.equals(NONE);
  }

  /** One that keeps nothing. */
  static Scratch none() {
    return new Scratch(NONE);
  }

  /** Keeps bytes, if it can. */
  synchronized void keep(String name, byte[] bytes) {
    if (fails) {
      return;
    }
    try {
      FileChannel channel = channel();
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer, end + buffer.position());
      }
      places.put(name, new Place(end, bytes.length));
      end += bytes.length;
    } catch (IOException e) {
      fails = true;
      LOG.warn("{}: frames are read twice: {}", folder, e.toString());
    }
  }

  private FileChannel channel() throws IOException {
    if (file == null) {
      Path path = File.createTempFile("skymi-", ".scratch", new File(folder)).toPath();
      file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(path);
    }
    return file;
  }

  /**
   * What was kept under a name, if it was.
   *
   * @throws IOException if it can't be read for now
   */
  Optional<byte[]> kept(String name) throws IOException {
    Place place = place(name);
    if (place == null) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.allocate(place.length());
    while (buffer.hasRemaining()) {
      if (file.read(buffer, place.offset() + buffer.position()) < 0) {
        throw new EOFException(folder + ": a scratch file is cut short");
      }
    }
    return Optional.of(buffer.array());
  }

  private synchronized Place place(String name) {
    return places.get(name);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
