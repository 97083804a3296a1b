package org.skymi.campaign;

import java.util.ArrayList;
import java.util.List;
import org.skymi.archive.Inventory;
import org.skymi.archive.InventoryEntry;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FitsRejection;

/** An inventory as a run's inputs: everything that is known of must be accounted for. */
public final class ArchiveInputs {
  private ArchiveInputs() {}

  /** All files, the rejected ones among them, and folders that could not be listed. */
  public static List<PlannedInput> of(Inventory inventory) {
    List<PlannedInput> inputs = new ArrayList<>();
    for (InventoryEntry e : inventory.entries()) {
      inputs.add(
          new PlannedInput(
              e.path(),
              e.fingerprint().length(),
              e.fingerprint(),
              e.identity(),
              e.isUsable() ? null : rejection(e)));
    }
    inventory
        .problems()
        .forEach(
            p ->
                inputs.add(
                    new PlannedInput(
                        p.path(),
                        0,
                        p.message(),
                        FileIdentity.OTHER,
                        new Quarantined(
                            p.path(),
                            kind(FitsKind.OTHER),
                            FitsRejection.Reason.UNREADABLE.name(),
                            "",
                            p.message()))));
    return inputs;
  }

  /** The word for a kind of file in the tables. */
  public static String kind(FitsKind kind) {
    return switch (kind) {
      case FRAME -> "frame";
      case FRAME_SKY -> "sky";
      case RELEASE_SPECTRUM, MEDIUM_SPECTRUM -> "release";
      case SKY_SPECTRUM -> "coadd";
      case OTHER -> "unknown";
    };
  }

  private static Quarantined rejection(InventoryEntry e) {
    InventoryEntry.Rejection r = e.rejection();
    return new Quarantined(
        e.path(), kind(e.identity().kind()), r.reason().name(), r.location(), r.detail());
  }
}
