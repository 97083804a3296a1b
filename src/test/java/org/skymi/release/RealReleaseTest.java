package org.skymi.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skymi.SharedData;
import org.skymi.fits.ReleaseSpectrumReader;
import org.skymi.math.RobustStatistics;
import org.skymi.math.RunningMedian;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;
import org.skymi.sky.judge.SkyEstimate;
import org.skymi.smi.ReductionOptions;
import org.skymi.survey.ReleaseSpectrum;

/** What is done to real spectra, in ../shared. */
class RealReleaseTest {
  private static List<ReleaseSpectrum> dr1;
  private static List<FibreResult> corrected;

  @BeforeAll
  static void correct() throws Exception {
    dr1 = read("dr1");
    corrected = reduce(dr1);
  }

  private static List<ReleaseSpectrum> read(String release) throws Exception {
    List<ReleaseSpectrum> spectra = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(SharedData.path("lamost/" + release))) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        spectra.add(ReleaseSpectrumReader.read(path.toString(), Files.readAllBytes(path)));
      }
    }
    return spectra;
  }

  private static List<FibreResult> reduce(List<ReleaseSpectrum> spectra) {
    return new ReleaseReduction(ReductionOptions.defaults()).reduce(spectra, List.of()).fibres();
  }

  /** Scatter of the touched pixels around the continuum as released, in standard errors. */
  private static double scatter(ReleaseSpectrum s, SkyEstimate taken, boolean after) {
    double[] flux = new double[s.pixelCount()];
    for (int p = 0; p < flux.length; p++) {
      flux[p] = s.ivar()[p] > 0 ? s.flux()[p] : Double.NaN;
    }
    double[] continuum = RunningMedian.of(flux, GriddedSpectrum.CONTINUUM_HALF);
    double[] chi = new double[flux.length];
    for (int p = 0; p < flux.length; p++) {
      double r = flux[p] - continuum[p] - (after ? taken.sky()[p] : 0);
      chi[p] = taken.ivar()[p] > 0 ? r * Math.sqrt(s.ivar()[p]) : Double.NaN;
    }
    return RobustStatistics.nmad(chi);
  }

  /** Its sky is subtracted well, and its faint spectra have nothing to gain. */
  @Test
  void dr7IsLeftAlone() throws Exception {
    for (FibreResult fibre : reduce(read("dr7"))) {
      assertThat(fibre.fallsBack()).isTrue();
      assertThat(fibre.skies().get(Method.MEMORY).sky()).containsOnly(0);
    }
  }

  @Test
  void dr1IsCorrected() {
    int faint = 0;
    int better = 0;
    double[] before = new double[corrected.size()];
    double[] after = new double[corrected.size()];
    for (FibreResult fibre : corrected) {
      int i = fibre.fibreIndex();
      SkyEstimate taken = fibre.skies().get(Method.MEMORY);
      before[i] = fibre.skies().get(Method.SUPER).statistics().value(Metric.POISSON_RATIO);
      after[i] = taken.statistics().value(Metric.POISSON_RATIO);
      double signalToNoise = fibre.verdict().signalToNoise();
      if (signalToNoise >= 10 && signalToNoise < 25) {
        faint++;
        boolean falls = scatter(dr1.get(i), taken, true) < scatter(dr1.get(i), taken, false);
        better += falls ? 1 : 0;
      }
    }
    assertThat(faint).isEqualTo(83);
    assertThat(better).isGreaterThan(80);
    assertThat(RobustStatistics.median(before)).isGreaterThan(1.5);
    assertThat(RobustStatistics.median(after)).isLessThan(0.88);
  }

  /** The median over spectra of the rms over noise falls in every window. */
  @Test
  void noWindowOfDr1IsWorseThanBefore() {
    int windows = TopocentricGrid.lines().size();
    double[][] before = new double[windows][dr1.size()];
    double[][] after = new double[windows][dr1.size()];
    boolean[] touched = new boolean[windows];
    for (int i = 0; i < dr1.size(); i++) {
      GriddedSpectrum s = new GriddedSpectrum(dr1.get(i));
      float[] sky = corrected.get(i).skies().get(Method.MEMORY).sky();
      for (int k = 0; k < TopocentricGrid.SIZE; k++) {
        int w = TopocentricGrid.window(k);
        if (w >= 0 && s.knows(k)) {
          double taken = sky[s.pixel(k)];
          touched[w] |= taken != 0;
          before[w][i] += s.excess[k] * s.excess[k] / s.variance[k];
          after[w][i] += (s.excess[k] - taken) * (s.excess[k] - taken) / s.variance[k];
        }
      }
    }
    int seen = 0;
    for (int w = 0; w < windows; w++) {
      if (touched[w]) {
        seen++;
        double ratio = median(after[w]) / median(before[w]);
        assertThat(Math.sqrt(ratio)).as(TopocentricGrid.lines().get(w).toString()).isLessThan(1.02);
      }
    }
    assertThat(seen).isGreaterThan(80);
  }

  /** No spectrum, however bright, loses more than a part of the sky that its noise tells of. */
  @Test
  void whatIsTakenFollowsTheSkyAndNotTheStar() {
    List<Double> bright = new ArrayList<>();
    List<Double> faint = new ArrayList<>();
    for (FibreResult fibre : corrected) {
      double most = 0;
      for (float v : fibre.skies().get(Method.MEMORY).sky()) {
        most = Math.max(most, Math.abs(v));
      }
      if (fibre.verdict().signalToNoise() > 50) {
        bright.add(most);
      } else if (fibre.verdict().signalToNoise() < 15) {
        faint.add(most);
      }
    }
    // The stars are ten times as bright.
    assertThat(median(bright)).isLessThan(2.5 * median(faint));
  }

  /** The median over spectra that have the window. */
  private static double median(double[] sums) {
    return RobustStatistics.median(Arrays.stream(sums).filter(v -> v > 0).toArray());
  }

  private static double median(List<Double> values) {
    return RobustStatistics.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
