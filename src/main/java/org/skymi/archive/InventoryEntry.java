package org.skymi.archive;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsRejection;

/**
 * One file of an inventory.
 *
 * @param path relative to the archive's root
 * @param identity what the file's header says it holds; {@link FileIdentity#OTHER} if it does not
 * @param fingerprint by what the file is known again
 * @param rejection why the file must not be used; null if nothing is known against it
 */
public record InventoryEntry(
    String path, FileIdentity identity, Fingerprint fingerprint, Rejection rejection)
    implements Serializable {
  private static final Pattern NIGHT = Pattern.compile("(?:^|/)(\\d{8})(?=/)");

  /**
   * What a {@link FitsRejection} says, without the path.
   *
   * @param reason the code
   * @param location the HDU or byte offset, empty for the file as a whole
   * @param detail one line
   */
  public record Rejection(FitsRejection.Reason reason, String location, String detail)
      implements Serializable {
    static Rejection of(FitsRejection e) {
      return new Rejection(e.reason(), e.location(), e.detail());
    }
  }

  /** Whether the file is to be processed. */
  public boolean isUsable() {
    return rejection == null;
  }

  /**
   * The night that the folders call it. A label only: mirrors differ; the night is {@code
   * identity().plate().night()}.
   */
  public Optional<String> nightLabel() {
    Matcher folder = NIGHT.matcher(path);
    return folder.find() ? Optional.of(folder.group(1)) : Optional.empty();
  }

  InventoryEntry rejected(FitsRejection.Reason reason, String detail) {
    return rejected(new Rejection(reason, "", detail));
  }

  InventoryEntry rejected(Rejection why) {
    return new InventoryEntry(path, identity, fingerprint, why);
  }
}
