package org.skymi.plate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skymi.math.Increasing;
import org.skymi.math.PhotonNoise;
import org.skymi.math.RobustStatistics;
import org.skymi.survey.Arm;
import org.skymi.survey.Coadd;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.SkySpectrum;

/**
 * Frames made of the co-added spectra of one spectrograph's fibres: what was recorded is object and
 * subtracted sky together, one row a fibre, cut into the instrument's arms.
 *
 * <p>A fibre shows sky where its object's smooth light is taken off: a running median of the
 * released flux, wide against the lines of sky and object. That light is as good as the survey's
 * own subtraction of the sky's continuum; lines are not touched by it.
 */
public final class FrameAssembly {
  /** Pixels on either side of the running median, and from one to the next. */
  private static final int HALF = 50;

  private static final int STRIDE = 10;

  private final List<SkySpectrum> spectra;
  private final int first;
  private final int width;

  /**
   * @param spectra of one plate and spectrograph, in order of fibre, on one grid; at least one
   */
  public FrameAssembly(List<SkySpectrum> spectra) {
    this.spectra = spectra;
    this.first = spectra.stream().mapToInt(SkySpectrum::first).min().orElseThrow();
    this.width =
        spectra.stream().mapToInt(s -> s.first() + s.pixelCount()).max().orElseThrow() - first;
  }

  /** The frame of an arm; empty if no spectrum reaches into it. */
  public Optional<Frame> frame(Arm arm) {
    int n = spectra.size();
    double[][] wavelength = new double[n][];
    for (int i = 0; i < n; i++) {
      wavelength[i] = wavelength(spectra.get(i));
    }
    Instrument instrument = Instrument.of(spectra.get(0).plate());
    Instrument.Optics optics = instrument.arm(arm);
    boolean isLast = arm.ordinal() == instrument.arms().size() - 1;
    int from = arm.ordinal() == 0 ? 0 : Increasing.firstFrom(wavelength[0], optics.low());
    int to = isLast ? width : Increasing.firstFrom(wavelength[0], optics.high());
    if (from >= to) {
      return Optional.empty();
    }
    float[][] object = new float[n][];
    float[][] recorded = new float[n][];
    float[][] ivar = new float[n][];
    float[][] sky = new float[n][];
    int[][] mask = new int[n][];
    for (int i = 0; i < n; i++) {
      SkySpectrum s = spectra.get(i);
      object[i] = row(object(s), s, 0);
      recorded[i] = row(s.flux(), s, 0);
      ivar[i] = row(s.ivar(), s, 0);
      sky[i] = row(s.sky(), s, 0);
      mask[i] = new int[width];
      System.arraycopy(s.mask(), 0, mask[i], s.first() - first, s.pixelCount());
      for (int p = 0; p < width; p++) {
        recorded[i][p] += sky[i][p];
        sky[i][p] = ivar[i][p] > 0 ? sky[i][p] : Float.NaN;
      }
      wavelength[i] = Arrays.copyOfRange(wavelength[i], from, to);
      object[i] = Arrays.copyOfRange(object[i], from, to);
      recorded[i] = Arrays.copyOfRange(recorded[i], from, to);
      ivar[i] = Arrays.copyOfRange(ivar[i], from, to);
      sky[i] = Arrays.copyOfRange(sky[i], from, to);
      mask[i] = Arrays.copyOfRange(mask[i], from, to);
    }
    SkySpectrum one = spectra.get(0);
    return Optional.of(
        new Frame(
            new FrameId(one.plate(), 0, one.spectrograph(), arm),
            one.pointing(),
            fibres(),
            recorded,
            ivar,
            mask,
            wavelength,
            Optional.of(new Coadd(one.unit(), object, sky, PhotonNoise.variance(recorded, ivar)))));
  }

  private float[] row(float[] values, SkySpectrum s, float empty) {
    float[] row = new float[width];
    Arrays.fill(row, empty);
    System.arraycopy(values, 0, row, s.first() - first, values.length);
    return row;
  }

  /** A spectrum's wavelengths with those that go on at both ends. */
  private double[] wavelength(SkySpectrum s) {
    double[] own = s.wavelength();
    int n = own.length;
    double ratio = n < 2 ? 1 : Math.pow(own[n - 1] / own[0], 1.0 / (n - 1));
    double[] wavelength = new double[width];
    int offset = s.first() - first;
    for (int p = 0; p < width; p++) {
      int k = p - offset;
      wavelength[p] =
          k < 0
              ? own[0] * Math.pow(ratio, k)
              : k < n ? own[k] : own[n - 1] * Math.pow(ratio, k - n + 1);
    }
    return wavelength;
  }

  private FibreMap fibres() {
    FibreMap map = FibreMap.ofSize(spectra.size());
    for (int i = 0; i < spectra.size(); i++) {
      SkySpectrum s = spectra.get(i);
      map.fibreId()[i] = s.fibreId();
      map.type()[i] = s.type();
      map.objectType()[i] = s.objectType();
      map.ra()[i] = s.ra();
      map.dec()[i] = s.dec();
      map.x()[i] = s.x();
      map.y()[i] = s.y();
      map.magnitude()[i] = s.magnitude();
      map.separated()[i] = true;
    }
    return map;
  }

  private static float[] object(SkySpectrum s) {
    return s.type() == FibreType.SKY ? new float[s.pixelCount()] : smooth(s.flux(), s.ivar());
  }

  /**
   * Running median, a straight line from one to the next: what of a spectrum is smooth.
   *
   * @param values {@code [nPixel]}
   * @param ivar 0 where they are not to be used
   */
  public static float[] smooth(float[] values, float[] ivar) {
    int n = values.length;
    float[] smooth = new float[n];
    int last = -1;
    for (int p = 0; p < n + STRIDE - 1; p += STRIDE) {
      int centre = Math.min(p, n - 1);
      double[] window = new double[2 * HALF + 1];
      Arrays.fill(window, Double.NaN);
      for (int q = Math.max(0, centre - HALF); q <= Math.min(n - 1, centre + HALF); q++) {
        window[q - centre + HALF] = ivar[q] > 0 ? values[q] : Double.NaN;
      }
      double median = RobustStatistics.median(window);
      smooth[centre] = Double.isNaN(median) ? last < 0 ? 0 : smooth[last] : (float) median;
      for (int q = last + 1; q < centre && last >= 0; q++) {
        float f = (float) (q - last) / (centre - last);
        smooth[q] = smooth[last] + f * (smooth[centre] - smooth[last]);
      }
      last = centre;
    }
    return smooth;
  }
}
