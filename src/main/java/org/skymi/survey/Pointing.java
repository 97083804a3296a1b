package org.skymi.survey;

/**
 * What a frame's header says of its exposure. Values that a header may lack are NaN.
 *
 * @param dateObs UTC, ISO, as written
 * @param exposureTime s
 * @param ra plate centre, deg, NaN if unknown
 * @param dec plate centre, deg, NaN if unknown
 * @param airmass dimensionless, NaN if unknown
 * @param moonPhase illuminated fraction 0..1 as in card MOONPHA, NaN if unknown
 * @param moonSeparation deg, NaN if unknown
 */
public record Pointing(
    String dateObs,
    double exposureTime,
    double ra,
    double dec,
    double airmass,
    double moonPhase,
    double moonSeparation) {}
