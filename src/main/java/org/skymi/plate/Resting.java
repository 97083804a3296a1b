package org.skymi.plate;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * An object that rests in a scratch file while nobody asks for it; where there is none that takes
 * it, it stays in memory. What changes in it while it is awake is lost when it goes to rest again.
 *
 * @param <T> its class
 */
final class Resting<T extends Serializable> implements Serializable {
  private static final long serialVersionUID = 1;

  private final Class<T> type;

  /** Null while it rests. */
  private T awake;

  /** Where it rests, null before it ever did. */
  private transient Scratch scratch;

  private transient String name;

  Resting(Class<T> type, T object) {
    this.type = type;
    this.awake = object;
  }

  /**
   * The object, which stays awake.
   *
   * @throws UncheckedIOException if it can't be read for now
   */
  T get() {
    awake = once();
    return awake;
  }

  /**
   * The object, for who holds it himself: if it rests, it goes on resting.
   *
   * @throws UncheckedIOException if it can't be read for now
   */
  T once() {
    if (awake != null) {
      return awake;
    }
    try {
      return scratch.kept(name, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Goes to rest for the first time, if it can.
   *
   * @param own name of it in the scratch file
   */
  void rest(Scratch file, String own) {
    if (file.keep(own, awake)) {
      scratch = file;
      name = own;
      awake = null;
    }
  }

  /** Goes to rest again, if it can rest. */
  void rest() {
    if (scratch != null) {
      awake = null;
    }
  }

  /** Elsewhere there is no such scratch file. */
  private void writeObject(ObjectOutputStream out) throws IOException {
    get();
    out.defaultWriteObject();
  }
}
