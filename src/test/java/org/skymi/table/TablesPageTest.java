package org.skymi.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TablesPageTest {
  private static final Path PAGE = Path.of("docs", "tables.md");

  @Test
  void docsTablesMdIsWhatTheColumnsSay() throws IOException {
    if (Boolean.getBoolean("skymi.regenerate")) {
      Files.writeString(PAGE, TablesPage.markdown());
    }
    assertThat(PAGE)
        .as("stale: mvn test -Dtest=TablesPageTest -Dskymi.regenerate=true")
        .hasContent(TablesPage.markdown());
  }

  @Test
  void everyColumnExplainsItself() {
    for (Table<?> table : Tables.ALL) {
      assertThat(table.keys()).as(table.name()).isNotEmpty();
      for (Column<?> column : table.columns()) {
        assertThat(column.name()).matches("[a-z][a-z0-9_]*");
        assertThat(column.text()).as(column.name()).hasSizeGreaterThan(2);
        assertThat(column.unit()).as(column.name()).doesNotContain(" ");
      }
    }
  }
}
