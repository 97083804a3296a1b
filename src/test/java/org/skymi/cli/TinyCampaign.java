package org.skymi.cli;

import static org.skymi.cli.Said.said;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileUtil;

/** A tiny archive and its campaign, made once; every test works on a copy. */
final class TinyCampaign {
  static final int PLATES = 3;
  private static Path original;

  private final Path folder;

  private TinyCampaign(Path folder) {
    this.folder = folder;
  }

  /** A copy in a folder, with the files' times, which are part of their fingerprints. */
  static TinyCampaign copy(Path folder) throws IOException {
    copy(original(), folder);
    return new TinyCampaign(folder);
  }

  private static synchronized Path original() throws IOException {
    if (original == null) {
      Path made = Files.createTempDirectory("tiny-campaign");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
      QuickSettings.write(made);
      TinyArchive.write(made.resolve("archive"), PLATES);
      new TinyCampaign(made).reprocess();
      original = made;
    }
    return original;
  }

  private static void delete(Path folder) {
    FileUtil.fullyDelete(folder.toFile());
  }

  static void copy(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (Path p : (Iterable<Path>) all::iterator) {
        Path copy = to.resolve(from.relativize(p).toString());
        if (Files.isDirectory(p)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(p, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  Path archive() {
    return folder.resolve("archive");
  }

  Path out() {
    return folder.resolve("out");
  }

  /** A file of the campaign main. */
  Path file(String path) {
    return out().resolve("main").resolve(path);
  }

  /** Settings that make training quick. */
  String conf() {
    return folder.resolve("quick.conf").toString();
  }

  /** Makes the campaign anew, with a base model learnt from the same archive: plates train. */
  void trainNetworks() {
    String model = folder.resolve("base.model").toString();
    said(Main.DONE, "pretrain", archive().toString(), "--model-out", model, "--conf", conf());
    delete(out());
    reprocess("--model", model);
  }

  String reprocess(String... more) {
    return run(Main.DONE, List.of("reprocess", archive().toString()), more);
  }

  String night(int code, String night, String... more) {
    return run(code, List.of("night", night, archive().toString()), more);
  }

  private String run(int code, List<String> command, String... more) {
    List<String> args = new ArrayList<>(command);
    args.addAll(List.of("--out", out().toString(), "--conf", conf()));
    args.addAll(List.of(more));
    return said(code, args.toArray(String[]::new));
  }

  /** A command about the campaign. */
  String about(int code, String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.add(out().toString());
    args.addAll(List.of(more));
    return said(code, args.toArray(String[]::new));
  }

  /** A plate's files; plate n of night n. */
  List<Path> filesOf(int plate) throws IOException {
    try (var all = Files.walk(archive())) {
      return all.filter(Files::isRegularFile)
          .filter(p -> p.getParent().getFileName().toString().equals("P" + plate))
          .sorted()
          .toList();
    }
  }

  String nightOf(int plate) throws IOException {
    return filesOf(plate).get(0).getParent().getParent().getFileName().toString();
  }

  /** Makes it a campaign as earlier versions made of archives without a usable file. */
  void loseAllRows() throws IOException {
    Path newest = file("manifests/000001.json");
    ObjectNode manifest = (ObjectNode) new ObjectMapper().readTree(newest.toFile());
    manifest.get("units").forEach(unit -> ((ObjectNode) unit).putArray("files"));
    new ObjectMapper().writeValue(newest.toFile(), manifest);
  }

  /** Gives a plate's first file a new time, as when it is delivered again. */
  void deliverAgain(int plate) throws IOException {
    Files.setLastModifiedTime(filesOf(plate).get(0), FileTime.fromMillis(1_600_000_000_000L));
  }
}
