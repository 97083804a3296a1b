package org.skymi.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** A pool of threads that wait for a file system most of their time. */
final class Workers implements AutoCloseable {
  private final ExecutorService pool;

  Workers(int threads) {
    pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "archive");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Applies a function to all items at once and returns the results in the items' order. */
  <A, B> List<B> map(List<A> items, Function<A, B> function) {
    List<Future<B>> futures = new ArrayList<>(items.size());
    for (A item : items) {
      futures.add(pool.submit(() -> function.apply(item)));
    }
    List<B> results = new ArrayList<>(items.size());
    for (Future<B> future : futures) {
      results.add(result(future));
    }
    return results;
  }

  private static <B> B result(Future<B> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
