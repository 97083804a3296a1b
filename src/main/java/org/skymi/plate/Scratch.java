package org.skymi.plate;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
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
 * has to be read again where it came from, or to stay in memory. Several threads may use it.
 */
final class Scratch implements Closeable {
  /** The setting that nothing is kept. */
  private static final String NONE = "none";

  /** Bytes at a time: the JDK keeps as many outside the heap, for each thread, as it has copied. */
  private static final int BUFFER = 1 << 18;

  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

  private final String folder;
  private final Map<String, Place> places = new HashMap<>();
  private FileChannel file;
  private long end;
  private boolean fails;

  /** Where bytes are in the file. */
  private record Place(long offset, long length) {}

  /** What writes to a stream. */
  @FunctionalInterface
  private interface Writing {
    void to(OutputStream stream) throws IOException;
  }

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
  void keep(String name, byte[] bytes) {
    keep(
        name,
        stream -> {
          for (int k = 0; k < bytes.length; k += BUFFER) {
            stream.write(bytes, k, Math.min(BUFFER, bytes.length - k));
          }
        });
  }

  /** Keeps an object, if it can, and says whether it could. */
  boolean keep(String name, Serializable object) {
    return keep(
        name,
        stream -> {
          try (ObjectOutputStream out =
              new ObjectOutputStream(new BufferedOutputStream(stream, BUFFER))) {
            out.writeObject(object);
          }
        });
  }

  private synchronized boolean keep(String name, Writing writing) {
    if (fails) {
      return false;
    }
    try {
      long start = end;
      writing.to(new Appending(channel()));
      places.put(name, new Place(start, end - start));
    } catch (IOException e) {
      fails = true;
      LOG.warn("{}: frames are read twice, and analyses stay in memory: {}", folder, e.toString());
    }
    return !fails;
  }

  private FileChannel channel() throws IOException {
    if (file == null) {
      Path path = File.createTempFile("skymi-", ".scratch", new File(folder)).toPath();
      file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(path);
    }
    return file;
  }

  private synchronized Place place(String name) {
    return places.get(name);
  }

  /**
   * The bytes that were kept under a name, if they were.
   *
   * @throws IOException if they can't be read for now
   */
  Optional<byte[]> kept(String name) throws IOException {
    Place place = place(name);
    if (place == null) {
      return Optional.empty();
    }
    try (InputStream stream = new Kept(place)) {
      byte[] bytes = new byte[(int) place.length()];
      for (int k = 0; k < bytes.length; k += BUFFER) {
        stream.readNBytes(bytes, k, Math.min(BUFFER, bytes.length - k));
      }
      return Optional.of(bytes);
    }
  }

  /**
   * A copy of an object that was kept under a name.
   *
   * @throws IOException if it can't be read for now
   */
  <T extends Serializable> T kept(String name, Class<T> type) throws IOException {
    try (ObjectInputStream in =
        new ObjectInputStream(new BufferedInputStream(new Kept(place(name)), BUFFER))) {
      return type.cast(in.readObject());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("of this same process", e);
    }
  }

  /** Writes at the file's end. */
  private final class Appending extends OutputStream {
    private final FileChannel channel;

    Appending(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      while (buffer.hasRemaining()) {
        end += channel.write(buffer, end);
      }
    }
  }

  /** Reads what is at a place. */
  private final class Kept extends InputStream {
    private final FileChannel channel = file;
    private long at;
    private final long end;

    Kept(Place place) {
      at = place.offset();
      end = at + place.length();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (at == end) {
        return -1;
      }
      int most = (int) Math.min(length, end - at);
      int read = channel.read(ByteBuffer.wrap(bytes, offset, most), at);
      if (read < 0) {
        throw new EOFException(folder + ": a scratch file is cut short");
      }
      at += read;
      return read;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
