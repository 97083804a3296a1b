package org.skymi.sky.calibrate;

import java.util.ArrayList;
import java.util.List;
import org.skymi.math.NormalEquations;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.survey.Instrument;

/**
 * How much the fibres of a spectrograph differ in colour, from the continua of its sky fibres. What
 * a fibre's few lines in the blue say of its colour is known to a per cent, and is worth as much as
 * colours scatter: where they hardly do, it is noise that all of the blue continuum would have.
 */
public final class ColourScatter {
  /** To expect of an instrument, relative: DESI's twilight flats, its z arm over its r arm. */
  public static final double USUAL = 0.004;

  /** Sky fibres that this expectation is worth. */
  private static final int WORTH = 20;

  /** The most that is believed. */
  private static final double MOST = 0.012;

  /** Relative error of a bin of a continuum beyond its noise. */
  private static final double FLOOR = 0.01;

  private final Instrument.Span span;
  private final List<double[]> colours = new ArrayList<>();
  private NormalEquations fibre;

  /**
   * @param span over which a colour is meant, see {@link Throughput}
   */
  public ColourScatter(Instrument.Span span) {
    this.span = span;
    begin();
  }

  private void begin() {
    fibre = new NormalEquations(2);
    fibre.addPrior(0, 1, 1);
    fibre.addPrior(1, 0, 1);
  }

  /** Adds what an arm says of a fibre. */
  public void add(SkyGrid grid, float[] ratio, float[] error) {
    for (int bin = 0; bin < ratio.length; bin++) {
      if (!Float.isInfinite(error[bin])) {
        double[] row = {1, span.along(grid.wavelength(grid.middle(bin)))};
        fibre.add(row, 1 / (error[bin] * error[bin] + FLOOR * FLOOR), ratio[bin]);
      }
    }
  }

  /** Ends a fibre. */
  public void done() {
    NormalEquations.Solution solved = fibre.solve();
    double grey = solved.mean()[0];
    if (grey > 0) {
      double variance = solved.covariance()[1][1] / (grey * grey);
      colours.add(new double[] {solved.mean()[1] / grey, variance});
    }
    begin();
  }

  /** The scatter of the colours without their errors, relative. */
  public double value() {
    int n = colours.size();
    double variance = 0;
    if (n > 0) {
      double scatter = RobustStatistics.nmad(colours.stream().mapToDouble(c -> c[0]).toArray());
      double error = RobustStatistics.median(colours.stream().mapToDouble(c -> c[1]).toArray());
      variance = Math.max(0, scatter * scatter - error);
    }
    double expected = (WORTH * USUAL * USUAL + n * variance) / (WORTH + n);
    return Math.min(MOST, Math.sqrt(expected));
  }
}
