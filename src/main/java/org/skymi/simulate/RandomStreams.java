package org.skymi.simulate;

import java.util.SplittableRandom;
import org.skymi.survey.Arm;

/**
 * Independent random streams by identity: the same seed and identity give the same stream, whatever
 * else was drawn before. So a frame does not depend on which frames were made before it.
 */
final class RandomStreams {
  private final long key;

  private RandomStreams(long key) {
    this.key = key;
  }

  /** The streams of a design. */
  static RandomStreams of(PlateDesign design) {
    return of(design.seed()).with(design.planId()).with(design.lmjd());
  }

  /** The streams of a seed. */
  static RandomStreams of(long seed) {
    return new RandomStreams(mix(seed));
  }

  /** The streams below a name. */
  RandomStreams with(String name) {
    long hash = 0xcbf29ce484222325L; // FNV-1a: unlike Object hashes, the same in every JVM
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return new RandomStreams(mix(key ^ mix(hash)));
  }

  /** The streams below a number. */
  RandomStreams with(long number) {
    return new RandomStreams(mix(key + mix(number + 0x632be59bd9b4e019L)));
  }

  /** The streams below an enum's constant. */
  RandomStreams with(Enum<?> constant) {
    return with(constant.name());
  }

  /** The streams below an arm. */
  RandomStreams with(Arm arm) {
    return with(arm.name());
  }

  /** The stream at this place, from its beginning. */
  SplittableRandom stream() {
    return new SplittableRandom(key);
  }

  /** One normal deviate that belongs to this place. */
  double gaussian() {
    return stream().nextGaussian();
  }

  /** One uniform deviate that belongs to this place. */
  double uniform(double low, double high) {
    return low + (high - low) * stream().nextDouble();
  }

  /** The finaliser of SplittableRandom (Stafford's variant 13 of MurmurHash3). */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
