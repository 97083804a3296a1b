package org.skymi.campaign;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
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
 * The base models that a campaign made of its nights, {@code models/000001.model} ..., named by
 * their generation. None is ever overwritten.
 */
public final class BaseModels {
  private static final Pattern NAME = Pattern.compile("(\\d{6,})\\.model");

  private final FileSystem fs;
  private final Path folder;

  public BaseModels(FileSystem fs, CampaignFolder campaign) {
    this.fs = fs;
    this.folder = campaign.models();
  }

  /** The file of the youngest generation; empty if the campaign made none. */
  public Optional<Path> youngest() throws IOException {
    TreeMap<Integer, Path> found = new TreeMap<>();
    try {
      for (FileStatus file : fs.listStatus(folder)) {
        Matcher name = NAME.matcher(file.getPath().getName());
        if (name.matches()) {
          found.put(Integer.valueOf(name.group(1)), file.getPath());
        }
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    return Optional.ofNullable(found.lastEntry()).map(e -> e.getValue());
  }

  /**
   * Keeps a model.
   *
   * @return its file
   * @throws InputException if the campaign has another of that generation
   */
  public Path keep(int generation, byte[] model) throws IOException {
    Path name = new Path(folder, String.format(Locale.ROOT, "%06d.model", generation));
    Path temporary = new Path(folder, "." + name.getName() + "." + UUID.randomUUID());
    fs.mkdirs(folder);
    try (FSDataOutputStream out = fs.create(temporary, false)) {
      out.write(model);
      out.hsync();
    }
    try {
      ExclusiveRename.on(fs).rename(temporary, name);
      return name;
    } catch (FileAlreadyExistsException e) {
      fs.delete(temporary, false);
      throw new InputException(
          name + " is there already: another run made a model of this generation", e);
    }
  }
}
