package org.skymi.plate;

import java.io.Serializable;
import org.skymi.campaign.CampaignFolder;
import org.skymi.fits.FitsLimits;
import org.skymi.smi.ReductionOptions;

/**
 * What every task of a run is told.
 *
 * @param archive root of the inputs' paths
 * @param campaign where to write
 * @param options of the reduction
 * @param spectra whose spectra are written
 * @param attempts tries of a plate before it is quarantined
 * @param limits of input files
 * @param flats folder of the fibres' flats; empty for none
 * @param split what a task of the classical analysis is
 * @param scratch folder on a task's machine for frames between their two looks; empty for Java's
 *     own, {@code none} to read them twice
 * @param runId of the run, for the files' footers
 */
public record TaskSettings(
    String archive,
    CampaignFolder campaign,
    ReductionOptions options,
    SpectraChoice spectra,
    int attempts,
    FitsLimits limits,
    String flats,
    TaskSplit split,
    String scratch,
    String runId)
    implements Serializable {}
