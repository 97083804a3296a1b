package org.skymi.cli;

import org.apache.hadoop.security.UserGroupInformation;

/**
 * What containers may lack: an entry for the user. Java then calls the user's name and home "?",
 * and Hadoop refuses to start.
 */
final class Surroundings {
  private static final String UNKNOWN = "?";

  private Surroundings() {}

  /** Gives a user without name one, and a home in the folder for temporary files. */
  static void complete() {
    String home = System.getProperty("user.home", UNKNOWN);
    if (home.isEmpty() || UNKNOWN.equals(home)) {
      System.setProperty("user.home", System.getProperty("java.io.tmpdir"));
    }
    String name = System.getProperty("user.name", UNKNOWN);
    if (name.isEmpty() || UNKNOWN.equals(name)) {
      System.setProperty("user.name", "skymi");
      UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser("skymi"));
    }
  }
}
