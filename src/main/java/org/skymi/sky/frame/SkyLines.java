package org.skymi.sky.frame;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.skymi.survey.Arm;

/** Where the night sky's emission lines are; the resource line-windows.csv names its sources. */
public final class SkyLines {
  private static final Map<Arm, List<LineWindow>> WINDOWS = read();

  private SkyLines() {}

  /** The windows of an arm, by wavelength, not overlapping. */
  public static List<LineWindow> windows(Arm arm) {
    return WINDOWS.get(arm);
  }

  private static Map<Arm, List<LineWindow>> read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(SkyLines.class.getResourceAsStream("line-windows.csv")),
                StandardCharsets.UTF_8))) {
      List<String[]> rows =
          in.lines()
              .filter(line -> !line.startsWith("#"))
              .skip(1)
              .map(line -> line.split(","))
              .toList();
      Map<Arm, List<LineWindow>> windows = new EnumMap<>(Arm.class);
      for (Arm arm : Arm.values()) {
        windows.put(
            arm,
            rows.stream()
                .filter(row -> row[0].charAt(0) == arm.letter())
                .map(
                    row ->
                        new LineWindow(
                            Double.parseDouble(row[1]),
                            Double.parseDouble(row[2]),
                            LineGroup.valueOf(row[3]),
                            Double.parseDouble(row[4])))
                .toList());
      }
      return windows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
