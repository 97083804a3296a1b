package org.skymi.table;

import org.skymi.smi.TrainingStep;
import org.skymi.survey.PlateId;

/** {@code training}: how the networks of each plate learned. */
public final class TrainingTable {
  public static final Table<Row> TABLE =
      new Table<>(
          "training",
          "One row per plate, spectrograph (0: the whole plate) and training step. A step that"
              + " worsened the loss on held-out sky fibres was rolled back.",
          new Columns<Row>()
              .key("planid", ColumnType.TEXT, "meta.id", "plan of the plate", r -> r.plate.planId())
              .key(
                  "lmjd",
                  ColumnType.INT,
                  "time.epoch",
                  "local modified Julian day of the plate",
                  r -> r.plate.lmjd())
              .key(
                  "spid",
                  ColumnType.INT,
                  "meta.id;instr",
                  "spectrograph, 0 for the whole plate",
                  Row::spectrograph)
              .key("sequence", ColumnType.INT, "meta.number", "order of the rows", Row::sequence)
              .result(
                  "night",
                  ColumnType.INT,
                  "",
                  "time.epoch",
                  "local date of the night's evening, YYYYMMDD",
                  r -> FibreSite.nightNumber(r.plate))
              .result(
                  "step", ColumnType.INT, "", "meta.number", "training step", r -> r.step.step())
              .result(
                  "stage",
                  ColumnType.TEXT,
                  "",
                  "meta.code",
                  "common, base, individual or increment; released spectra: residual (the whole set), and"
                      + " a row per window of sky lines, by its wavelengths",
                  r -> r.step.stage())
              .result(
                  "fibres",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "fibres in the training set; released spectra: faint ones that judge",
                  r -> r.step.fibres())
              .result(
                  "iterations",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "steps of the optimiser",
                  r -> r.step.iterations())
              .result(
                  "fold",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "fold held out, -1 for the model from everything",
                  r -> r.step.fold())
              .result(
                  "train_loss",
                  ColumnType.DOUBLE,
                  "",
                  "stat.fit",
                  "loss at the end of the step",
                  r -> r.step.trainLoss())
              .result(
                  "held_out_loss",
                  ColumnType.DOUBLE,
                  "",
                  "stat.fit",
                  "loss on sky fibres kept for validation, about the squared relative error; released"
                      + " spectra: share of held-out faint spectra whose scatter does not fall; of a"
                      + " window how far their chi-square rises, in standard errors",
                  r -> r.step.heldOutLoss())
              .result(
                  "mi_common",
                  ColumnType.DOUBLE,
                  "",
                  "stat",
                  "mutual information between representations of different fibres, nat",
                  r -> r.step.mutualInformationCommon())
              .result(
                  "mi_individual",
                  ColumnType.DOUBLE,
                  "",
                  "stat",
                  "bound on that between adjoining fibres' individual parts, nat",
                  r -> r.step.mutualInformationIndividual())
              .result(
                  "accepted",
                  ColumnType.BOOLEAN,
                  "",
                  "meta.code.qual",
                  "false if the step was rolled back, or the set or window is left as released",
                  r -> r.step.accepted())
              .list());

  private TrainingTable() {}

  /**
   * A row.
   *
   * @param plate the plate
   * @param spectrograph from 1, or 0 for the whole plate
   * @param sequence 0, 1, 2 ... within plate and spectrograph
   * @param step what was done
   */
  public record Row(PlateId plate, int spectrograph, int sequence, TrainingStep step) {}
}
