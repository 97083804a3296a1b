package org.skymi.sky.calibrate;

/**
 * Why a fibre was not used, or used with caution; stored as a name, because a reason is read by
 * people.
 */
public enum FibreFlag {
  /** Nothing remarkable. */
  GOOD,
  /** Type, mask or lack of usable pixels says dead: no estimate. */
  DEAD,
  /** Throughput far below its spectrograph's: an estimate, but no part in any other fibre's. */
  LOW_THROUGHPUT,
  /** A sky fibre with object light in it. */
  CONTAMINATED,
  /** A sky fibre whose residual is an outlier among the sky fibres for another reason. */
  OUTLIER,
  /**
   * Its place in the focal plane is unknown: a sky as in the middle of its spectrograph's fibres,
   * and no part in any other fibre's.
   */
  NO_POSITION,
  /** No sky fibre was left that its estimate could be made of: no sky. */
  NO_SKY_ESTIMATE,
  /** Too few lines among its usable pixels to tell its throughput: its sky's scale is a guess. */
  UNCALIBRATED
}
