package org.skymi.report.qa;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.skymi.report.evaluate.Population;
import org.skymi.sky.judge.Method;

/** Which methods a figure has, and what they are called in it. */
final class Methods {
  private Methods() {}

  /** Those of which something is known, in their order. */
  static List<Method> where(Predicate<Method> known) {
    return Arrays.stream(Method.values()).filter(known).toList();
  }

  /**
   * A method's name.
   *
   * @param arm {@code c} for released spectra, which are as released or corrected
   */
  static String title(String arm, Method method) {
    return (arm.equals("c") ? Population.RELEASED : Population.SKY_FIBRES).title(method);
  }
}
