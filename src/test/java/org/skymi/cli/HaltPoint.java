package org.skymi.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * A point of a process's work on files at which it ends as by kill -9: no handler runs, nothing is
 * flushed. The file systems of these tests tell it where they are.
 *
 * @param moment before, within or after which operation
 * @param nth of the operations on such paths, from 1
 * @param path regular expression, found anywhere in the path
 */
record HaltPoint(Moment moment, int nth, Pattern path) {
  /** As the shell has it of a process that was killed. */
  static final int CODE = 137;

  private static final String PROPERTY = "skymi.test.halt";
  private static final HaltPoint OF_THIS_PROCESS = parse(System.getProperty(PROPERTY));
  private static final AtomicInteger SEEN = new AtomicInteger();

  enum Moment {
    BEFORE_CREATE,
    AFTER_CREATE,
    /** Half of the first bytes are written. */
    AMID_WRITE,
    AFTER_CLOSE,
    BEFORE_RENAME,
    AFTER_RENAME,
    BEFORE_DELETE,
    AFTER_DELETE,
    BEFORE_MKDIRS,
    AFTER_MKDIRS
  }

  /** The option that gives a Java process this point. */
  String option() {
    return "-D" + PROPERTY + "=" + moment + " " + nth + " " + path;
  }

  private static HaltPoint parse(String text) {
    if (text == null) {
      return null;
    }
    String[] parts = text.split(" ", 3);
    return new HaltPoint(
        Moment.valueOf(parts[0]), Integer.parseInt(parts[1]), Pattern.compile(parts[2]));
  }

  /** Ends the process if this is its point. */
  static void pass(Moment moment, Path path) {
    if (isHere(moment, path)) {
      halt();
    }
  }

  private static boolean isHere(Moment moment, Path path) {
    return OF_THIS_PROCESS != null
        && OF_THIS_PROCESS.moment == moment
        && OF_THIS_PROCESS.path.matcher(path.toUri().getPath()).find()
        && SEEN.incrementAndGet() == OF_THIS_PROCESS.nth;
  }

  private static void halt() {
    Runtime.getRuntime().halt(CODE);
  }

  /** A file that is written, with its points. */
  static FSDataOutputStream watched(OutputStream out, Path path) throws IOException {
    pass(Moment.AFTER_CREATE, path);
    return new FSDataOutputStream(new Watched(out, path), null);
  }

  private static final class Watched extends FilterOutputStream {
    private final Path path;
    private boolean isBegun;
    private boolean isClosed;

    Watched(OutputStream out, Path path) {
      super(out);
      this.path = path;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!isBegun && isHere(Moment.AMID_WRITE, path)) {
        out.write(bytes, offset, length / 2);
        out.flush();
        halt();
      }
      isBegun = true;
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      super.close();
      if (!isClosed) {
        isClosed = true;
        pass(Moment.AFTER_CLOSE, path);
      }
    }
  }
}
