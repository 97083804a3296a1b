package org.skymi.experiment.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.skymi.math.RobustStatistics;
import org.skymi.simulate.Effect;
import org.skymi.simulate.Hidden;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.FrameId;

/**
 * Line widths, wavelengths and colours of an instrument.
 *
 * @param name what is measured
 * @param unit of both values
 * @param simulated of the default site
 * @param desi of DESI, NaN where its data are not at hand
 */
record InstrumentHabits(String name, String unit, double simulated, double desi) {
  private static final int NIGHTS = 12;

  /** Angstrom in a pixel of DESI, middle of its r arm (desispec). */
  private static final double DESI_PIXEL = 0.58;

  /** First Angstrom of a value, its column in DESI's stability table. */
  private static final int FIBRE = 2;

  private static final int WAVELENGTH = 3;
  private static final int Y = 7;
  private static final int WIDTH = 9;

  static List<InstrumentHabits> measure(long seed, Optional<DesiData> desi) throws IOException {
    List<SimulatedFrame> red = frames(seed, Arm.RED);
    List<double[]> stability = desi.isPresent() ? relative(desi.get().stability("r")) : List.of();
    List<InstrumentHabits> rows = new ArrayList<>();
    double[][] ends = new double[3][];
    String[] names = {"fwhm_start", "fwhm", "fwhm_end"};
    for (int k = 0; k < names.length; k++) {
      ends[k] = meanOverFrames(red, names[k]);
    }
    double[] all = Arrays.stream(ends).flatMapToDouble(Arrays::stream).toArray();
    double[] means = Arrays.stream(ends).mapToDouble(InstrumentHabits::mean).toArray();
    rows.add(
        new InstrumentHabits(
            "line width over fibres and wavelengths, red arm",
            "%",
            100 * deviation(all) / mean(all),
            100 * deviation(column(stability, 1))));
    rows.add(
        new InstrumentHabits(
            "... common to all fibres, along the arm",
            "%",
            100 * deviation(means) / mean(means),
            100 * deviation(groupMeans(stability, WAVELENGTH, 1))));
    rows.add(
        new InstrumentHabits(
            "... between fibres, the same at all wavelengths",
            "%",
            100 * deviation(ends[1]) / mean(ends[1]),
            100 * deviation(groupMeans(stability, FIBRE, 1))));
    rows.add(
        new InstrumentHabits(
            "line width, from visit to visit",
            "%",
            100 * overFrames(red, "fwhm") / mean(ends[1]),
            100 * mean(column(stability, 2))));
    rows.add(
        new InstrumentHabits(
            "wavelength, from visit to visit",
            "Å",
            overFrames(red, "shift_now"),
            DESI_PIXEL * mean(column(stability, 3))));
    addThroughput(
        rows, red.get(0), frames(seed, Arm.RED, Effect.FRINGES, Effect.RIPPLE).get(0), desi);
    return rows;
  }

  /** Of one frame, and of the same one without what an arm's mean does not show. */
  private static void addThroughput(
      List<InstrumentHabits> rows,
      SimulatedFrame frame,
      SimulatedFrame plain,
      Optional<DesiData> desi)
      throws IOException {
    FibreMap fibres = frame.frame().fibres();
    int[] alive = fibres.where(i -> fibres.type()[i] != FibreType.DEAD);
    double desiGrey = Double.NaN;
    double desiColour = Double.NaN;
    if (desi.isPresent()) {
      double[] r = desi.get().twilight("r");
      double[] z = desi.get().twilight("z");
      double[] ratio = new double[r.length];
      Arrays.setAll(ratio, i -> z[i] / r[i]);
      desiGrey = 100 * RobustStatistics.nmad(r);
      desiColour = 100 * RobustStatistics.nmad(ratio);
    }
    rows.add(
        new InstrumentHabits(
            "throughput (DESI: twilight over flat, r)",
            "%",
            100 * scatter(frame.truth().throughput(), alive),
            desiGrey));
    rows.add(
        new InstrumentHabits(
            "colour, 9050 over 6350 Å",
            "%",
            100 * scatter(frame.truth().colour(), alive),
            Double.NaN));
    rows.add(
        new InstrumentHabits(
            "... without fringes and ripple (DESI: z over r)",
            "%",
            100 * scatter(plain.truth().colour(), alive),
            desiColour));
  }

  private static double scatter(double[] values, int[] of) {
    return RobustStatistics.nmad(Arrays.stream(of).mapToDouble(i -> values[i]).toArray());
  }

  private static List<SimulatedFrame> frames(long seed, Arm arm, Effect... without) {
    List<SimulatedFrame> frames = new ArrayList<>();
    for (int night = 0; night < NIGHTS; night++) {
      PlateSimulator simulator =
          new PlateSimulator(
              PlateDesign.of("HABIT" + night, 58400 + night, seed)
                  .withPixels(100, 100)
                  .without(without));
      for (FrameId id : simulator.ids()) {
        if (id.arm() == arm) {
          frames.add(simulator.frame(id));
        }
      }
    }
    return frames;
  }

  /** Of each fibre and wavelength: wavelength and fibre as they are, relative width, scatters. */
  private static List<double[]> relative(List<double[]> rows) {
    double all = rows.stream().mapToDouble(r -> r[WIDTH]).average().orElse(Double.NaN);
    Map<String, List<double[]>> groups =
        rows.stream()
            .collect(Collectors.groupingBy(r -> r[FIBRE] + " " + Math.round(r[WAVELENGTH])));
    List<double[]> result = new ArrayList<>();
    for (List<double[]> group : groups.values()) {
      double[] width = column(group, WIDTH);
      double mean = mean(width);
      result.add(
          new double[] {
            group.get(0)[FIBRE],
            mean / all,
            deviation(width) / mean,
            deviation(column(group, Y)),
            group.get(0)[WAVELENGTH]
          });
    }
    return result;
  }

  private static double[] groupMeans(List<double[]> rows, int by, int column) {
    int key = by == FIBRE ? 0 : 4;
    Map<Long, List<double[]>> groups =
        rows.stream().collect(Collectors.groupingBy(r -> Math.round(r[key])));
    return groups.values().stream().mapToDouble(g -> mean(column(g, column))).toArray();
  }

  private static double[] values(SimulatedFrame frame, String name) {
    Predicate<Hidden.Quantity> wanted = q -> q.name().equals(name);
    return frame.hidden().quantities().stream().filter(wanted).findFirst().orElseThrow().values();
  }

  private static double[] meanOverFrames(List<SimulatedFrame> frames, String name) {
    double[] sum = new double[values(frames.get(0), name).length];
    for (SimulatedFrame frame : frames) {
      double[] values = values(frame, name);
      Arrays.setAll(sum, i -> sum[i] + values[i] / frames.size());
    }
    return sum;
  }

  /** Scatter over the frames: its mean over fibres. */
  private static double overFrames(List<SimulatedFrame> frames, String name) {
    int n = values(frames.get(0), name).length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      int fibre = i;
      sum += deviation(frames.stream().mapToDouble(f -> values(f, name)[fibre]).toArray()) / n;
    }
    return sum;
  }

  private static double[] column(List<double[]> rows, int k) {
    return rows.stream().mapToDouble(r -> r[k]).toArray();
  }

  private static double mean(double[] v) {
    return Arrays.stream(v).average().orElse(Double.NaN);
  }

  private static double deviation(double[] v) {
    double mean = mean(v);
    return Math.sqrt(
        Arrays.stream(v).map(x -> (x - mean) * (x - mean)).average().orElse(Double.NaN));
  }
}
