package org.skymi.campaign;

import java.time.Instant;
import java.util.List;
import org.skymi.table.FileReport;

/** Puts a manifest together; without more, it holds nothing and was made by a run, just now. */
final class ManifestBuilder {
  private int number;
  private int parent;
  private String runId;
  private String created = Instant.now().toString();
  private String software;
  private String modelDigest = ModelChoice.NONE;
  private String settingsDigest;
  private List<Setting> settings = List.of();
  private List<Manifest.Unit> units = List.of();
  private List<FileReport> runs = List.of();
  private String action = Manifest.RUN;
  private List<SharedFile> shared = List.of();

  /** A manifest that follows another; 0 if there was none. */
  static ManifestBuilder after(int parent) {
    ManifestBuilder builder = new ManifestBuilder();
    builder.parent = parent;
    builder.number = parent + 1;
    return builder;
  }

  /** A manifest that is as another but for what is set. */
  static ManifestBuilder like(Manifest manifest) {
    ManifestBuilder builder = new ManifestBuilder();
    builder.number = manifest.number();
    builder.parent = manifest.parent();
    builder.runId = manifest.runId();
    builder.created = manifest.created();
    builder.software = manifest.software();
    builder.modelDigest = manifest.modelDigest();
    builder.settingsDigest = manifest.settingsDigest();
    builder.settings = manifest.settings();
    builder.units = manifest.units();
    builder.runs = manifest.runs();
    builder.action = manifest.action();
    builder.shared = manifest.shared();
    return builder;
  }

  /** The same after another manifest, from now. */
  ManifestBuilder movedAfter(int other) {
    parent = other;
    number = other + 1;
    created = Instant.now().toString();
    return this;
  }

  ManifestBuilder runId(String value) {
    runId = value;
    return this;
  }

  ManifestBuilder created(String value) {
    created = value;
    return this;
  }

  ManifestBuilder software(String value) {
    software = value;
    return this;
  }

  ManifestBuilder modelDigest(String value) {
    modelDigest = value;
    return this;
  }

  ManifestBuilder settingsDigest(String value) {
    settingsDigest = value;
    return this;
  }

  ManifestBuilder settings(List<Setting> value) {
    settings = value;
    return this;
  }

  ManifestBuilder units(List<Manifest.Unit> value) {
    units = value;
    return this;
  }

  ManifestBuilder runs(List<FileReport> value) {
    runs = value;
    return this;
  }

  ManifestBuilder action(String value) {
    action = value;
    return this;
  }

  ManifestBuilder shared(List<SharedFile> value) {
    shared = value;
    return this;
  }

  Manifest build() {
    return new Manifest(
        number,
        parent,
        runId,
        created,
        software,
        modelDigest,
        settingsDigest,
        settings,
        units,
        runs,
        action,
        shared,
        Manifest.LAYOUT);
  }
}
