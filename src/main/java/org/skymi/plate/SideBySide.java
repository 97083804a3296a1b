package org.skymi.plate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.skymi.smi.FrameNetworks;

/**
 * The threads of a plate's task: one, or as many as slots would stand idle otherwise. Pieces of
 * work that share nothing run side by side, and what comes of them is handed on in their order, so
 * that nothing depends on the number of threads.
 */
final class SideBySide implements AutoCloseable {
  /** The caller's thread alone. */
  static final SideBySide ALONE = new SideBySide(1);

  private final int threads;

  /** Null of a single thread, which is the caller's. */
  private final ExecutorService pool;

  /**
   * @param threads at least 1
   */
  SideBySide(int threads) {
    this.threads = threads;
    this.pool = threads == 1 ? null : Executors.newFixedThreadPool(threads, SideBySide::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } finally {
                FrameNetworks.leaveThread();
              }
            },
            "plate");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * A piece of work.
   *
   * @param <A> what it is done for
   * @param <B> what comes of it
   */
  @FunctionalInterface
  interface Work<A, B> {
    /**
     * Does it.
     *
     * @param out takes what comes of it
     */
    void of(A item, Consumer<B> out) throws IOException;
  }

  /**
   * Does a piece of work for each item. A single thread hands on at once, several when all that
   * comes before is handed on; no more pieces than threads, and one, are done or begun by then.
   * After a failure nothing runs any longer, and nothing more can be done.
   *
   * @param sink takes what comes of them, in the caller's thread
   * @throws IOException of the first piece that failed
   */
  <A, B> void each(List<A> items, Work<A, B> work, Consumer<B> sink) throws IOException {
    if (pool == null) {
      for (A item : items) {
        work.of(item, sink);
      }
      return;
    }
    Queue<Future<List<B>>> begun = new ArrayDeque<>();
    Iterator<A> next = items.iterator();
    boolean isDone = false;
    try {
      while (next.hasNext() || !begun.isEmpty()) {
        while (next.hasNext() && begun.size() <= threads) {
          A item = next.next();
          begun.add(
              pool.submit(
                  () -> {
                    List<B> done = new ArrayList<>();
                    work.of(item, done::add);
                    return done;
                  }));
        }
        result(begun.remove()).forEach(sink);
      }
      isDone = true;
    } finally {
      if (!isDone) {
        stop();
      }
    }
  }

  /** What a function makes of each item, in their order. */
  <A, B> List<B> map(List<A> items, Function<A, B> function) {
    List<B> all = new ArrayList<>();
    try {
      each(items, (A item, Consumer<B> out) -> out.accept(function.apply(item)), all::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** What pieces share may be given back by then: none may still be running. */
  private void stop() {
    pool.shutdownNow();
    boolean isInterrupted = false;
    boolean isOver = false;
    while (!isOver) {
      try {
        isOver = pool.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static <B> B result(Future<B> piece) throws IOException {
    try {
      return piece.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) cause;
    }
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.shutdownNow();
    }
  }
}
