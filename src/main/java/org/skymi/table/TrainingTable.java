package org.skymi.table;

import org.skymi.smi.TrainingStep;
import org.skymi.survey.PlateId;

/** {@code training}: how the networks of each plate learned. */
public final class TrainingTable {
  public static final Table<Row> TABLE =
      new Table<>(
          "training",
          "One row per plate, spectrograph (0: the whole plate) and training step. A step that"
              + " did not help held-out sky fibres was rolled back.",
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
                  "arm",
                  ColumnType.TEXT,
                  "",
                  "meta.id;instr",
                  "arm of the networks, b or r; c for both together",
                  r -> r.step.arm())
              .result(
                  "stage",
                  ColumnType.TEXT,
                  "",
                  "meta.code",
                  "base (a base model's weights), sky, faint or bright (who joined); released"
                      + " spectra: residual (the whole set), and a row per window of sky lines",
                  r -> r.step.stage())
              .result(
                  "fibres",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "fibres that taught; released spectra: faint ones that judge",
                  r -> r.step.fibres())
              .result(
                  "iterations",
                  ColumnType.INT,
                  "",
                  "meta.number",
                  "steps of the optimiser; of released spectra: components of the sky in their"
                      + " models",
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
                  "loss of the fibres that taught at the end of the step, nat a fibre",
                  r -> r.step.losses().training())
              .result(
                  "held_out_loss",
                  ColumnType.DOUBLE,
                  "",
                  "stat.fit",
                  "loss on sky fibres kept for validation, nat a fibre; released spectra: share of"
                      + " held-out faint spectra whose scatter does not fall; of a window how far"
                      + " their chi-square rises, in standard errors",
                  r -> r.step.losses().heldOut())
              .result(
                  "mi_common",
                  ColumnType.DOUBLE,
                  "",
                  "stat",
                  "information that halves of an exposure's fibres share, at most ln 2, nat",
                  r -> r.step.losses().common())
              .result(
                  "mi_individual",
                  ColumnType.DOUBLE,
                  "",
                  "stat",
                  "bound on that between adjoining fibres' individual parts, nat",
                  r -> r.step.losses().individual())
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
