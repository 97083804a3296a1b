package org.skymi.table;

import java.util.List;

/** All tables of a campaign. */
public final class Tables {
  public static final List<Table<?>> ALL =
      List.of(
          FibreSkyTable.TABLE,
          FibreSpectrumTable.TABLE,
          FibreModelTable.TABLE,
          FrameModelTable.TABLE,
          FrameSummaryTable.TABLE,
          TrainingTable.TABLE,
          QuarantineTable.TABLE,
          RunsTable.TABLE);

  private Tables() {}
}
