package org.skymi.archive;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a file is data, by its name: FITS that is read here, data that is not, or neither. */
public final class DataName {
  private static final Pattern READ =
      Pattern.compile(".*\\.((fits|fit|fts)(\\.(gz|bz2|fz))?|fz)", Pattern.CASE_INSENSITIVE);

  /** FITS compressed by other programs, and bundles of files. */
  private static final Pattern NOT_READ =
      Pattern.compile(
          ".*?(\\.(fits|fit|fts)\\.(z|xz|zst|lz4|lz|lzma|lzo|br|zip|7z|rar)"
              + "|(\\.(fits|fit|fts))?\\.(tar|tar\\.(gz|bz2|xz|zst|z)|tgz|tbz2?|txz|zip|7z|rar)"
              + "|\\.(hdf5|h5|hdf))",
          Pattern.CASE_INSENSITIVE);

  private DataName() {}

  /** Whether a file of that name or path is to be read. */
  static boolean isRead(String path) {
    return READ.matcher(path).matches();
  }

  /** Whether a file looks like data, read or not. */
  static boolean isData(String path) {
    return isRead(path) || unread(path).isPresent();
  }

  /** The ending of a file that looks like data but is not read here, in lower case. */
  public static Optional<String> unread(String path) {
    Matcher ending = NOT_READ.matcher(path);
    return ending.matches()
        ? Optional.of(ending.group(1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /** Numbers of files that are not read by their endings, like {@code 2 .fits.z, 1 .tar}. */
  public static String unread(List<String> paths) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    paths.forEach(path -> unread(path).ifPresent(kind -> counts.merge(kind, 1, Integer::sum)));
    StringBuilder text = new StringBuilder();
    counts.forEach((kind, n) -> text.append(text.length() == 0 ? "" : ", ").append(n + " " + kind));
    return text.toString();
  }
}
