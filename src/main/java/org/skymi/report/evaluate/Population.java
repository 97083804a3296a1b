package org.skymi.report.evaluate;

import java.util.EnumSet;
import java.util.List;
import org.skymi.sky.judge.Method;

/** Which fibres are judged, and by what. */
public enum Population {
  OBJECTS("Object fibres against the simulation's truth", "object fibres", Quantity.ofTruth()),
  SKY_FIBRES("Held-out sky fibres", "sky fibres, held out", Quantity.ofResiduals()),
  RELEASED("Released spectra", "released spectra", Quantity.ofResiduals());

  private final String title;
  private final String fibres;
  private final List<Quantity> quantities;

  Population(String title, String fibres, List<Quantity> quantities) {
    this.title = title;
    this.fibres = fibres;
    this.quantities = quantities;
  }

  /** For a heading. */
  public String title() {
    return title;
  }

  /** For a sentence. */
  public String fibres() {
    return fibres;
  }

  /**
   * The methods that it is judged by.
   *
   * @param run methods that the campaign was run with
   */
  public List<Method> methods(List<Method> run) {
    return this == RELEASED
        ? EnumSet.allOf(Method.class).stream().filter(m -> isOfReleased(m, run)).toList()
        : run;
  }

  /** Released spectra always have both; the others a run may be asked for. */
  private static boolean isOfReleased(Method method, List<Method> run) {
    return switch (method) {
      case SUPER, MEMORY -> true;
      case FULL, SMI -> run.contains(method);
      case SURVEY -> false;
    };
  }

  /** A method's name in headings: released spectra are as they are, or corrected. */
  public String title(Method method) {
    if (this != RELEASED) {
      return method.title();
    }
    return switch (method) {
      case SUPER -> "as released";
      case FULL -> "by components";
      case SMI -> "by networks";
      default -> "corrected";
    };
  }

  /** Two methods' names in headings. */
  String title(Step step) {
    return title(step.method()) + " / " + title(step.over());
  }

  /** What is said of it. */
  public List<Quantity> quantities() {
    return quantities;
  }
}
