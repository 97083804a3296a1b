package org.skymi.survey;

import java.util.List;

/**
 * Paths that were read from somewhere, and must not lead out of the folder they are relative to.
 */
public final class RelativePath {
  private RelativePath() {}

  /**
   * The path itself.
   *
   * @throws IllegalArgumentException if it is empty, absolute, or has {@code ..} in it
   */
  public static String require(String path) {
    if (path == null || path.isEmpty() || path.startsWith("/")) {
      throw new IllegalArgumentException("'" + path + "' is no relative path");
    }
    if (List.of(path.split("/")).contains("..")) {
      throw new IllegalArgumentException("'" + path + "' leads out of its folder");
    }
    return path;
  }
}
