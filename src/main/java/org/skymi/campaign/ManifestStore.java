package org.skymi.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.survey.InputException;

/**
 * The chain of a campaign's manifests, {@code 000001.json}, {@code 000002.json} ... A manifest is
 * never changed or overwritten; the newest is the campaign.
 */
public final class ManifestStore {
  private static final Pattern NAME = Pattern.compile("(\\d{6,})\\.json");

  /** How often a manifest is looked for whose commit failed. */
  private static final int LOOKS = 4;

  private final FileSystem fs;
  private final Path folder;
  private final ExclusiveRename rename;

  /** The manifests of a campaign, which may have none yet. */
  public ManifestStore(FileSystem fs, CampaignFolder campaign) {
    this(fs, campaign, ExclusiveRename.on(fs));
  }

  ManifestStore(FileSystem fs, CampaignFolder campaign, ExclusiveRename rename) {
    this.fs = fs;
    this.folder = campaign.manifests();
    this.rename = rename;
  }

  /** The newest manifest, empty if nothing was ever committed. */
  public Optional<Manifest> latest() throws IOException {
    TreeMap<Integer, Path> found = found();
    return found.isEmpty() ? Optional.empty() : Optional.of(read(found.lastEntry().getValue()));
  }

  /** All manifests, oldest first. */
  public List<Manifest> all() throws IOException {
    List<Manifest> all = new ArrayList<>();
    for (Path path : found().values()) {
      all.add(read(path));
    }
    return all;
  }

  /**
   * A manifest by its number.
   *
   * @throws InputException if there is none, naming those there are
   */
  public Manifest numbered(int number) throws IOException {
    TreeMap<Integer, Path> found = found();
    if (!found.containsKey(number)) {
      throw new InputException(
          found.isEmpty()
              ? "no manifest " + number + ": nothing was committed yet"
              : String.format(
                  Locale.ROOT,
                  "no manifest %d: there are %d to %d",
                  number,
                  found.firstKey(),
                  found.lastKey()));
    }
    return read(found.get(number));
  }

  private TreeMap<Integer, Path> found() throws IOException {
    TreeMap<Integer, Path> found = new TreeMap<>();
    try {
      for (FileStatus file : fs.listStatus(folder)) {
        Matcher name = NAME.matcher(file.getPath().getName());
        if (name.matches()) {
          found.put(Integer.valueOf(name.group(1)), file.getPath());
        }
      }
    } catch (FileNotFoundException e) {
      found.clear();
    }
    return found;
  }

  /**
   * Publishes a manifest under its number: the one step that commits.
   *
   * @return false if another manifest has that number; nothing has changed then
   * @throws CommitUnknownException if the step that commits failed: the manifest may be published
   *     or not, and nothing that it lists may be deleted
   * @throws IOException if it failed before; nothing is published
   */
  public boolean publish(Manifest manifest) throws IOException {
    Path name = path(manifest.number());
    byte[] json = Json.MAPPER.writeValueAsBytes(manifest);
    Path temporary = new Path(folder, "." + name.getName() + "." + UUID.randomUUID());
    fs.mkdirs(folder);
    try (FSDataOutputStream out = fs.create(temporary, false)) {
      out.write(json);
      out.hsync();
    }
    try {
      rename.rename(temporary, name);
      return true;
    } catch (FileAlreadyExistsException e) {
      fs.delete(temporary, false);
      return isPublished(name, json);
    } catch (IOException e) {
      return outcome(manifest.number(), name, json, e);
    }
  }

  /** What became of a rename that failed: its answer may be lost, or it may be on its way yet. */
  private boolean outcome(int number, Path name, byte[] json, IOException failure)
      throws IOException {
    for (int tried = 1; tried <= LOOKS; tried++) {
      try {
        if (fs.exists(name)) {
          return isPublished(name, json);
        }
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
      Backoff.after(tried);
    }
    throw new CommitUnknownException(number, failure);
  }

  private boolean isPublished(Path name, byte[] json) throws IOException {
    return fs.exists(name) && Arrays.equals(bytes(name), json);
  }

  /**
   * @throws InputException if the file is no manifest, or its tables have another layout
   */
  private Manifest read(Path path) throws IOException {
    try {
      JsonNode manifest = Json.MAPPER.readTree(bytes(path));
      int layout = manifest.path("layout").asInt();
      if (manifest.isObject() && layout != Manifest.LAYOUT) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: its tables have layout %d, this version of skymi reads and writes layout %d:"
                    + " reprocess the archive into another --campaign",
                path,
                layout,
                Manifest.LAYOUT));
      }
      return Json.MAPPER.treeToValue(manifest, Manifest.class);
    } catch (JsonProcessingException e) {
      throw new InputException(path + ": no usable manifest: " + e.getOriginalMessage(), e);
    }
  }

  private byte[] bytes(Path path) throws IOException {
    try (InputStream in = fs.open(path)) {
      return in.readAllBytes();
    }
  }

  Path path(int number) {
    return new Path(folder, String.format(Locale.ROOT, "%06d.json", number));
  }
}
