package org.skymi.sky.judge;

import java.util.Optional;
import org.skymi.sky.calibrate.FibreFlag;

/**
 * What was estimated for one fibre of one frame.
 *
 * @param fibreIndex row of the frame's images
 * @param flag why the fibre was set aside, or {@code GOOD}
 * @param signalToNoise median of (flux - sky)/sigma per pixel
 * @param throughput relative to the spectrograph's mean sky fibre
 * @param throughputError its standard error
 * @param shift wavelength-solution error at the middle of the arm's sky lines, Angstrom: lines sit
 *     at true + shift
 * @param shiftError its standard error
 * @param shiftSlope change of the shift across the arm, Angstrom from end to end
 * @param widthChange second moment of the fibre's line spread minus its spectrograph's, Angstrom^2
 * @param widthError its standard error
 * @param lines number of line windows used
 * @param heldOut whether the statistics are of an estimate that never saw this fibre (sky fibres)
 * @param fallback whether SMI's sky is Super Sky's, because SMI was not better on held-out fibres
 * @param networkSteps training steps that the networks behind SMI's sky kept; 0: its coefficients
 *     are the classical ones
 * @param flux what the skies are judged against, electron, {@code [nPixel]}: as recorded, less
 *     cross-talk; for released spectra as released
 * @param fluxIvar its inverse variance, {@code [nPixel]}, 0 where unusable; of a sky fibre the
 *     photon noise of SMI's sky and the read noise, so that noise in {@code flux} is not in it
 * @param superSky the survey pipelines' method
 * @param superSkyFull Super Sky with every classical correction, if asked for
 * @param smi this project's method
 */
public record FibreResult(
    int fibreIndex,
    FibreFlag flag,
    double signalToNoise,
    double throughput,
    double throughputError,
    double shift,
    double shiftError,
    double shiftSlope,
    double widthChange,
    double widthError,
    int lines,
    boolean heldOut,
    boolean fallback,
    int networkSteps,
    float[] flux,
    float[] fluxIvar,
    SkyEstimate superSky,
    Optional<SkyEstimate> superSkyFull,
    SkyEstimate smi) {}
