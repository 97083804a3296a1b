package org.skymi.simulate;

import java.util.List;
import java.util.StringJoiner;
import org.skymi.survey.FibreMap;

/** The hidden quantities of a frame as a table: a row for each fibre. */
public final class HiddenTable {
  private HiddenTable() {}

  /** Comma-separated, with a header; names and units are in docs/simulator.md. */
  public static String csv(SimulatedFrame simulated) {
    FibreMap map = simulated.frame().fibres();
    Truth truth = simulated.truth();
    List<Hidden.Quantity> quantities = simulated.hidden().quantities();
    StringJoiner header = new StringJoiner(",", "", "\n");
    header.add("fibre,type,throughput,colour,shift,shift_slope,line_width,contaminated");
    quantities.forEach(q -> header.add(q.name()));
    StringBuilder text = new StringBuilder(header.toString());
    for (int i = 0; i < map.size(); i++) {
      StringJoiner row = new StringJoiner(",", "", "\n");
      row.add(String.valueOf(map.fibreId()[i])).add(map.type()[i].label());
      row.add(number(truth.throughput()[i])).add(number(truth.colour()[i]));
      row.add(number(truth.shift()[i])).add(number(truth.shiftSlope()[i]));
      row.add(number(truth.lineWidth()[i])).add(String.valueOf(truth.contaminated()[i]));
      for (Hidden.Quantity q : quantities) {
        row.add(number(q.values()[i]));
      }
      text.append(row);
    }
    return text.toString();
  }

  private static String number(double value) {
    return Float.toString((float) value);
  }
}
