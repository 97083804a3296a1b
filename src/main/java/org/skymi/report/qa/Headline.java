package org.skymi.report.qa;

/**
 * A metric of both methods: the median of a night's, or a campaign's, judged spectra.
 *
 * @param night YYYYMMDD; 0 for the whole campaign
 * @param arm {@code b}, {@code r} or {@code c}
 * @param metric which
 * @param superSky of Super Sky, NaN if not defined
 * @param smi of SMI
 * @param spectra judged
 */
public record Headline(
    int night,
    String arm,
    org.skymi.sky.judge.Metric metric,
    double superSky,
    double smi,
    long spectra) {}
