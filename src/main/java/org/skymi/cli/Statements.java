package org.skymi.cli;

import java.util.ArrayList;
import java.util.List;

/** SQL text taken apart at its semicolons, with regard to quotes and comments. */
final class Statements {
  private final List<String> complete = new ArrayList<>();
  private final String rest;

  private Statements(String text) {
    int begin = 0;
    int i = 0;
    while (i < text.length()) {
      if (text.charAt(i) == ';') {
        add(text.substring(begin, i));
        begin = i + 1;
      }
      i = next(text, i);
    }
    rest = text.substring(begin);
  }

  static Statements of(String text) {
    return new Statements(text);
  }

  private void add(String statement) {
    if (!statement.isBlank()) {
      complete.add(statement.strip());
    }
  }

  /** Those that a semicolon ends, without it. */
  List<String> complete() {
    return complete;
  }

  /** What is after the last semicolon. */
  String rest() {
    return rest.strip();
  }

  /** Where to go on after the character, quoted text or comment at a place. */
  private static int next(String text, int at) {
    char c = text.charAt(at);
    if (c == '\'' || c == '"' || c == '`') {
      return after(text, String.valueOf(c), at + 1);
    }
    if (text.startsWith("--", at)) {
      return after(text, "\n", at);
    }
    return text.startsWith("/*", at) ? after(text, "*/", at + 2) : at + 1;
  }

  private static int after(String text, String end, int from) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }
}
