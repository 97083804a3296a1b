package org.skymi.report.qa;

/**
 * Where the numbers of a page are from.
 *
 * @param campaign its name
 * @param uri of its folder
 * @param manifest its state
 * @param created when the state was committed, UTC
 * @param runId of the run that made it
 * @param software version that made it
 */
public record QaSource(
    String campaign, String uri, int manifest, String created, String runId, String software) {}
