package org.skymi.sky.supersky;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skymi.fits.DesiFrameWriter;
import org.skymi.fits.FitsRejection;
import org.skymi.fits.FrameReader;
import org.skymi.math.RobustStatistics;
import org.skymi.simulate.Effect;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.LineWidths;

/**
 * A frame of DESI whose fibres differ by their line widths only, with and without its RESOLUTION,
 * through the file, against the truth.
 */
class StatedWidthsTest {
  private static final int FIBRES = 40;

  private static SimulatedFrame simulated;
  private static Frame stated;

  @BeforeAll
  static void oneFrameOfTheGuide() throws IOException, FitsRejection {
    PlateDesign design =
        PlateDesign.of("DESI-9", 58100, 3)
            .withFibres(FIBRES)
            .withMoon(Moon.DARK)
            .without(EnumSet.complementOf(EnumSet.of(Effect.LINE_WIDTHS)).toArray(Effect[]::new));
    PlateSimulator simulator = new PlateSimulator(design);
    FrameId id =
        simulator.ids().stream()
            .filter(i -> i.arm() == Instrument.DESI.guide())
            .findFirst()
            .orElseThrow();
    simulated = simulator.frame(id);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DesiFrameWriter.write(simulated.frame(), Optional.empty(), out);
    stated = FrameReader.read(DesiFrameWriter.name("frame", id) + ".fits", out.toByteArray());
  }

  @Test
  void whatIsWrittenOfWidthsIsRead() {
    LineWidths written = simulated.frame().widths();
    for (int i = 0; i < FIBRES; i++) {
      for (double w = 7600; w < 9800; w += 50) {
        assertThat(stated.widths().at(i, w) / written.at(i, w)).isBetween(0.985, 1.015);
      }
    }
  }

  @Test
  void linesOfFibresAreNearerToTheTruth() {
    double with = errorInLines(stated);
    double without = errorInLines(stated.withWidths(LineWidths.NONE));
    assertThat(with).isLessThan(0.04).isLessThan(0.9 * without);
  }

  /** Median over fibres of the root mean square error in lines, share of the sky's in them. */
  private static double errorInLines(Frame frame) {
    CleanFrame clean = CleanFrame.of(frame);
    CleanFrame[] frames = new CleanFrame[Instrument.DESI.arms().size()];
    frames[frame.id().arm().ordinal()] = clean;
    boolean[] all = new boolean[FIBRES];
    Arrays.fill(all, true);
    SpectrographSky sky = SpectrographSky.analyse(frames, frame.fibres(), all);
    ArmSky arm = sky.arm(frame.id().arm()).orElseThrow();
    double[] errors = new double[FIBRES];
    for (int i = 0; i < FIBRES; i++) {
      float[] estimate = SuperSky.full(sky, arm, i, clean.wavelength(i)).flux();
      float[] truth = simulated.truthSky()[i];
      double square = 0;
      double light = 0;
      for (int p = 0; p < truth.length; p++) {
        double w = clean.wavelength(i)[p];
        if (clean.grid().covers(w) && clean.grid().windowAt(w) >= 0) {
          square += Math.pow(estimate[p] - truth[p], 2);
          light += Math.pow(truth[p], 2);
        }
      }
      errors[i] = clean.isDead(i) ? Double.NaN : Math.sqrt(square / light);
    }
    return RobustStatistics.median(errors);
  }
}
