package org.skymi.report.evaluate;

import java.util.List;

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

  /** What is said of it. */
  public List<Quantity> quantities() {
    return quantities;
  }
}
