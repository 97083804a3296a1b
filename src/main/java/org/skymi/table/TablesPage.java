package org.skymi.table;

import java.util.stream.Collectors;

/** The documentation of all tables, docs/tables.md, from their columns. */
public final class TablesPage {
  private TablesPage() {}

  /** The page, in Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder();
    page.append("# Tables\n\n")
        .append("Made from the column lists in `org.skymi.table`; a test fails when it is stale.\n")
        .append("To make it anew: `mvn test -Dtest=TablesPageTest -Dskymi.regenerate=true`.\n\n")
        .append("The same names, units, UCDs and texts are in the footer of every Parquet file\n")
        .append("(a VOTable, by the convention VOParquet 1.0), and Spark shows them as column\n")
        .append("comments. A NaN is stored as null. Role *key*: identifies the row, and sorts it\n")
        .append("within a file; *run*: how the run went, differs from run to run; all else is\n")
        .append("reproducible bit for bit.\n");
    Tables.ALL.forEach(t -> page.append(section(t)));
    return page.toString();
  }

  private static String section(Table<?> table) {
    return "\n## "
        + table.name()
        + "\n\n"
        + table.text()
        + "\n\n| column | type | unit | role | what | UCD |\n|---|---|---|---|---|---|\n"
        + table.columns().stream().map(TablesPage::line).collect(Collectors.joining());
  }

  private static String line(Column<?> c) {
    String role =
        switch (c.role()) {
          case KEY -> "key";
          case RUN -> "run";
          case RESULT -> "";
        };
    return "| "
        + String.join(
            " | ",
            c.name(),
            c.type().label(),
            c.unit(),
            role,
            c.text().replace("|", "\\|"),
            c.ucd())
        + " |\n";
  }
}
