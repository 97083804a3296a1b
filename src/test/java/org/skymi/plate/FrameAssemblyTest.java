package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.skymi.sky.frame.SkyLines;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.FrameResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;
import org.skymi.smi.ReductionOptions;
import org.skymi.survey.Arm;
import org.skymi.survey.Coadd;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.PlateId;
import org.skymi.survey.Pointing;
import org.skymi.survey.SkySpectrum;

/** Frames assembled from spectra whose skies and objects are known. */
class FrameAssemblyTest {
  private static final int FIRST = 37500;
  private static final int PIXELS = 2000;

  /** Variance of a unit of flux. */
  private static final double PHOTONS = 0.012;

  private static final double READ = 0.01;

  private final List<SkySpectrum> spectra = spectra(14);

  @Test
  void recordedLightIsObjectAndSky() {
    Frame frame = new FrameAssembly(spectra).frame(Arm.RED).orElseThrow();
    Coadd coadd = frame.coadd().orElseThrow();
    assertThat(frame.unit()).isEqualTo("1e-17 erg/s/cm2/Angstrom");
    assertThat(frame.fibreCount()).isEqualTo(spectra.size());
    assertThat(frame.fibres().showsSky(3)).isTrue();
    assertThat(frame.fibres().type()[3]).isEqualTo(FibreType.OBJECT);
    SkySpectrum s = spectra.get(3);
    int offset = s.first() - FIRST;
    int p = place(frame.wavelength()[3], s.wavelength()[1200]);
    assertThat(frame.wavelength()[3][p]).isEqualTo(s.wavelength()[1200]);
    assertThat(frame.flux()[3][p]).isEqualTo(s.flux()[1200] + s.sky()[1200]);
    assertThat((double) coadd.object()[3][p]).isCloseTo(object(3), within(0.15));
    assertThat((double) coadd.photonVariance()[p]).isCloseTo(PHOTONS, within(0.002));
    assertThat(offset).isEqualTo(1);
    // Where a spectrum does not reach, others do.
    int last = frame.pixelCount() - 1;
    assertThat(frame.ivar()[0][last]).isZero();
    assertThat(frame.wavelength()[0][last]).isGreaterThan(frame.wavelength()[0][last - 1]);
  }

  @Test
  void eachFibresSkyComesFromTheOthers() throws IOException {
    Map<FrameId, Frame> frames = new TreeMap<>();
    Frame frame = new FrameAssembly(spectra).frame(Arm.RED).orElseThrow();
    frames.put(frame.id(), frame);
    List<FrameResult> results = new ArrayList<>();
    new PlateReduction(ReductionOptions.defaults().with(1, EnumSet.of(Method.SUPER, Method.MEMORY)))
        .reduce(PlateFrames.of(frames), results::add);
    assertThat(results).hasSize(1);
    for (FibreResult fibre : results.get(0).fibres()) {
      assertThat(fibre.verdict().heldOut()).isTrue();
      assertThat(fibre.skies()).containsKeys(Method.SURVEY, Method.SUPER, Method.MEMORY);
      double survey = fibre.skies().get(Method.SURVEY).statistics().value(Metric.CHI_NMAD);
      double memory = fibre.skies().get(Method.MEMORY).statistics().value(Metric.CHI_NMAD);
      assertThat(survey).isCloseTo(1, within(0.2));
      assertThat(memory).isCloseTo(survey, within(0.15));
      // What was recorded is given with the object in it.
      float recorded = fibre.recorded().flux()[700];
      assertThat(recorded).isEqualTo(frame.flux()[fibre.fibreIndex()][700]);
    }
  }

  /** Neither the components of its fold's skies nor how much of them is expected. */
  @Test
  void ofAFibreThatIsHeldOutNothingIsLearnt() throws IOException {
    int wild = 3;
    Frame changed = assembled();
    Random random = new Random(1);
    for (int p = 0; p < changed.pixelCount(); p++) {
      changed.flux()[wild][p] = (float) (3 * changed.flux()[wild][p] + random.nextGaussian());
    }
    FrameResult was = reduced(assembled());
    FrameResult is = reduced(changed);
    boolean hasCompany = false;
    for (int r = 0; r < was.recipes().size(); r++) {
      Set<Integer> rows = was.recipes().get(r).fibres().keySet();
      double[][] components = was.recipes().get(r).frame().components();
      assertThat(components).isNotEmpty();
      assertThat(Arrays.deepEquals(is.recipes().get(r).frame().components(), components))
          .isEqualTo(rows.contains(wild));
      for (int i : rows) {
        if (i != wild) {
          assertThat(Arrays.equals(full(is, i), full(was, i)))
              .as("fibre %d", i)
              .isEqualTo(rows.contains(wild));
          hasCompany |= rows.contains(wild);
        }
      }
    }
    assertThat(hasCompany).isTrue();
  }

  private static FrameResult reduced(Frame frame) throws IOException {
    List<FrameResult> results = new ArrayList<>();
    new PlateReduction(ReductionOptions.defaults().with(1, EnumSet.of(Method.SUPER, Method.FULL)))
        .reduce(PlateFrames.of(Map.of(frame.id(), frame)), results::add);
    return results.get(0);
  }

  private static float[] full(FrameResult result, int fibre) {
    return result.fibres().get(fibre).sky(Method.FULL).orElseThrow().sky();
  }

  /** A frame of co-added spectra. */
  static Frame assembled() {
    return new FrameAssembly(spectra(14)).frame(Arm.RED).orElseThrow();
  }

  private static int place(double[] wavelength, double x) {
    int p = 0;
    while (wavelength[p] < x) {
      p++;
    }
    return p;
  }

  private static double object(int fibre) {
    return 1 + 0.3 * fibre;
  }

  private static double sky(double x) {
    double sky = 2;
    for (var w : SkyLines.windows(Instrument.LAMOST.arm(Arm.RED))) {
      sky += 10 * Math.exp(-0.5 * Math.pow((x - w.centre()) / 1.7, 2));
    }
    return sky;
  }

  private static List<SkySpectrum> spectra(int n) {
    Random random = new Random(3);
    List<SkySpectrum> spectra = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int first = FIRST + i % 2;
      double[] x = new double[PIXELS];
      float[] flux = new float[PIXELS];
      float[] sky = new float[PIXELS];
      float[] ivar = new float[PIXELS];
      for (int p = 0; p < PIXELS; p++) {
        x[p] = Math.pow(10, (first + p) * 1e-4);
        sky[p] = (float) sky(x[p]);
        double variance = READ + PHOTONS * (sky[p] + object(i));
        flux[p] = (float) (object(i) + Math.sqrt(variance) * random.nextGaussian());
        ivar[p] = (float) (1 / variance);
      }
      spectra.add(
          new SkySpectrum(
              new PlateId("SDSS-3655", 55240),
              1,
              10 * i + 1,
              new Pointing("", 4502, 110, 40, Double.NaN, Double.NaN, Double.NaN),
              FibreType.OBJECT,
              "QSO",
              110,
              40,
              0.1 * i - 0.5,
              0.05 * i,
              20,
              "1e-17 erg/s/cm2/Angstrom",
              first,
              x,
              flux,
              sky,
              ivar,
              new int[PIXELS]));
    }
    return spectra;
  }
}
