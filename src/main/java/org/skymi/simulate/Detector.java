package org.skymi.simulate;

import java.util.SplittableRandom;
import org.skymi.survey.FibreType;
import org.skymi.survey.MaskBit;

/** From light on the detector to extracted electrons: noise, cosmic rays, masks. */
final class Detector {
  /** Variance of read noise per extracted pixel, electron^2: 12 detector pixels of 4 electrons. */
  static final double READ_VARIANCE = 192;

  /** Extracted electrons beyond which a pixel is saturated. */
  static final double FULL_WELL = 200_000;

  private static final double HITS_PER_PIXEL = 7e-4; // in 1800 s; a hit spoils about two pixels
  private static final double FLAGGED = 0.9;

  private final PlateDesign design;
  private final RandomStreams streams;

  Detector(PlateDesign design, RandomStreams streams) {
    this.design = design;
    this.streams = streams;
  }

  /**
   * Exposes one fibre: adds noise and cosmic rays to its light and says what a pipeline would know.
   *
   * @param flux electron, noiseless light in, recorded electrons out
   * @param ivar filled: 1/(max(flux, 0) + read variance), 0 where the mask says unusable
   * @param mask filled
   */
  void expose(int fibre, FibreType type, float[] flux, float[] ivar, int[] mask) {
    if (design.has(Effect.NOISE)) {
      SplittableRandom noise = streams.with("noise").with(fibre).stream();
      for (int p = 0; p < flux.length; p++) {
        // Read noise makes photon noise near enough normal even at a few electrons.
        flux[p] += (float) (Math.sqrt(flux[p] + READ_VARIANCE) * noise.nextGaussian());
      }
    }
    if (design.has(Effect.COSMIC_RAYS)) {
      addCosmicRays(streams.with("cosmic rays").with(fibre).stream(), flux, mask);
    }
    for (int p = 0; p < flux.length; p++) {
      if (type == FibreType.DEAD) {
        mask[p] |= MaskBit.DEAD_FIBRE.value();
      }
      if (flux[p] > FULL_WELL) {
        flux[p] = (float) FULL_WELL;
        mask[p] |= MaskBit.SATURATED.value();
      }
      ivar[p] = mask[p] != 0 ? 0 : (float) (1 / (Math.max(flux[p], 0) + READ_VARIANCE));
    }
  }

  private void addCosmicRays(SplittableRandom random, float[] flux, int[] mask) {
    double mean = HITS_PER_PIXEL * flux.length * design.exposureTime() / 1800;
    int hits = poisson(random, mean);
    for (int h = 0; h < hits; h++) {
      int at = random.nextInt(flux.length);
      int length = 1 + random.nextInt(3);
      double charge = 150 - 1200 * Math.log(1 - random.nextDouble());
      boolean flagged = random.nextDouble() < FLAGGED;
      for (int p = at; p < Math.min(flux.length, at + length); p++) {
        flux[p] += (float) (charge * (0.5 + random.nextDouble()));
        if (flagged) {
          mask[p] |= MaskBit.COSMIC_RAY.value();
        }
      }
    }
  }

  /** By Knuth's products; the mean is a few. */
  private static int poisson(SplittableRandom random, double mean) {
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }
}
