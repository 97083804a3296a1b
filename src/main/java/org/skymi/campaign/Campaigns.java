package org.skymi.campaign;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.survey.InputException;

/** The campaigns of a folder, by name. */
public final class Campaigns {
  private final String out;
  private final Configuration configuration;

  /**
   * @param out folder of all campaigns, a path or URI
   */
  public Campaigns(String out, Configuration configuration) {
    this.out = out;
    this.configuration = configuration;
  }

  /** Names of the campaigns, sorted; those among them that nothing was committed to yet. */
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    Path folder = new Path(out);
    FileSystem fs = folder.getFileSystem(configuration);
    try {
      for (FileStatus status : fs.listStatus(folder)) {
        Path path = status.getPath();
        boolean isCampaign =
            fs.exists(new Path(path, CampaignFolder.MANIFESTS))
                || fs.exists(new Path(path, CampaignFolder.WORK));
        if (status.isDirectory() && isCampaign) {
          names.add(path.getName());
        }
      }
    } catch (FileNotFoundException e) {
      return new ArrayList<>();
    }
    Collections.sort(names);
    return names;
  }

  /** The manifests of a campaign, which may have none. */
  public ManifestStore manifests(String name) throws IOException {
    CampaignFolder folder = CampaignFolder.of(out, name);
    return new ManifestStore(folder.fileSystem(configuration), folder);
  }

  /**
   * A campaign's newest manifest.
   *
   * @throws InputException if there is no such campaign, naming those there are
   */
  public Manifest latest(String name) throws IOException {
    return manifests(name).latest().orElseThrow(() -> absent(name));
  }

  /**
   * A manifest by campaign and number, {@code NAME@N}; {@code NAME} alone is the newest.
   *
   * @throws InputException if there is none such
   */
  public Manifest referred(String reference) throws IOException {
    int at = reference.indexOf('@');
    if (at < 0) {
      return latest(reference);
    }
    String name = reference.substring(0, at);
    latest(name);
    try {
      return manifests(name).numbered(Integer.parseInt(reference.substring(at + 1)));
    } catch (NumberFormatException e) {
      throw new InputException("a manifest is written NAME@N, not '" + reference + "'", e);
    }
  }

  private InputException absent(String name) {
    try {
      List<String> names = names();
      names.remove(name);
      return new InputException(
          String.format(
              Locale.ROOT,
              "no campaign '%s' in %s; %s",
              name,
              out,
              names.isEmpty() ? "there is none" : "there are: " + String.join(", ", names)));
    } catch (IOException e) {
      return new InputException("no campaign '" + name + "' in " + out, e);
    }
  }
}
