package org.skymi.campaign;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.skymi.table.FileReport;

/**
 * Finds and removes what no reader and no run needs: files that no manifest lists and no kept
 * outcome refers to, kept outcomes themselves, and temporary files, all older than some age; and
 * manifests beyond a history, with the files that only they list.
 */
public final class Cleaning {
  private final FileSystem fs;
  private final CampaignFolder campaign;
  private final Instant before;
  private final int history;

  /**
   * @param age of what may go; it has to be longer than any run
   * @param history manifests to keep, counted from the newest, at least 1
   */
  public Cleaning(FileSystem fs, CampaignFolder campaign, Duration age, int history) {
    this.fs = fs;
    this.campaign = campaign;
    this.before = Instant.now().minus(age);
    this.history = history;
  }

  /**
   * Something that may go.
   *
   * @param path relative to the campaign's folder
   */
  public record Waste(String path, long bytes) {}

  /** What may go, in the order in which it has to go: a manifest before the files it lists. */
  public List<Waste> find() throws IOException {
    ManifestStore store = new ManifestStore(fs, campaign);
    List<Manifest> all = store.all();
    int first = Math.max(0, all.size() - history);
    Set<Path> needed = new HashSet<>();
    for (Manifest kept : all.subList(first, all.size())) {
      needed.add(fs.makeQualified(store.path(kept.number())));
      kept.files().forEach(f -> needed.add(path(f)));
    }
    List<Waste> waste = new ArrayList<>();
    for (FileStatus file : files(campaign.manifests())) {
      boolean isManifest = !file.getPath().getName().startsWith(".");
      if (!needed.contains(file.getPath()) && (isManifest || isOld(file))) {
        waste.add(waste(file));
      }
    }
    for (FileStatus file : files(campaign.work())) {
      if (isOld(file)) {
        waste.add(waste(file));
      } else {
        // What a run that was stopped yesterday has finished, however long ago that was.
        new OutcomeStore(fs, campaign).filesOf(file.getPath()).forEach(f -> needed.add(path(f)));
      }
    }
    for (FileStatus file : files(campaign.data())) {
      if (!needed.contains(file.getPath()) && isOld(file)) {
        waste.add(waste(file));
      }
    }
    return waste;
  }

  /** Removes what was found. */
  public void remove(List<Waste> waste) throws IOException {
    for (Waste w : waste) {
      fs.delete(new Path(campaign.path(), w.path()), false);
    }
  }

  private boolean isOld(FileStatus file) {
    return Instant.ofEpochMilli(file.getModificationTime()).isBefore(before);
  }

  private Waste waste(FileStatus file) {
    String root = fs.makeQualified(campaign.path()).toUri().getPath();
    String path = file.getPath().toUri().getPath().substring(root.length() + 1);
    return new Waste(path, file.getLen());
  }

  private Path path(FileReport file) {
    return fs.makeQualified(new Path(campaign.path(), file.path()));
  }

  private List<FileStatus> files(Path folder) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    try {
      RemoteIterator<LocatedFileStatus> all = fs.listFiles(folder, true);
      while (all.hasNext()) {
        files.add(all.next());
      }
    } catch (FileNotFoundException e) {
      files.clear();
    }
    return files;
  }
}
