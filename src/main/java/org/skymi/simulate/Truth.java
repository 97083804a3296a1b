package org.skymi.simulate;

/**
 * What is true of a simulated frame, by fibre in the frame's order.
 *
 * @param throughput relative to an ideal fibre, at 6350 Angstrom; 0 for dead fibres
 * @param colour relative change of throughput from 6350 to 9050 Angstrom (the same from 6350 down
 *     to 3650): t(w) = throughput (1 + colour (w - 6350)/2700)
 * @param shift wavelength-solution error at the arm's middle, Angstrom: lines sit at true + shift,
 *     as in {@code FibreResult.shift}; docs/method.md's d_i is -shift
 * @param shiftSlope change of the shift across the arm, Angstrom from end to end
 * @param lineWidth FWHM of the line spread function at the arm's middle, Angstrom
 * @param crossTalk1 share of an adjoining fibre's electrons that a fibre receives on top of its
 *     own, at the arm's middle
 * @param crossTalk2 the same for the next fibre but one
 * @param crossTalkSlope both change by the factor 1 + crossTalkSlope·u with u from -1 to 1 along
 *     the arm's pixels
 * @param contaminated sky fibres with object light
 * @param object noiseless light of the fibre's object, electron, {@code [nFibre][nPixel]};
 *     cross-talk not included
 */
public record Truth(
    double[] throughput,
    double[] colour,
    double[] shift,
    double[] shiftSlope,
    double[] lineWidth,
    double crossTalk1,
    double crossTalk2,
    double crossTalkSlope,
    boolean[] contaminated,
    float[][] object) {}
