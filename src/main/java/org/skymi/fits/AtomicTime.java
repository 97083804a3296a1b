package org.skymi.fits;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;

/** International atomic time, as SDSS's headers have it, in UTC. */
final class AtomicTime {
  private static final LocalDateTime MJD_ZERO = LocalDate.of(1858, 11, 17).atStartOfDay();

  /** TAI - UTC, s, by the UTC day that it holds from (IERS Bulletin C). */
  private static final TreeMap<LocalDate, Integer> LEAP_SECONDS =
      new TreeMap<>(
          Map.of(
              LocalDate.of(1999, 1, 1), 32,
              LocalDate.of(2006, 1, 1), 33,
              LocalDate.of(2009, 1, 1), 34,
              LocalDate.of(2012, 7, 1), 35,
              LocalDate.of(2015, 7, 1), 36,
              LocalDate.of(2017, 1, 1), 37));

  private AtomicTime() {}

  /**
   * UTC, ISO, to the second.
   *
   * @param seconds of TAI since MJD 0; from 1999 on
   */
  static String utc(double seconds) {
    LocalDateTime tai = MJD_ZERO.plusSeconds(Math.round(seconds));
    var leap = LEAP_SECONDS.floorEntry(tai.toLocalDate());
    int ahead = leap == null ? LEAP_SECONDS.firstEntry().getValue() : leap.getValue();
    return tai.minusSeconds(ahead).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
  }
}
