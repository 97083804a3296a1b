package org.skymi.experiment.simulator;

/**
 * The level of one sky fibre in one exposure.
 *
 * @param night any number that tells nights apart
 * @param place what was observed: exposures of equal place have the fibre at the same place
 * @param exposure any number that tells exposures apart
 * @param spectrograph its number
 * @param fibre its number, unique over spectrographs
 * @param x in the field, any unit
 * @param y in the field, the same unit
 * @param value electron
 */
record SkyLevel(
    int night,
    int place,
    int exposure,
    int spectrograph,
    int fibre,
    double x,
    double y,
    double value) {}
