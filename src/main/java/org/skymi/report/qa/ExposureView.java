package org.skymi.report.qa;

/**
 * An exposure of a plate, or its released spectra. NaN where nothing is known.
 *
 * @param night YYYYMMDD
 * @param planId plan of the plate
 * @param lmjm local modified Julian minute; 0 for released spectra
 * @param mjd start, UTC, d
 * @param exposureTime s
 * @param airmass at the start
 * @param moonPhase illuminated fraction
 * @param moonSeparation deg
 * @param spectrographs number that recorded it
 * @param spectra number of fibre spectra in all frames
 * @param skiesUsed sky fibres used in all frames
 * @param skiesRejected sky fibres set aside
 * @param fallbacks spectra whose SMI sky is Super Sky's
 * @param brightness median sky of held-out sky fibres, electron/s/pixel at throughput 1, by {@link
 *     org.skymi.survey.SkyBand#ordinal()}
 * @param skyFibres fibres behind {@code brightness}
 */
public record ExposureView(
    int night,
    String planId,
    int lmjm,
    double mjd,
    double exposureTime,
    double airmass,
    double moonPhase,
    double moonSeparation,
    long spectrographs,
    long spectra,
    long skiesUsed,
    long skiesRejected,
    long fallbacks,
    double[] brightness,
    long skyFibres) {}
