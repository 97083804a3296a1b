package org.skymi.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The hidden quantities of one frame, for experiments: no estimator is given any of them. */
public final class Hidden {
  private final int fibres;
  private final List<Quantity> quantities = new ArrayList<>();

  Hidden(int fibres) {
    this.fibres = fibres;
  }

  /**
   * A quantity.
   *
   * @param name column of the table
   * @param unit empty if dimensionless
   * @param effect it belongs to
   * @param description in one line
   * @param values by fibre
   */
  public record Quantity(
      String name, String unit, Effect effect, String description, double[] values) {}

  /** All of them, in the order in which they were written down. */
  public List<Quantity> quantities() {
    return List.copyOf(quantities);
  }

  void fibre(Effect effect, String name, String unit, String description, double[] values) {
    quantities.add(new Quantity(name, unit, effect, description, values));
  }

  /** A quantity that all fibres share. */
  void frame(Effect effect, String name, String unit, String description, double value) {
    double[] values = new double[fibres];
    Arrays.fill(values, value);
    fibre(effect, name, unit, description, values);
  }
}
