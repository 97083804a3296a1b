package org.skymi.report.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.skymi.sky.judge.Method;

/**
 * Two methods of which one should add something to the other.
 *
 * @param method the more demanding one
 * @param over the one that it is measured by
 */
public record Step(Method method, Method over) implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * What is compared: each method with the one before it, then the most demanding one with each of
   * the others.
   *
   * @param methods in their order
   */
  public static List<Step> of(List<Method> methods) {
    List<Step> steps = new ArrayList<>();
    for (int m = 1; m < methods.size(); m++) {
      steps.add(new Step(methods.get(m), methods.get(m - 1)));
    }
    for (int m = methods.size() - 3; m >= 0; m--) {
      steps.add(new Step(methods.get(methods.size() - 1), methods.get(m)));
    }
    return steps;
  }

  /** As in CSV: {@code smi/memory}. */
  String key() {
    return method.key() + "/" + over.key();
  }
}
