package org.skymi.survey;

/** Changed copies of fibre maps. */
public final class FibreMaps {
  private FibreMaps() {}

  /** A copy of a map, whose arrays may be changed. */
  public static FibreMap copy(FibreMap m) {
    return new FibreMap(
        m.fibreId().clone(),
        m.type().clone(),
        m.objectType().clone(),
        m.ra().clone(),
        m.dec().clone(),
        m.x().clone(),
        m.y().clone(),
        m.homeX().clone(),
        m.homeY().clone(),
        m.magnitude().clone(),
        m.separated().clone());
  }

  /** A map of fibres that were pointed at something else. */
  public static FibreMap with(FibreMap map, FibreType[] types) {
    FibreMap copy = copy(map);
    System.arraycopy(types, 0, copy.type(), 0, types.length);
    return copy;
  }
}
