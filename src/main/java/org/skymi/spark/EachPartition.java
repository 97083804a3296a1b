package org.skymi.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** An RDD of one element in each partition, of which each is told of when it comes. */
final class EachPartition<T> extends AbstractFunction2<TaskContext, Iterator<T>, T>
    implements Serializable {
  private static final long serialVersionUID = 1;

  private EachPartition() {}

  @Override
  public T apply(TaskContext context, Iterator<T> elements) {
    return elements.next();
  }

  /**
   * Collects the elements.
   *
   * @param told of each, in the order in which they come
   * @return all, in the order of the partitions
   */
  static <T> List<T> collect(JavaRDD<T> rdd, Consumer<T> told) {
    List<T> all = new ArrayList<>(Collections.nCopies(rdd.getNumPartitions(), null));
    ClassTag<T> tag = ClassTag$.MODULE$.apply(Object.class);
    SparkContext context = rdd.context();
    context.runJob(
        rdd.rdd(),
        new EachPartition<>(),
        new AbstractFunction2<Object, T, BoxedUnit>() {
          @Override
          public BoxedUnit apply(Object partition, T element) {
            all.set((Integer) partition, element);
            told.accept(element);
            return BoxedUnit.UNIT;
          }
        },
        tag);
    return all;
  }
}
