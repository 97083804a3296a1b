package org.skymi.archive;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FitsRejection;
import org.skymi.survey.InputException;
import org.skymi.survey.Instrument;
import org.skymi.survey.PlateId;

/**
 * An inventory as text: one line per file, columns separated by tabs, sorted by path, and a last
 * line with the SHA-256 of the lines of files. Equal archives give equal text but for the root.
 */
public final class InventoryStore {
  private static final String MAGIC = "# skymi inventory 1";
  private static final String ROOT = "# root\t";
  private static final String COLUMNS =
      "# path\tkind\tplanid\tlmjd\tspid\tlmjm\tarm\tfiberid\tlength\tmodified\theader\tcontent"
          + "\treason\tlocation\tdetail";
  private static final String HASH = "# sha256\t";
  private static final int COLUMN_COUNT = 15;

  private InventoryStore() {}

  /** Writes an inventory and returns its content hash; the writer is left open. */
  public static String write(Inventory inventory, Writer out) throws IOException {
    out.write(MAGIC + "\n" + ROOT + escaped(inventory.root()) + "\n" + COLUMNS + "\n");
    MessageDigest sha256 = Fingerprint.sha256();
    for (InventoryEntry entry : inventory.entries()) {
      String line = line(entry) + "\n";
      sha256.update(line.getBytes(StandardCharsets.UTF_8));
      out.write(line);
    }
    String hash = Fingerprint.hex(sha256.digest());
    out.write(HASH + hash + "\n");
    out.flush();
    return hash;
  }

  /**
   * Writes an inventory to a file on any Hadoop file system, over one that is there, and returns
   * its content hash.
   */
  public static String save(Inventory inventory, String file, Configuration configuration)
      throws IOException {
    Path path = new Path(file);
    FileSystem files = WholeFile.withoutChecksums(path.getFileSystem(configuration));
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(files.create(path, true), StandardCharsets.UTF_8))) {
      return write(inventory, out);
    }
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws InputException if it is no inventory, is cut short, or was changed
   */
  public static Inventory load(String file, Configuration configuration) throws IOException {
    Path path = new Path(file);
    try (Reader in =
        new InputStreamReader(
            path.getFileSystem(configuration).open(path), StandardCharsets.UTF_8)) {
      return read(file, in);
    }
  }

  /** The SHA-256 of an inventory's entries, whatever its root: what a plan was made for. */
  public static String contentHash(Inventory inventory) {
    try {
      return write(inventory, Writer.nullWriter());
    } catch (IOException e) {
      throw new IllegalStateException("a writer to nowhere does not fail", e);
    }
  }

  /**
   * Reads an inventory.
   *
   * @param name where it is from, for messages
   * @throws InputException if it is none, is cut short, or was changed
   */
  public static Inventory read(String name, Reader in) throws IOException {
    BufferedReader lines = new BufferedReader(in);
    String root = "";
    if (!MAGIC.equals(lines.readLine())) {
      throw new InputException(name + " is no inventory of this version");
    }
    MessageDigest sha256 = Fingerprint.sha256();
    List<InventoryEntry> entries = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(ROOT)) {
        root = plain(line.substring(ROOT.length()));
      } else if (line.startsWith(HASH)) {
        if (!line.substring(HASH.length()).equals(Fingerprint.hex(sha256.digest()))) {
          throw new InputException(name + " was changed: its lines have another SHA-256");
        }
        return new Inventory(root, List.copyOf(entries), List.of());
      } else if (!line.equals(COLUMNS)) {
        sha256.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        entries.add(entry(name, line));
      }
    }
    throw new InputException(name + " is cut short: it has no last line");
  }

  private static String line(InventoryEntry entry) {
    FileIdentity identity = entry.identity();
    PlateId plate = identity.plate();
    Fingerprint print = entry.fingerprint();
    InventoryEntry.Rejection rejection = entry.rejection();
    return String.join(
        "\t",
        escaped(entry.path()),
        identity.kind().name(),
        plate == null ? "" : plate.planId(),
        plate == null ? "" : Integer.toString(plate.lmjd()),
        Integer.toString(identity.spectrograph()),
        Integer.toString(identity.lmjm()),
        identity.arm() == null ? "" : String.valueOf(identity.arm().letter()),
        Integer.toString(identity.fibreId()),
        Long.toString(print.length()),
        Long.toString(print.modified()),
        print.header(),
        print.content(),
        rejection == null ? "" : rejection.reason().name(),
        rejection == null ? "" : escaped(rejection.location()),
        rejection == null ? "" : escaped(rejection.detail()));
  }

  private static InventoryEntry entry(String name, String line) {
    String[] c = line.split("\t", -1);
    if (c.length != COLUMN_COUNT) {
      throw new InputException(name + ": " + c.length + " columns in '" + line + "'");
    }
    try {
      PlateId plate = c[2].isEmpty() ? null : new PlateId(c[2], Integer.parseInt(c[3]));
      FileIdentity identity =
          new FileIdentity(
              FitsKind.valueOf(c[1]),
              plate,
              Integer.parseInt(c[4]),
              Integer.parseInt(c[5]),
              c[6].isEmpty() ? null : Instrument.ofPlan(c[2]).arm(c[6].charAt(0)),
              Integer.parseInt(c[7]));
      Fingerprint print = new Fingerprint(Long.parseLong(c[8]), Long.parseLong(c[9]), c[10], c[11]);
      InventoryEntry.Rejection rejection =
          c[12].isEmpty()
              ? null
              : new InventoryEntry.Rejection(
                  FitsRejection.Reason.valueOf(c[12]), plain(c[13]), plain(c[14]));
      return new InventoryEntry(plain(c[0]), identity, print, rejection);
    } catch (IllegalArgumentException e) {
      throw new InputException(name + ": cannot read '" + line + "'", e);
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replaceFirst("^#", "\\\\#");
  }

  private static String plain(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        c =
            switch (text.charAt(i)) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> text.charAt(i);
            };
      }
      plain.append(c);
    }
    return plain.toString();
  }
}
