package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.skymi.math.RobustStatistics;
import org.skymi.simulate.Moon;
import org.skymi.simulate.Truth;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Leak;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreMaps;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

/**
 * How much of an object the skies take, from end to end: some sky fibres are called object fibres,
 * and the plate is reduced without and with objects in their pixels. What changes in their skies is
 * leakage.
 */
class LeakageTest {
  /** Sky lines of both arms, vacuum, Angstrom: [OI], Na, [OI], OH. */
  private static final double[] LINES = {5578.9, 5891.6, 6302.0, 7278.3, 7716.3, 8346.9, 8829.6};

  /** Classes of objects, each with a median signal-to-noise ratio of the red arm. */
  private static final Map<String, Double> CLASSES =
      new TreeMap<>(Map.of("G", 10.0, "M", 30.0, "GALAXY", 3.0, "QSO", 20.0));

  private static TestPlate plate;
  private static Map<FrameId, List<FibreResult>> without;

  /** Sky fibres that are called object fibres. */
  private static int[] block;

  @BeforeAll
  static void reduceOnce() throws IOException {
    plate = new TestPlate(1, 200, 1, Moon.GREY, 77);
    Frame frame = plate.truth.get(plate.ids().get(0)).frame();
    int[] skies = frame.fibres().indicesOf(FibreType.SKY);
    block = new int[] {skies[1], skies[4], skies[7], skies[10]};
    for (FrameId id : plate.ids()) {
      plate.change(id, f -> withObjects(f, new float[block.length][f.pixelCount()]));
    }
    without = reduce(plate);
  }

  private static Map<FrameId, List<FibreResult>> reduce(TestPlate plate) throws IOException {
    Map<FrameId, List<FibreResult>> results = new HashMap<>();
    new PlateReduction(TestPlate.quick())
        .reduce(plate, r -> results.put(r.frame().id(), r.fibres()));
    return results;
  }

  /** What an injection did to one fibre's skies in one arm. */
  private record Moved(
      FrameId frame, int fibre, float[] object, float[] before, float[] after, double superLeak) {
    double leak() {
      return Leak.of(after, before, object);
    }
  }

  private static List<Moved> inject(BiFunction<FrameId, Integer, float[]> objects)
      throws IOException {
    Map<FrameId, float[][]> injected = new HashMap<>();
    for (FrameId id : plate.ids()) {
      float[][] all = new float[block.length][];
      Arrays.setAll(all, k -> objects.apply(id, k));
      injected.put(id, all);
      plate.change(id, f -> withObjects(plate.truth.get(id).frame(), all));
    }
    Map<FrameId, List<FibreResult>> with = reduce(plate);
    List<Moved> moved = new ArrayList<>();
    for (FrameId id : plate.ids()) {
      for (int k = 0; k < block.length; k++) {
        FibreResult before = without.get(id).get(block[k]);
        FibreResult after = with.get(id).get(block[k]);
        float[] object = injected.get(id)[k];
        double classical =
            Leak.of(
                after.skies().get(Method.SUPER).sky(),
                before.skies().get(Method.SUPER).sky(),
                object);
        moved.add(
            new Moved(
                id,
                block[k],
                object,
                before.skies().get(Method.SMI).sky(),
                after.skies().get(Method.SMI).sky(),
                classical));
      }
    }
    return moved;
  }

  /** Objects in the pixels of the chosen fibres, and a share of them in the neighbours'. */
  private static Frame withObjects(Frame frame, float[][] objects) {
    float[][] flux = new float[frame.fibreCount()][];
    float[][] ivar = new float[frame.fibreCount()][];
    Arrays.setAll(flux, i -> frame.flux()[i].clone());
    Arrays.setAll(ivar, i -> frame.ivar()[i].clone());
    Truth truth = plate.truth.get(frame.id()).truth();
    double[] share = {1, truth.crossTalk1(), truth.crossTalk2()};
    for (int k = 0; k < block.length; k++) {
      for (int i = Math.max(0, block[k] - 2); i <= block[k] + 2 && i < flux.length; i++) {
        int distance = Math.abs(i - block[k]);
        for (int p = 0; p < flux[i].length; p++) {
          double u = 2.0 * p / (flux[i].length - 1) - 1;
          double bend = distance == 0 ? 1 : 1 + truth.crossTalkSlope() * u;
          float light = (float) (share[distance] * bend * objects[k][p]);
          flux[i][p] += light;
          if (ivar[i][p] > 0) {
            ivar[i][p] = 1 / (1 / ivar[i][p] + Math.max(0, light));
          }
        }
      }
    }
    FibreMap map = frame.fibres();
    FibreType[] types = map.type().clone();
    Arrays.stream(block).forEach(i -> types[i] = FibreType.OBJECT);
    FibreMap called = FibreMaps.with(map, types);
    return new Frame(
        frame.id(), frame.pointing(), called, flux, ivar, frame.mask(), frame.wavelength());
  }

  /** Simulated objects, another class in each of the chosen fibres; the next turn, the next. */
  private static List<Moved> injectClasses(int turn) throws IOException {
    List<String> classes = List.copyOf(CLASSES.keySet());
    int[] donors = new int[block.length];
    double[] scale = new double[block.length];
    for (int k = 0; k < block.length; k++) {
      String type = classes.get((k + turn) % classes.size());
      int[] all = donors(type);
      donors[k] = all[k % all.length];
      scale[k] = scale(donors[k], CLASSES.get(type));
    }
    return inject(
        (id, k) -> {
          float[] object = object(id, donors[k]);
          for (int p = 0; p < object.length; p++) {
            object[p] *= (float) scale[k];
          }
          return object;
        });
  }

  private static int[] donors(String type) {
    FrameId first = plate.ids().get(0);
    Frame frame = plate.truth.get(first).frame();
    int[] donors =
        frame
            .fibres()
            .where(
                i ->
                    frame.fibres().objectType()[i].equals(type)
                        && without.get(first).get(i).flag() == FibreFlag.GOOD);
    assertThat(donors).as("simulated objects of class %s", type).isNotEmpty();
    return donors;
  }

  private static float[] object(FrameId id, int donor) {
    return plate.truth.get(id).truth().object()[donor].clone();
  }

  private static double scale(int donor, double wanted) {
    FrameId id = plate.ids().get(plate.ids().size() - 1);
    assertThat(id.arm()).isEqualTo(Arm.RED);
    float[] object = object(id, donor);
    float[] sky = plate.truth.get(id).truthSky()[donor];
    double low = 0;
    double high = 100;
    for (int step = 0; step < 40; step++) {
      double s = (low + high) / 2;
      double[] ratio = new double[object.length];
      Arrays.setAll(
          ratio, p -> s * object[p] / Math.sqrt(200 + sky[p] + s * Math.max(0, object[p])));
      if (RobustStatistics.median(ratio) < wanted) {
        low = s;
      } else {
        high = s;
      }
    }
    return (low + high) / 2;
  }

  @Test
  void starsGalaxiesAndQuasarsAreLeftAlone() throws IOException {
    requireLeftAlone(2);
  }

  @Test
  @Tag("full")
  void everyOneOfThemIsLeftAloneInEveryFibre() throws IOException {
    requireLeftAlone(CLASSES.size());
  }

  private static void requireLeftAlone(int turns) throws IOException {
    List<Double> leaks = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      injectClasses(turn).forEach(m -> leaks.add(m.leak()));
    }
    double[] size = leaks.stream().mapToDouble(Math::abs).sorted().toArray();
    assertThat(RobustStatistics.median(size)).isLessThan(0.5);
    assertThat(size[(int) (0.95 * size.length)]).isLessThan(2);
    // Not because nothing of the object reached the estimate, and not all to one side.
    assertThat(leaks).anyMatch(l -> l > 0).anyMatch(l -> l < 0);
  }

  @Test
  void anEmissionLineOnASkyLineKeepsItsFlux() throws IOException {
    List<Moved> moved =
        inject(
            (id, k) -> {
              double[] wavelength = plate.truth.get(id).frame().wavelength()[block[k]];
              float[] sky = plate.truth.get(id).truthSky()[block[k]];
              float[] object = new float[sky.length];
              for (int p = 0; p < sky.length; p++) {
                double continuum = id.arm() == Arm.BLUE ? 60 : 120;
                double line = 0;
                for (double centre : LINES) {
                  double sigma = 1.8;
                  double u = (wavelength[p] - centre) / sigma;
                  line += Math.abs(u) < 6 && isOwn(centre, k) ? 1500 * Math.exp(-u * u / 2) : 0;
                }
                object[p] = (float) (continuum + line);
              }
              return object;
            });
    int lines = 0;
    for (Moved m : moved) {
      double[] wavelength = plate.truth.get(m.frame()).frame().wavelength()[m.fibre()];
      for (double centre : LINES) {
        boolean seen =
            wavelength[0] < centre - 20 && wavelength[wavelength.length - 1] > centre + 20;
        if (!seen || !isOwn(centre, Arrays.binarySearch(block, m.fibre()))) {
          continue;
        }
        double taken = 0;
        double flux = 0;
        for (int p = 0; p < wavelength.length; p++) {
          if (Math.abs(wavelength[p] - centre) < 6) {
            taken += m.after()[p] - m.before()[p];
            flux += m.object()[p];
          }
        }
        lines++;
        assertThat(taken / flux).as("%.1f in %s", centre, m.frame()).isBetween(-0.03, 0.03);
      }
    }
    assertThat(lines).isGreaterThanOrEqualTo(LINES.length);
  }

  /** Each fibre has emission on one or two of the sky lines. */
  private static boolean isOwn(double centre, int k) {
    return Arrays.binarySearch(LINES, centre) % block.length == k;
  }

  @Test
  void theTablesHaveTheLeakageOfObjectsOfTheSamePlate() {
    List<Double> smi = new ArrayList<>();
    for (List<FibreResult> fibres : without.values()) {
      for (FibreResult f : fibres) {
        double leak = f.skies().get(Method.SMI).statistics().value(Metric.LEAK);
        assertThat(Double.isFinite(f.skies().get(Method.SUPER).statistics().value(Metric.LEAK)))
            .isEqualTo(Double.isFinite(leak));
        if (Double.isFinite(leak)) {
          assertThat(f.verdict().heldOut()).isTrue();
          smi.add(Math.abs(leak));
        } else {
          assertThat(f.verdict().heldOut() && f.flag() == FibreFlag.GOOD).isFalse();
        }
      }
    }
    assertThat(smi).hasSizeGreaterThan(10);
    assertThat(RobustStatistics.median(smi.stream().mapToDouble(v -> v).toArray())).isLessThan(0.5);
  }
}
