package org.skymi.sky.frame;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.skymi.math.Increasing;
import org.skymi.survey.SkyBand;

/** A sky on a fibre's native pixels. Not for several threads at once. */
public final class Sky {
  private final float[] flux;
  private final Supplier<float[]> source;

  /** Null until asked for. */
  private float[] ivar;

  private Sky(float[] flux, Supplier<float[]> source, float[] ivar) {
    this.flux = flux;
    this.source = source;
    this.ivar = ivar;
  }

  /**
   * @param flux electron, {@code [nPixel]}, NaN where there is no estimate
   * @param ivar its inverse variance, electron^-2, {@code [nPixel]}, 0 where there is no estimate
   */
  public Sky(float[] flux, float[] ivar) {
    this(flux, null, ivar);
  }

  /** The same where the inverse variance is made when somebody asks: of most skies nobody does. */
  public static Sky of(float[] flux, Supplier<float[]> ivar) {
    return new Sky(flux, ivar, null);
  }

  /** Electron, {@code [nPixel]}, NaN where there is no estimate. */
  public float[] flux() {
    return flux;
  }

  /** Its inverse variance, electron^-2, {@code [nPixel]}, 0 where there is no estimate. */
  public float[] ivar() {
    if (ivar == null) {
      ivar = source.get();
    }
    return ivar;
  }

  /** No estimate for any pixel. */
  public static Sky unknown(int pixels) {
    float[] nothing = new float[pixels];
    Arrays.fill(nothing, Float.NaN);
    return new Sky(nothing, new float[pixels]);
  }

  /**
   * Mean by {@link SkyBand#ordinal()}; NaN for other bands, or those that the wavelengths don't
   * hold.
   *
   * @param bands of the instrument
   */
  public double[] bandMeans(List<SkyBand> bands, double[] wavelength) {
    double[] means = new double[SkyBand.all().size()];
    Arrays.fill(means, Double.NaN);
    for (SkyBand band : bands) {
      // The arms overlap outside all bands, so a band belongs to the arm that has all of it.
      if (!band.isWithin(wavelength)) {
        continue;
      }
      double sum = 0;
      int count = 0;
      int first = Increasing.firstFrom(wavelength, band.low());
      for (int p = first; p < flux.length && band.contains(wavelength[p]); p++) {
        if (Float.isFinite(flux[p])) {
          sum += flux[p];
          count++;
        }
      }
      means[band.ordinal()] = count > 0 ? sum / count : Double.NaN;
    }
    return means;
  }
}
