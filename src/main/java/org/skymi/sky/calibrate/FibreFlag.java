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
  OUTLIER
}
