package org.skymi.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.skymi.query.Answer;
import org.skymi.query.CampaignSql;
import org.skymi.report.Printable;
import org.skymi.report.TextTable;
import org.skymi.survey.InputException;
import org.skymi.table.Column;
import org.skymi.table.Table;
import org.skymi.table.Tables;

/** Asks for questions and answers them, until its user has had enough. */
final class SqlPrompt {
  private static final String HELP =
      """
        SELECT ...;   a question, over as many lines as it takes, ended by a semicolon
        \\d            tables
        \\d TABLE      columns of a table, with units and what they are
        \\x            switches between tables and one line for each value
        \\?, help      this
        \\q, quit      leave (or Ctrl-D); Ctrl-C ends what is being computed or typed
      All but the first also between the lines of a question, which goes on afterwards.
      """;

  private final CampaignSql sql;
  private final Terminal terminal;
  private final LineReader reader;
  private final int limit;
  private boolean tall;

  /**
   * @param history file of what was asked before
   * @param limit rows shown of an answer
   */
  SqlPrompt(CampaignSql sql, Terminal terminal, Path history, int limit) {
    this.sql = sql;
    this.terminal = terminal;
    this.limit = limit;
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(new Lines())
            .completer(new SqlCompleter(sql.tables()))
            .variable(LineReader.HISTORY_FILE, history)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "    -> ")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
  }

  /** Asks and answers until the end of input. */
  void run() {
    terminal.handle(Terminal.Signal.INT, s -> sql.cancel());
    print("Tables: " + String.join(", ", sql.tables().keySet()) + ".  \\? for help, \\q to leave.");
    String begun = "";
    while (begun != null) {
      try {
        begun = answer(reader.readLine("skymi> ", null, begun));
      } catch (UserInterruptException e) {
        print(""); // what was typed is given up
        begun = "";
      } catch (EndOfFileException e) {
        return;
      }
    }
  }

  /** Returns what is still to be ended of a question; null when the user wants to leave. */
  private String answer(String typed) {
    String text = typed.strip();
    String line = lastLine(text);
    if (isLeaving(line)) {
      return null;
    }
    boolean isCommand = isCommand(line);
    try {
      if (isCommand) {
        command(line.split("\\s+"));
      } else {
        Statements.of(text).complete().forEach(this::ask);
      }
    } catch (InputException e) {
      print(Printable.of(e.getMessage()));
    }
    return isCommand ? text.substring(0, text.length() - line.length()) : "";
  }

  private static String lastLine(String text) {
    return text.substring(text.lastIndexOf('\n') + 1).strip();
  }

  private static boolean isCommand(String line) {
    return line.startsWith("\\") || line.matches("(?i)help\\s*;?");
  }

  private void ask(String question) {
    Answer answer = sql.ask(question);
    AnswerFormat.table(answer, limit, tall, this::print);
  }

  private void command(String[] words) {
    switch (words[0].toLowerCase(Locale.ROOT)) {
      case "\\d" -> print(words.length == 1 ? tables() : columns(words[1]));
      case "\\x" -> {
        tall = !tall;
        print(tall ? "one line for each value" : "tables");
      }
      case "\\?", "\\h", "help", "help;" -> print(HELP.stripTrailing());
      default -> throw new InputException("no command " + words[0] + "; \\? lists them");
    }
  }

  private String tables() {
    TextTable list = new TextTable("table", "columns", "what one row is").endingInProse();
    sql.tables()
        .forEach((name, columns) -> list.row(name, String.valueOf(columns.size()), about(name)));
    return list.toString().stripTrailing();
  }

  /** The first sentence about a table. */
  private static String about(String name) {
    return Tables.ALL.stream()
        .filter(t -> t.name().equals(name))
        .map(t -> t.text().replaceFirst("(?s)\\. .*", "."))
        .findFirst()
        .orElse("That of a file given with --table.");
  }

  private String columns(String name) {
    String wanted = name.replaceFirst(";$", "").toLowerCase(Locale.ROOT);
    for (Table<?> table : Tables.ALL) {
      if (table.name().equals(wanted)) {
        TextTable list = new TextTable("column", "type", "unit", "what").endingInProse();
        for (Column<?> c : table.columns()) {
          list.row(c.name(), c.type().label(), c.unit(), c.text());
        }
        return list.toString().stripTrailing();
      }
    }
    AnswerFormat.table(sql.ask("DESCRIBE " + name), Integer.MAX_VALUE - 1, false, this::print);
    return "";
  }

  private void print(String text) {
    PrintWriter out = terminal.writer();
    out.println(text);
    out.flush();
  }

  private static boolean isLeaving(String line) {
    return line.matches("(?i)(\\\\q|quit|exit)\\s*;?");
  }

  /** Goes on to a second line until a semicolon has come; words end at punctuation, too. */
  private static final class Lines extends DefaultParser {
    Lines() {
      setEscapeChars(null);
      setQuoteChars(new char[0]);
    }

    @Override
    public boolean isDelimiterChar(CharSequence line, int position) {
      return super.isDelimiterChar(line, position)
          || "(),=<>+-*/.;".indexOf(line.charAt(position)) >= 0;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      boolean whole =
          line.isBlank()
              || isCommand(lastLine(line.strip()))
              || isLeaving(lastLine(line.strip()))
              || Statements.of(line).rest().isEmpty();
      if (context == ParseContext.ACCEPT_LINE && !whole) {
        throw new EOFError(-1, cursor, "no semicolon yet");
      }
      return super.parse(line, cursor, context);
    }
  }
}
