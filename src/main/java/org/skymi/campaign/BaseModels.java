package org.skymi.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.smi.SkyModel;
import org.skymi.survey.InputException;

/**
 * The base models that a campaign has learnt itself: files named by their digests, and lists {@code
 * models/000001.json} ... of those that belong together, one for all plates, or two by halves of
 * the nights. The newest list counts. None is ever overwritten.
 */
public final class BaseModels {
  private static final Pattern NAME = Pattern.compile("(\\d{6,})\\.json");

  private final FileSystem fs;
  private final CampaignFolder campaign;

  public BaseModels(FileSystem fs, CampaignFolder campaign) {
    this.fs = fs;
    this.campaign = campaign;
  }

  /**
   * What belongs together.
   *
   * @param models digests, one, or two in the order of the halves
   * @param settingsDigest of the settings that decide results, with which they were made
   */
  public record Kept(List<String> models, String settingsDigest) {
    public Kept {
      models = List.copyOf(models);
    }
  }

  /** The youngest models; empty if the campaign has learnt none. */
  public Optional<Kept> youngest() throws IOException {
    TreeMap<Integer, Path> lists = new TreeMap<>();
    try {
      for (FileStatus file : fs.listStatus(campaign.models())) {
        Matcher name = NAME.matcher(file.getPath().getName());
        if (name.matches()) {
          lists.put(Integer.valueOf(name.group(1)), file.getPath());
        }
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    return lists.isEmpty() ? Optional.empty() : Optional.of(kept(lists.lastEntry().getValue()));
  }

  private Kept kept(Path list) throws IOException {
    try (InputStream in = fs.open(list)) {
      return Json.MAPPER.readValue(in, Kept.class);
    } catch (JsonProcessingException e) {
      throw new InputException(list + ": no list of models: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads models.
   *
   * @throws InputException if a file of them is missing or damaged
   */
  public List<SkyModel> read(Kept kept) throws IOException {
    List<SkyModel> models = new ArrayList<>();
    for (String digest : kept.models()) {
      models.add(read(digest));
    }
    return models;
  }

  private SkyModel read(String digest) throws IOException {
    Path file = file(digest);
    try (InputStream in = fs.open(file)) {
      SkyModel model = SkyModel.read(file.toString(), in);
      if (!model.digest().equals(digest)) {
        throw new InputException(file + ": damaged: its SHA-256 is " + model.digest());
      }
      return model;
    } catch (FileNotFoundException e) {
      throw new InputException(file + " is missing, which the campaign was made with", e);
    }
  }

  /**
   * Keeps models.
   *
   * @param models one, or two by halves of the nights
   * @param settingsDigest of the settings that decide results
   * @return false if another run has kept models of these generations
   */
  public boolean keep(List<SkyModel> models, String settingsDigest) throws IOException {
    fs.mkdirs(campaign.models());
    for (SkyModel model : models) {
      // A file of that name is the same model.
      NewFile.write(fs, file(model.digest()), model.bytes());
    }
    Kept kept = new Kept(models.stream().map(SkyModel::digest).toList(), settingsDigest);
    return NewFile.write(fs, list(models), Json.MAPPER.writeValueAsBytes(kept));
  }

  /** Two models that are learnt at once are the first list; every update makes the next. */
  private Path list(List<SkyModel> models) {
    int updates = models.stream().mapToInt(m -> m.card().generation()).sum();
    String name = String.format(Locale.ROOT, "%06d.json", updates + models.size() - 1);
    return new Path(campaign.models(), name);
  }

  /** A model's file. */
  public Path file(String digest) {
    return new Path(campaign.models(), digest + ".model");
  }

  /**
   * Where a model is kept that is learnt, or being learnt, but not in a list yet.
   *
   * @param id of what it is learnt from, and how
   */
  public Path unlisted(String id) {
    return new Path(campaign.work(), id + ".model");
  }
}
