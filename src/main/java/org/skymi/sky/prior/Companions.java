package org.skymi.sky.prior;

import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.skymi.math.BandedNormal;
import org.skymi.sky.frame.SkyGrid;

/**
 * What the other spectrographs of an exposure say of a spectrograph's sky: theirs, all sky fibres
 * of theirs together, as far as the skies of an exposure's spectrographs are alike. None of its own
 * sky fibres has a say in it, so that one of it serves every fold.
 */
public final class Companions {
  /**
   * Chi-square by which a spectrograph's own sky fibres may like a sky less than without the
   * others, for each coefficient: 0.01 to 0.4 where skies are alike.
   */
  private static final double LIKELY = 1;

  private final SkyPrior prior;
  private final SkyGrid grid;

  /** The others' sky in units of the first of them, spline coefficients. */
  private final double[] mean;

  private final double[] continuum;
  private final SkyFit.Expected expected;

  private Companions(SkyPrior prior, Likeness likeness, SkyGrid grid, BandedNormal sum) {
    this.prior = prior;
    this.grid = grid;
    SkyFit pooled = prior.solve(grid, sum);
    mean = pooled.sky();
    double[] rough = pooled.of(prior.basis().components());
    continuum = grid.continuum(rough);
    double[] level = SkyPrior.level(rough);
    double[] tight = prior.tight(rough, sum);
    BandedNormal known = sum.copy();
    known.addDiagonal(tight);
    // What is known of the others' sky, loosened by what its own is off that: (K⁻¹ + S)⁻¹, nearly.
    double[] loose = new double[mean.length];
    double[] held = new double[mean.length];
    for (int k = 0; k < mean.length; k++) {
      double own = likeness.slack()[k] * level[k];
      loose[k] = 1 / Math.sqrt(1 + known.diagonal(k) * own * own);
      held[k] = loose[k] * loose[k] * (2 * sum.diagonal(k) + tight[k]);
    }
    SimpleMatrix covariance = SimpleMatrix.diag(likeness.variances(prior, grid, mean));
    DMatrixRMaj state = pooled.covariance();
    int[] ofState = Likeness.ofState(prior, grid);
    for (int a = 0; a < ofState.length; a++) {
      for (int c = 0; c < ofState.length; c++) {
        covariance.set(a, c, covariance.get(a, c) + state.get(ofState[a], ofState[c]));
      }
    }
    expected =
        new SkyFit.Expected(
            Likeness.columns(prior, grid, mean),
            SkyPrior.inverse(covariance),
            known.weighted(loose),
            held);
  }

  /**
   * What others say.
   *
   * @param prior of skies
   * @param grid the arm
   * @param others what each of the other spectrographs' sky fibres say of their sky
   * @return empty if there are none, or the prior doesn't know how alike they are
   */
  public static Optional<Companions> of(SkyPrior prior, SkyGrid grid, List<BandedNormal> others) {
    if (prior.likeness().isEmpty()) {
      return Optional.empty();
    }
    BandedNormal sum = new BandedNormal(grid.spline().size());
    double[] first = null;
    for (BandedNormal other : others) {
      double[] own = grid.continuum(prior.basis().project(other));
      double ratio = Likeness.ratio(own, first == null ? own : first);
      if (ratio > 0) {
        first = first == null ? own : first;
        sum.addScaled(other, ratio);
      }
    }
    return first == null
        ? Optional.empty()
        : Optional.of(new Companions(prior, prior.likeness().get(), grid, sum));
  }

  /**
   * The sky that a spectrograph's sky fibres and the others' together make most likely.
   *
   * @param normal what its own sky fibres say
   * @param alone the sky that these and the prior make most likely
   * @return empty if its own fibres contradict it, or can't be held against the others'
   */
  public Optional<SkyBasis.Projection> fit(BandedNormal normal, SkyBasis.Projection alone) {
    double[] own = grid.continuum(prior.basis().project(normal));
    double ratio = Likeness.ratio(own, continuum);
    if (!(ratio > 0)) {
      return Optional.empty();
    }
    BandedNormal scaled = new BandedNormal(mean.length);
    scaled.addScaled(normal, ratio);
    double[] right = scaled.rightHandSide();
    double[] there = scaled.times(mean);
    for (int k = 0; k < right.length; k++) {
      right[k] -= there[k];
    }
    SkyFit fit = new SkyFit(scaled, right, expected);
    double[] sky = new double[mean.length];
    double[] variance = new double[mean.length];
    for (int k = 0; k < sky.length; k++) {
      sky[k] = ratio * (mean[k] + fit.sky()[k]);
      variance[k] = ratio * ratio * fit.variance()[k];
    }
    boolean isLikely =
        normal.misfit(sky) - normal.misfit(alone.coefficients()) < LIKELY * sky.length;
    return isLikely
        ? Optional.of(new SkyBasis.Projection(sky, variance, alone.state()))
        : Optional.empty();
  }
}
