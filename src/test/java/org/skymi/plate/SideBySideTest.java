package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SideBySideTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 12).boxed().toList();

  @Test
  void whatComesIsHandedOnInOrderByTheCaller() throws IOException {
    Thread caller = Thread.currentThread();
    for (int threads : new int[] {1, 2, 5}) {
      List<String> handed = new ArrayList<>();
      try (SideBySide work = new SideBySide(threads)) {
        work.<Integer, String>each(
            ITEMS,
            (item, out) -> {
              // Later pieces are done sooner.
              pause(ITEMS.size() - item);
              out.accept(item + "a");
              out.accept(item + "b");
            },
            piece -> {
              assertThat(Thread.currentThread()).isSameAs(caller);
              handed.add(piece);
            });
      }
      List<String> inOrder =
          ITEMS.stream().flatMap(item -> List.of(item + "a", item + "b").stream()).toList();
      assertThat(handed).isEqualTo(inOrder);
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void piecesRunAtTheSameTime() {
    CyclicBarrier all = new CyclicBarrier(3);
    try (SideBySide work = new SideBySide(3)) {
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      work.map(ITEMS.subList(0, 9), item -> met(all) && threads.add(Thread.currentThread()));
      assertThat(threads).hasSize(3).doesNotContain(Thread.currentThread());
    }
  }

  private static boolean met(CyclicBarrier all) {
    try {
      all.await();
      return true;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void noMoreIsBegunThanThreadsAndOne() throws IOException {
    Set<Integer> begun = ConcurrentHashMap.newKeySet();
    try (SideBySide work = new SideBySide(2)) {
      work.<Integer, Integer>each(
          ITEMS,
          (item, out) -> {
            begun.add(item);
            out.accept(item);
          },
          item -> assertThat(begun.stream().max(Integer::compare).orElse(0)).isLessThan(item + 3));
    }
    assertThat(begun).containsExactlyInAnyOrderElementsOf(ITEMS);
  }

  @Test
  void theFirstFailureInOrderIsThrownAsItIs() {
    for (Throwable failure :
        Arrays.asList(
            new IOException("read"), new IllegalStateException("bad"), new OutOfMemoryError("x"))) {
      List<Integer> handed = new ArrayList<>();
      try (SideBySide work = new SideBySide(3)) {
        assertThatThrownBy(() -> work.<Integer, Integer>each(ITEMS, failing(failure), handed::add))
            .isSameAs(failure);
      }
      assertThat(handed).containsExactly(0, 1);
    }
  }

  @Test
  void afterAFailureNothingRuns() {
    AtomicInteger running = new AtomicInteger();
    try (SideBySide work = new SideBySide(3)) {
      assertThatThrownBy(
              () ->
                  work.map(
                      ITEMS,
                      item -> {
                        if (item == 0) {
                          throw new IllegalStateException("first");
                        }
                        running.incrementAndGet();
                        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
                        while (System.nanoTime() < end) {
                          Thread.onSpinWait(); // what minds no interrupt
                        }
                        return running.decrementAndGet();
                      }))
          .hasMessage("first");
      assertThat(running).hasValue(0);
    }
  }

  private static SideBySide.Work<Integer, Integer> failing(Throwable failure) {
    return (item, out) -> {
      if (item == 2 && failure instanceof IOException io) {
        throw io;
      } else if (item == 2 && failure instanceof Error error) {
        throw error;
      } else if (item == 2) {
        throw (RuntimeException) failure;
      } else if (item == 3) {
        throw new IllegalArgumentException("later");
      }
      out.accept(item);
    };
  }

  @Test
  void whoeverIsInterruptedIsTold() {
    try (SideBySide work = new SideBySide(2)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> work.map(ITEMS, item -> item)).hasMessage("interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
