package org.skymi.report.evaluate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skymi.report.Page;

/** What an evaluation allows to say of its headline figures. */
final class Claims {
  private final boolean full;
  private final List<String[]> rows = new ArrayList<>();
  private final Map<Verdict, Integer> overSuper = new EnumMap<>(Verdict.class);
  private final Map<Verdict, Integer> overFull = new EnumMap<>(Verdict.class);

  Claims(Evaluation evaluation) {
    this.full = evaluation.hasFullBaseline();
    for (Comparison c : evaluation.comparisons()) {
      if (c.split().equals(Split.ALL) && c.quantity().headline() && c.overSuper().isPresent()) {
        add(c);
      }
    }
  }

  private void add(Comparison c) {
    List<String> cells = new ArrayList<>(List.of(Words.figure(c), Words.where(c)));
    cells.addAll(judged(c.overSuper(), overSuper));
    if (full) {
      cells.addAll(judged(c.overFull(), overFull));
    }
    rows.add(cells.toArray(String[]::new));
  }

  private static List<String> judged(Optional<Interval> ratio, Map<Verdict, Integer> counts) {
    if (ratio.isEmpty() || !Double.isFinite(ratio.get().value())) {
      return List.of("", "");
    }
    Verdict verdict = Verdict.of(ratio.get());
    counts.merge(verdict, 1, Integer::sum);
    return List.of(ratio.get().ratio(), verdict.text());
  }

  /** Writes a section of sentences and a table. */
  void write(Page page) {
    if (rows.isEmpty()) {
      return;
    }
    page.section("What may be said");
    page.paragraph(
        "Against Super Sky "
            + sentence(overSuper)
            + "."
            + (full ? " Against the full Super Sky " + sentence(overFull) + "." : ""));
    page.paragraph(
        String.format(
            "Better or worse means that the 95 %% interval of the ratio excludes 1; equal, that it"
                + " lies within 0.98 and 1.02. Fewer than %d plates give no interval and no"
                + " verdict. Every verdict stands for itself: of twenty, one may be due to chance.",
            PlateBootstrap.LEAST_PLATES));
    List<String[]> table = new ArrayList<>();
    table.add(
        full
            ? new String[] {
              "figure", "where", "SMI / Super Sky", "verdict", "SMI / full", "verdict"
            }
            : new String[] {"figure", "where", "SMI / Super Sky", "verdict"});
    table.addAll(rows);
    page.table("Headline figures, all moons together", table);
  }

  private static String sentence(Map<Verdict, Integer> counts) {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    List<String> parts = new ArrayList<>();
    counts.forEach((verdict, n) -> parts.add(verdict.text() + " in " + n));
    return "SMI is " + String.join(", ", parts) + " of " + all + " headline figures";
  }
}
