package org.skymi.sky.frame;

/** Night-sky lines that brighten and fade together. */
public enum LineGroup {
  /** [OI] 5577. */
  OI5577,
  /** Na D. */
  SODIUM,
  /** The other lines of the blue arm: O2 Herzberg, [NI] 5200, weak OH, town-light mercury. */
  BLUE,
  /** [OI] 6300, 6364. */
  OI6300,
  /** O2 (0-1) at 8645. */
  O2,
  /** The Meinel bands of OH. */
  OH
}
