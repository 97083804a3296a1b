package org.skymi.smi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.skymi.survey.InputException;

/**
 * A base model as a file: a zip of the card, in JSON, and of binary parts that the card lists with
 * their digests. The same content gives the same bytes.
 */
public final class ModelFile {
  /** Larger than any model: what is larger is something else. */
  static final int MOST_BYTES = 1 << 28;

  private static final String CARD = "card.json";
  private static final int MOST_PARTS = 64;

  /** What a zip file without a comment ends with: this signature and 18 bytes more. */
  private static final byte[] END = {'P', 'K', 5, 6};

  private static final int END_BYTES = 22;

  /** Entries have to have a time, and it must not tell one file from another. */
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** What a file holds. */
  record Contents(ModelCard card, Map<String, byte[]> parts) {}

  private ModelFile() {}

  /** SHA-256, hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /**
   * The bytes of a file.
   *
   * @param card makes the card from what it is to say of the parts
   * @param parts by name
   */
  static byte[] write(
      Function<List<ModelCard.Part>, ModelCard> card, SortedMap<String, byte[]> parts) {
    List<ModelCard.Part> listed = new ArrayList<>();
    parts.forEach((name, p) -> listed.add(new ModelCard.Part(name, p.length, sha256(p))));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, CARD, JSON.writeValueAsBytes(card.apply(listed)));
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        put(zip, part.getKey(), part.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(EPOCH);
    // Floats hardly shrink, and a deflater's output may change with its version.
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /**
   * Takes a file apart and checks it.
   *
   * @param file its name, for messages
   * @throws InputException if it is no model, damaged, or of another format
   */
  static Contents read(String file, byte[] bytes) {
    Map<String, byte[]> entries = entries(file, bytes);
    byte[] json = entries.remove(CARD);
    if (json == null) {
      throw new InputException(file + ": no base model: it has no " + CARD);
    }
    ModelCard card = card(file, json);
    for (ModelCard.Part part : card.parts()) {
      byte[] content = entries.remove(part.name());
      if (content == null) {
        throw new InputException(file + ": damaged: its part " + part.name() + " is missing");
      }
      if (content.length != part.bytes() || !sha256(content).equals(part.sha256())) {
        throw new InputException(
            file + ": damaged: the SHA-256 of its part " + part.name() + " is not the card's");
      }
      entries.put(part.name(), content);
    }
    if (entries.size() != card.parts().size()) {
      throw new InputException(file + ": damaged: it has parts that its card does not know");
    }
    return new Contents(card, entries);
  }

  private static ModelCard card(String file, byte[] json) {
    try {
      JsonNode tree = JSON.readTree(json);
      int format = tree.path("format").asInt(-1);
      if (format != ModelCard.FORMAT) {
        throw new InputException(
            file
                + ": base model of format "
                + format
                + ", but this program reads format "
                + ModelCard.FORMAT
                + "; learn it anew by skymi pretrain");
      }
      return JSON.treeToValue(tree, ModelCard.class);
    } catch (JsonProcessingException e) {
      throw new InputException(file + ": damaged card: " + e.getOriginalMessage(), e);
    } catch (IOException | NullPointerException e) {
      throw new InputException(file + ": damaged card: " + e.getMessage(), e);
    }
  }

  private static Map<String, byte[]> entries(String file, byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw new InputException(file + ": no base model: larger than " + MOST_BYTES + " bytes");
    }
    int end = bytes.length - END_BYTES;
    if (end < 0 || !Arrays.equals(END, Arrays.copyOfRange(bytes, end, end + END.length))) {
      throw new InputException(file + ": no base model, or truncated: no zip file's end");
    }
    Map<String, byte[]> entries = new TreeMap<>();
    long left = MOST_BYTES;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        byte[] content = zip.readNBytes((int) left);
        left -= content.length;
        if (zip.read() >= 0 || entries.size() >= MOST_PARTS) {
          throw new InputException(file + ": no base model: inflates to too much");
        }
        if (entries.put(e.getName(), content) != null) {
          throw new InputException(file + ": damaged: two parts of one name " + e.getName());
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(file + ": damaged: " + e.getMessage(), e);
    }
    return entries;
  }
}
