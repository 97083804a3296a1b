package org.skymi.survey;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A plate: one plan observed in one night. The night folder's date is only a label, because it
 * differs between mirrors; the identity is the plan and the local modified Julian day of the
 * headers.
 *
 * @param planId the plan, card PLANID
 * @param lmjd the local modified Julian day, card LMJD
 */
public record PlateId(String planId, int lmjd) implements Comparable<PlateId>, Serializable {
  private static final Comparator<PlateId> ORDER =
      Comparator.comparingInt(PlateId::lmjd).thenComparing(PlateId::planId);

  @Override
  public int compareTo(PlateId other) {
    return ORDER.compare(this, other);
  }

  /** The night the plate was observed in, from its local modified Julian day. */
  public Night night() {
    return Night.ofLmjd(lmjd);
  }

  @Override
  public String toString() {
    return planId + "@" + lmjd;
  }
}
