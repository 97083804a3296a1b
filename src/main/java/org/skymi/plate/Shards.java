package org.skymi.plate;

import java.io.Serializable;
import java.util.List;

/** The shards of a training's plates, wherever they are kept. */
public interface Shards {
  /**
   * Does something with each shard, with several at once if there is room.
   *
   * @return what each gave, in the order of the shards
   */
  <T> List<T> map(Task<T> task);

  /** What is done with a shard; it may be sent to another machine, and done more than once. */
  @FunctionalInterface
  interface Task<T> extends Serializable {
    T apply(TrainingShard shard);
  }
}
