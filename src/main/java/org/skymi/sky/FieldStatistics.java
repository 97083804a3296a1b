package org.skymi.sky;

/**
 * How one method's residuals run over a frame's fibres (held-out sky fibres), as defined in
 * docs/method.md.
 *
 * @param gradX slope of mean r/Ŝ, %/deg
 * @param gradY slope of mean r/Ŝ, %/deg
 * @param crossTalk1 slope of r on the flux of the adjoining fibres, %
 * @param neighbourCorrelation correlation of chi in adjoining fibres, ideal 0
 */
public record FieldStatistics(
    double gradX, double gradY, double crossTalk1, double neighbourCorrelation) {}
