package org.skymi.sky.frame;

import java.io.Serializable;

/**
 * Light of a fibre that falls on its neighbours' pixels: {@code (k1 + k1u·u)} of each adjoining
 * fibre and {@code k2} of each next but one, at the same pixel, u the arm's coordinate; and a
 * {@link Halo} beyond.
 *
 * @param k1 share of flux at the arm's middle
 * @param k1u its change over half the arm
 * @param k2 share of flux two fibres away
 * @param halo share of flux two fibres away that the halo beyond goes on from
 * @param k1Error standard error of k1
 */
public record CrossTalk(double k1, double k1u, double k2, double halo, double k1Error)
    implements Serializable {
  /** No cross-talk. */
  public static final CrossTalk NONE = new CrossTalk(0, 0, 0, 0, 0);

  /** Whether it is the same share all over the arm. */
  boolean isEven(int distance) {
    return distance != 1;
  }

  /** Share of the flux of a fibre one or two away, at a coordinate u. */
  double share(int distance, double u) {
    return distance == 1 ? k1 + k1u * u : k2;
  }
}
